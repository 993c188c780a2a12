import { fileAttacks } from "./rules-file-attacks.ts";
import { recordAttacks } from "./rules-record-attacks.ts";
import { describe, expect, test } from "vitest";
import { findings, severityOf, type FindingCode } from "../../src/ledger/findings.ts";
import type { Attack } from "./rules-attacks.ts";
import { codesOf, judge, writeFile } from "./rules-bench.ts";
import { aBench, aPayment, aRefund, exported, told } from "./rules-shop.ts";

const attacks = { ...fileAttacks, ...recordAttacks };

/** Across devices, or the app's own statistics: no single file shows these. */
const notOfOneFile: readonly FindingCode[] = ["F_DUP_REFUND_DEVICES", "F_CLERK_PATTERN"];

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
    const covered = [...Object.keys(attacks), ...notOfOneFile].sort();
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
