#!/usr/bin/env node
import { open, readFile } from "node:fs/promises";
import { splitPins } from "../ledger/pins.ts";
import type { Roots } from "../ledger/trust-ring.ts";
import { verifyRefundlog } from "../ledger/verify.ts";
import type { VerifiedChain, VerifyReport } from "../ledger/verify-report.ts";
import { newVerify } from "./es256.ts";
import { reportLines } from "./report.ts";
import { readCertificates, readRoots } from "./trust-text.ts";

const usage =
  "node refundlog-verify.mjs [--trust file] [--pins file] [--base file] [--json] x.refundlog";

type Arguments = {
  readonly file: string;
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
  const [file] = files;
  if (file === undefined || files.length > 1 || file.startsWith("--")) return undefined;
  const [trust, pins, base] = ["--trust", "--pins", "--base"].map((name) => given.get(name));
  return { file, json, trust, pins, base };
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

const asJson = ({ chain: _chain, ...report }: VerifyReport): string => JSON.stringify(report);

const run = async (words: readonly string[]): Promise<number> => {
  const given = parseArguments(words);
  if (given === undefined) return refuse(usage);
  const trust = await textOf(given.trust);
  const roots = readRoots(trust, await readCertificates(bytesOf(given.file)));
  if (!roots.ok) return refuse(`--trust: ${roots.fault.kind}`);
  const base = await findBase(given.base, roots.value);
  if (given.base !== undefined && base === undefined) return refuse("--base: not a valid file");
  const context = { roots: roots.value, pins: splitPins(await textOf(given.pins)) };
  const report = await check(given.file, context, {
    keepsRecords: false,
    ...(base === undefined ? {} : { base }),
  });
  print(given.json ? asJson(report) : reportLines(report).join("\n"));
  return report.verdict === "ok" || report.verdict === "warnings" ? 0 : 1;
};

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) =>
  refuse(error instanceof Error ? error.message : String(error)),
);
