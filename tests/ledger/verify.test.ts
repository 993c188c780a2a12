import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseJwk } from "../../src/ledger/keys.ts";
import { splitPins } from "../../src/ledger/pins.ts";
import type { Roots } from "../../src/ledger/trust-ring.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import type { VerifyReport } from "../../src/ledger/verify-report.ts";
import type { VerifyInput } from "../../src/ledger/verify-session.ts";
import { verify } from "../support/crypto.ts";

const folder = "../shared/data/vectors/refundlog";
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(`${folder}/${name}`));

const exampleRoots = (): Roots => {
  const trust = JSON.parse(readFileSync(`${folder}/example.trust.json`, "utf8")) as {
    readonly roots: Readonly<Record<string, unknown>>;
  };
  return new Map(
    Object.entries(trust.roots).map(([kid, value]) => {
      const jwk = parseJwk(value);
      if (!jwk.ok) throw new Error("the example's root is no key");
      return [kid, jwk.value];
    }),
  );
};

const check = async (input: Omit<VerifyInput, "verify">): Promise<VerifyReport> => {
  const report = await verifyRefundlog({ ...input, verify });
  if (!report.ok) throw new Error("nobody cancelled");
  return report.value;
};

const codesAndRecords = (report: VerifyReport) =>
  report.findings.map(({ code, seq }) => ({ code, seq }));

type Expected = {
  readonly findings: unknown;
  readonly records: number;
  readonly head: string;
  readonly root: string;
  readonly verdict: string;
  readonly kinds: readonly string[];
  readonly money: Readonly<Record<string, unknown>>;
  readonly balances: Readonly<Record<string, unknown>>;
};

describe.skipIf(!existsSync(folder))("the worked example (skipped without shared data)", () => {
  test("gives exactly example.expected.json", async () => {
    const expected = JSON.parse(
      readFileSync(`${folder}/example.expected.json`, "utf8"),
    ) as Expected;
    const report = await check({ source: read("example.refundlog"), roots: exampleRoots() });
    expect(codesAndRecords(report)).toEqual(expected.findings);
    expect(report.verdict).toBe(expected.verdict);
    expect(report.records.length).toBe(expected.records);
    expect(report.records.every(({ isGood }) => isGood)).toBe(true);
    expect(report.head).toBe(expected.head);
    expect(report.root).toBe(expected.root);
    expect(report.records.map(({ kind }) => kind)).toEqual(expected.kinds);
    const money = report.refunds.map(({ seq, ...standing }) => [String(seq), standing]);
    expect(Object.fromEntries(money)).toEqual(expected.money);
    const balances = report.balances.map(({ sale, paid, external, reserved, remaining }) => [
      sale,
      { paid, used: external, reserved_or_spent: reserved, remaining },
    ]);
    expect(Object.fromEntries(balances)).toEqual(expected.balances);
  });

  test("the part alone gives only warnings, with the full file as base what the full file gives", async () => {
    const roots = exampleRoots();
    const full = await check({ source: read("example.refundlog"), roots });
    const source = read("example.part.refundlog");
    const alone = await check({ source, roots });
    expect(codesAndRecords(alone)).toEqual([
      { code: "W_PARTIAL", seq: undefined },
      { code: "W_GAP", seq: 85 },
    ]);
    expect(alone.root).toBe(full.root);
    expect(full.chain).toBeDefined();
    if (full.chain === undefined) return;
    const joined = await check({ source, roots, base: full.chain });
    expect(codesAndRecords(joined)).toEqual(codesAndRecords(full));
    expect(joined.root).toBe(full.root);
    expect(joined.refunds).toEqual(full.refunds);
    expect(joined.balances).toEqual(full.balances);
    expect(joined.chain?.records.map(({ hash }) => hash)).toEqual(
      full.chain.records.map(({ hash }) => hash),
    );
  });

  test("the pins that others hold are borne out up to record 80, and a tail cut below them is found", async () => {
    const pins = splitPins(readFileSync(`${folder}/example.pins.txt`, "utf8"));
    const roots = exampleRoots();
    const report = await check({ source: read("example.refundlog"), roots, pins });
    expect(codesAndRecords(report)).toEqual([
      { code: "W_ERASED", seq: 19 },
      { code: "W_GAP", seq: 85 },
    ]);
    expect(report.pinnedTo).toBe(83);
    expect(report.foreignPins).toBe(0);
  });

  test("bytes may arrive in pieces of any size", async () => {
    const bytes = read("example.refundlog");
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += 701) yield bytes.slice(at, at + 701);
    };
    const roots = exampleRoots();
    const whole = await check({ source: bytes, roots });
    expect(await check({ source: pieces(), roots })).toEqual(whole);
  });

  test("without a pinned root everything is checked, and the one thing said is that the issuer is unknown", async () => {
    const report = await check({ source: read("example.refundlog"), roots: new Map() });
    expect(report.verdict).toBe("invalid");
    expect(report.verdictBesideIssuer).toBe("warnings");
    expect(report.signer.kind).toBe("unknown");
    expect(report.chain).toBeUndefined();
    const errors = report.findings.filter(({ code }) => code.startsWith("E_"));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(["E_ENROL_ISSUER"]));
  });

  test("a cancelled run gives no report", async () => {
    const input = { source: read("example.part.refundlog"), roots: exampleRoots(), verify };
    const long = new Uint8Array(200).fill(10);
    const source = new Uint8Array([...input.source, ...long]);
    const report = await verifyRefundlog({ ...input, source, isCancelled: () => true });
    expect(report).toEqual({ ok: false, fault: { kind: "cancelled" } });
  });
});
