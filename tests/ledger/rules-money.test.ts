import { describe, expect, test } from "vitest";
import { hashText } from "../../src/ledger/base64url.ts";
import type { FindingCode } from "../../src/ledger/findings.ts";
import { after, type Attack } from "./rules-attacks.ts";
import { codesOf, add } from "./rules-bench.ts";
import { aBatch, aBench, aPayment, aRefund, exported, told } from "./rules-shop.ts";

/** What is done, the codes it must give and no others, and how. */
type Case = readonly [name: string, codes: readonly FindingCode[], attack: Attack];

const cases: readonly Case[] = [
  [
    "takes a shared batch back without a recall",
    ["E_STATE"],
    after(async (bench) => {
      const ref = await aRefund(bench, await aPayment(bench));
      await exported(bench, ref);
      await add(bench, { kind: "money", st: "ready", by: "staff", refs: [ref] });
    }),
  ],
  [
    "takes a batch back that never left",
    [],
    after(async (bench) => {
      const ref = await aRefund(bench, await aPayment(bench));
      await exported(bench, ref, { out: "prepared" });
      await add(bench, { kind: "money", st: "ready", by: "staff", refs: [ref] });
      await exported(bench, ref);
    }),
  ],
  [
    "hands the same refund out in a second batch",
    ["E_STATE"],
    after(async (bench) => {
      const ref = await aRefund(bench, await aPayment(bench));
      await exported(bench, ref);
      await add(
        bench,
        { kind: "money", st: "exported", by: "file", refs: [ref], file: hashText("b2") },
        aBatch(2000),
      );
    }),
  ],
  [
    "tells a wrong batch sum",
    ["E_TOTAL"],
    after(async (bench) =>
      exported(bench, await aRefund(bench, await aPayment(bench)), aBatch(2100)),
    ),
  ],
  [
    "exports what was only said (grade E)",
    ["E_EVIDENCE"],
    after(async (bench) =>
      exported(bench, await aRefund(bench, await aPayment(bench, {}, { grade: "E" }))),
    ),
  ],
  [
    "exports a return before the goods are back",
    ["E_STATE"],
    after(async (bench) =>
      exported(bench, await aRefund(bench, await aPayment(bench), { type: "return" })),
    ),
  ],
  [
    "exports a training refund",
    ["E_TRAINING"],
    after(async (bench) => {
      const payment = await aPayment(bench, {}, {}, { trn: true });
      const ref = await aRefund(bench, { ...payment, at: { trn: true } });
      await exported(bench, ref, {}, { trn: true });
    }),
  ],
  [
    "lets a later, weaker answer stand beside a success",
    [],
    after(async (bench) => {
      const ref = await aRefund(bench, await aPayment(bench));
      await exported(bench, ref);
      await told(bench, ref, "succeeded");
      await told(bench, ref, "failed");
      await add(bench, { kind: "notice", ref, st: "result", to: "customer" }, { via: "print" });
    }),
  ],
  [
    "tells the customer a result nobody gave",
    ["E_STATE"],
    after(async (bench) => {
      const ref = await aRefund(bench, await aPayment(bench));
      await add(bench, { kind: "notice", ref, st: "result", to: "customer" }, { via: "print" });
    }),
  ],
];

describe("the money track in the hands of the holder of the device key", () => {
  for (const [name, expected, attack] of cases)
    test(`${name}: ${expected.length === 0 ? "no finding" : expected.join(", ")}`, async () => {
      const codes = codesOf(await attack(await aBench()));
      expect(new Set(codes)).toEqual(new Set(expected));
    });
});
