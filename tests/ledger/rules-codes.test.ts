import { fileAttacks } from "./rules-file-attacks.ts";
import { recordAttacks } from "./rules-record-attacks.ts";
import { describe, expect, test } from "vitest";
import { findings, severityOf, type FindingCode } from "../../src/ledger/findings.ts";
import { verifyTogether } from "../../src/ledger/verify-together.ts";
import type { Attack } from "./rules-attacks.ts";
import { codesOf, judge, writeFile } from "./rules-bench.ts";
import { aBench, aPayment, aRefund, exported, told } from "./rules-shop.ts";

/** Statistics of an app, which no file shows (refundlog.md §17). */
const ofNoFile: readonly FindingCode[] = ["F_CLERK_PATTERN"];

/** Shown by two files only. */
const together: Partial<Record<FindingCode, Attack>> = {
  F_DUP_REFUND_DEVICES: async (bench) => {
    const other = await aBench();
    other.refunds = 500;
    const reports = [];
    for (const till of [bench, other]) {
      await aRefund(till, await aPayment(till));
      reports.push(await judge(till, await writeFile(till), { keepsRecords: true }));
    }
    const [report] = reports;
    if (report === undefined) throw new Error("two files");
    return { ...report, findings: verifyTogether(reports) };
  },
};

const attacks = { ...fileAttacks, ...recordAttacks, ...together };

describe("every code of refundlog.md §17 has a file that raises it", () => {
  test("an honest file raises none", async () => {
    const bench = await aBench();
    const payment = await aPayment(bench);
    const first = await aRefund(bench, payment);
    await exported(bench, first);
    await told(bench, first, "succeeded");
    expect(codesOf(await judge(bench, await writeFile(bench)))).toEqual([]);
  });

  test("no code is forgotten", () => {
    const covered = [...Object.keys(attacks), ...ofNoFile].sort();
    expect(covered).toEqual(Object.keys(findings).sort());
  });

  for (const [code, attack] of Object.entries(attacks) as [FindingCode, Attack][])
    test(code, async () => {
      const report = await attack(await aBench());
      expect(codesOf(report)).toContain(code);
      if (code !== "E_INTERNAL") expect(codesOf(report)).not.toContain("E_INTERNAL");
      const errors = codesOf(report).filter((one) => severityOf(one as FindingCode) === "error");
      if (severityOf(code) !== "error") expect(errors).toEqual([]);
    });
});
