import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { isRecordKind, recordKinds, type Jwk } from "../../src/ledger/record.ts";
import { splitPins } from "../../src/ledger/pins.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { verifyTogether } from "../../src/ledger/verify-together.ts";
import type { VerifyReport } from "../../src/ledger/verify-report.ts";
import type { VerifyInput } from "../../src/ledger/verify-session.ts";
import { newVerify } from "../../src/verifier/es256.ts";
import { aGoldenDay, anErasureElsewhere } from "../support/golden-day.ts";
import { judge } from "./judge.ts";

const folder = new URL("../fixtures/ledgers/", import.meta.url);
/** The format is released with this version: its files stay here for ever. */
const current = "0.3";

const names = (): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".refundlog"))
    .map((name) => name.slice(0, -".refundlog".length));

const read = (name: string): Buffer => readFileSync(new URL(name, folder));

const parse = (name: string): unknown => JSON.parse(read(name).toString());

const optional = (name: string): string =>
  readdirSync(folder).includes(name) ? read(name).toString() : "";

/** Erasures of another chain's records came after it: a second version of their payload, with files of its own. */
const erasing = "erase-2";

/** The roots that stand beside a file; parts stand beside those of the whole one. */
const rootsOf = (name: string): ReadonlyMap<string, Jwk> => {
  const [shop = ""] = name.split("_");
  const { roots } = parse(`${shop}.trust.json`) as {
    readonly roots: Readonly<Record<string, Jwk>>;
  };
  return new Map(Object.entries(roots));
};

const check = async (
  name: string,
  more: Pick<VerifyInput, "base" | "keepsRecords"> = {},
): Promise<VerifyReport> => {
  const report = await verifyRefundlog({
    source: read(`${name}.refundlog`),
    verify: newVerify(),
    roots: rootsOf(name),
    pins: splitPins(optional(`${name}.pins.txt`)),
    ...more,
  });
  if (!report.ok) throw new Error("nobody cancels this");
  return report.value;
};

/** What a file says, and will say for ever. */
const saying = (report: VerifyReport) => ({
  verdict: report.verdict,
  findings: report.findings.map(({ code, seq = null }) => [code, seq]),
  from: report.from,
  to: report.to,
  head: report.head,
  root: report.root,
  totals: report.totals,
  refunds: report.refunds,
  balances: report.balances,
});

const linesOf = (name: string): readonly { readonly t: string }[] =>
  read(`${name}.refundlog`)
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly t: string });

const kindsOf = async (name: string): Promise<ReadonlySet<string>> =>
  new Set((await check(name)).records.map(({ kind }) => kind ?? "?"));

const write = (name: string, content: string | Uint8Array): void =>
  writeFileSync(new URL(name, folder), content);

const writeExpected = async (): Promise<void> => {
  for (const name of names()) {
    if (optional(`${name}.expected.json`) !== "") continue;
    const said = saying(await check(name));
    write(`${name}.expected.json`, `${JSON.stringify(said, undefined, 1)}\n`);
  }
};

describe.runIf(process.env["WRITE_GOLDEN"] === "1")("golden files", () => {
  test("are written for this version", async () => {
    const { whole, part, other, roots } = await aGoldenDay();
    write(`${current}.trust.json`, `${JSON.stringify({ roots }, undefined, 2)}\n`);
    for (const [name, bytes] of [
      [current, whole],
      [`${current}_part`, part],
      [`${current}_other-till`, other],
    ] as const)
      write(`${name}.refundlog`, bytes);
    await writeExpected();
  });

  test.skipIf(names().includes(erasing))("are written once for erasures elsewhere", async () => {
    const { whole, told, home, roots } = await anErasureElsewhere();
    write(`${erasing}.trust.json`, `${JSON.stringify({ roots }, undefined, 2)}\n`);
    write(`${erasing}.refundlog`, whole);
    write(`${erasing}_told.refundlog`, told);
    write(`${erasing}_home.refundlog`, home);
    await writeExpected();
  });
});

describe("refundlog §21.12 files of every version", () => {
  test("are there for this version, whole, in part, and of another till", () => {
    expect(names()).toEqual(
      expect.arrayContaining([current, `${current}_part`, `${current}_other-till`]),
    );
  });

  test.each(names())("%s verifies and says what it always said", async (name) => {
    const report = await check(name);
    expect(saying(report)).toEqual(parse(`${name}.expected.json`));
    expect(report.findings.filter(({ code }) => code.startsWith("E_"))).toEqual([]);
  });

  test.each(names())("%s is good for jose alone", async (name) => {
    expect((await judge(read(`${name}.refundlog`))).faults).toEqual([]);
  });

  test("refundlog §12 a part joins the file it continues, and then nothing is left unchecked", async () => {
    const whole = await check(current, { keepsRecords: true });
    if (whole.chain === undefined) throw new Error("the whole file is not valid");
    const { findings, to } = await check(`${current}_part`, { base: whole.chain });
    expect(findings.filter(({ code }) => code !== "W_ERASED")).toEqual([]);
    expect(to).toBeGreaterThan(whole.to ?? 0);
  });

  test("X29 X41 X45 this version writes approvals by a phone, erasures, witnesses, acknowledgements and lists", async () => {
    const found = await kindsOf(current);
    const missing = recordKinds.filter((kind) => !found.has(kind));
    expect(missing).toEqual(["close", "claim", "rotate", "gap"]);
    const types = new Set(linesOf(current).map(({ t }) => t));
    expect([...types].toSorted()).toEqual(
      ["ack", "att", "cp", "end", "head", "key", "rec", "status", "wit"].toSorted(),
    );
    expect(saying(await check(current)).findings.map(([code]) => code)).toContain("W_ERASED");
  });

  test("X41 an erasure of another till's record is good alone, and beside that till's files of before and after it", async () => {
    const [whole, told, home] = await Promise.all(
      [erasing, `${erasing}_told`, `${erasing}_home`].map((name) =>
        check(name, { keepsRecords: true }),
      ),
    );
    if (whole === undefined || told === undefined || home === undefined) throw new Error("three");
    const records = whole.chain?.records ?? [];
    const second = records.filter(({ claims }) => claims.core.v === 2);
    expect(second.map(({ claims }) => claims.kind)).toEqual(["erase", "erase"]);
    expect(verifyTogether([whole, told])).toEqual([]);
    expect(verifyTogether([whole, told, home])).toEqual([]);
    expect(whole.findings).toEqual([]);
    expect(told.findings).toEqual([]);
    expect(new Set(home.findings.map(({ code }) => code))).toEqual(new Set(["W_ERASED"]));
  });

  test("refundlog §4 every kind of record stands in one of them", async () => {
    const found = new Set<string>();
    for (const name of names()) for (const kind of await kindsOf(name)) found.add(kind);
    expect([...found].filter((kind) => !isRecordKind(kind))).toEqual([]);
    expect(recordKinds.filter((kind) => !found.has(kind))).toEqual([]);
  });
});
