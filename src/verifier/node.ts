#!/usr/bin/env node
import { open, readFile } from "node:fs/promises";
import { verdictOf, type Verdict } from "../ledger/findings.ts";
import { splitPins } from "../ledger/pins.ts";
import type { Roots } from "../ledger/trust-ring.ts";
import { verifyRefundlog } from "../ledger/verify.ts";
import type { VerifiedChain, VerifyReport } from "../ledger/verify-report.ts";
import { verifyTogether } from "../ledger/verify-together.ts";
import { newVerify } from "./es256.ts";
import { reportLines, togetherLines } from "./report.ts";
import { readCertificates, readRoots } from "./trust-text.ts";

const usage =
  "node refundlog-verify.mjs [--trust file] [--pins file] [--base file] [--json] x.refundlog …";

type Arguments = {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly trust: string | undefined;
  readonly pins: string | undefined;
  readonly base: string | undefined;
};

const parseArguments = (words: readonly string[]): Arguments | undefined => {
  const given = new Map<string, string>();
  const files: string[] = [];
  let json = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const value = words[at + 1];
    if (word === "--json") json = true;
    else if (["--trust", "--pins", "--base"].includes(word) && value !== undefined) {
      given.set(word, value);
      at++;
    } else files.push(word);
  }
  const joins = given.has("--base") && files.length > 1;
  if (files.length === 0 || joins || files.some((file) => file.startsWith("--"))) return undefined;
  const [trust, pins, base] = ["--trust", "--pins", "--base"].map((name) => given.get(name));
  return { files, json, trust, pins, base };
};

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    // every piece is a buffer of its own: lines are kept for a moment after the next read
    for await (const chunk of file.createReadStream()) yield chunk as Uint8Array;
  } finally {
    await file.close();
  }
}

const textOf = async (path: string | undefined): Promise<string> =>
  path === undefined ? "" : await readFile(path, "utf8");

type Context = { readonly roots: Roots; readonly pins: readonly string[] };

const check = async (
  path: string,
  context: Context,
  more: { readonly base?: VerifiedChain; readonly keepsRecords: boolean },
): Promise<VerifyReport> => {
  const source = bytesOf(path);
  const report = await verifyRefundlog({ source, verify: newVerify(), ...context, ...more });
  if (!report.ok) throw new Error("nobody cancels this run");
  return report.value;
};

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const refuse = (text: string): number => {
  process.stderr.write(`${text}\n`);
  return 2;
};

const findBase = async (path: string | undefined, roots: Roots) =>
  path === undefined
    ? undefined
    : (await check(path, { roots, pins: [] }, { keepsRecords: true })).chain;

const asJson = ({ chain: _chain, ...report }: VerifyReport): object => report;

const isGood = (verdict: Verdict): boolean => verdict === "ok" || verdict === "warnings";

/** One file: its report. */
const judgeOne = async (given: Arguments, context: Context, file: string): Promise<number> => {
  const base = await findBase(given.base, context.roots);
  if (given.base !== undefined && base === undefined) return refuse("--base: not a valid file");
  const report = await check(file, context, {
    keepsRecords: false,
    ...(base === undefined ? {} : { base }),
  });
  print(given.json ? JSON.stringify(asJson(report)) : reportLines(report).join("\n"));
  return isGood(report.verdict) ? 0 : 1;
};

/** Files of several devices: the report of each, and what only all of them show. */
const judgeAll = async (given: Arguments, context: Context): Promise<number> => {
  const reports: VerifyReport[] = [];
  for (const file of given.files) reports.push(await check(file, context, { keepsRecords: true }));
  const together = verifyTogether(reports);
  const verdict = verdictOf([...reports.flatMap(({ findings }) => findings), ...together]);
  if (given.json) print(JSON.stringify({ verdict, files: reports.map(asJson), together }));
  else {
    for (const [index, report] of reports.entries())
      print([given.files[index], ...reportLines(report), ""].join("\n"));
    print(togetherLines(together).join("\n"));
  }
  return isGood(verdict) ? 0 : 1;
};

const run = async (words: readonly string[]): Promise<number> => {
  const given = parseArguments(words);
  if (given === undefined) return refuse(usage);
  const certificates = [];
  for (const file of given.files) certificates.push(...(await readCertificates(bytesOf(file))));
  const roots = readRoots(await textOf(given.trust), certificates);
  if (!roots.ok) return refuse(`--trust: ${roots.fault.kind}`);
  const context = { roots: roots.value, pins: splitPins(await textOf(given.pins)) };
  const [file = ""] = given.files;
  return given.files.length > 1 ? judgeAll(given, context) : judgeOne(given, context, file);
};

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) =>
  refuse(error instanceof Error ? error.message : String(error)),
);
