import { describe, expect, test } from "vitest";
import type { FindingCode } from "../../src/ledger/findings.ts";
import { after, needing, type Attack } from "./rules-attacks.ts";
import { codesOf, add, start } from "./rules-bench.ts";
import {
  aBench,
  anApproval,
  anAssertion,
  aPayment,
  aRefund,
  decide,
  exported,
} from "./rules-shop.ts";

/** What is done, the codes it must give and no others, and how. */
type Case = readonly [name: string, codes: readonly FindingCode[], attack: Attack];

const cases: readonly Case[] = [
  [
    "approves with the right passkey",
    [],
    after(async (bench) => {
      const ref = await needing(bench);
      await add(
        bench,
        { kind: "decide", on: "refund", m: "passkey", res: "approve", ref },
        { wa: await anAssertion(bench, ref) },
        { staff: "s1" },
      );
    }),
  ],
  [
    "approves by a passkey without the person",
    ["E_APPROVAL"],
    after(async (bench) => {
      const ref = await needing(bench);
      await add(
        bench,
        { kind: "decide", on: "refund", m: "passkey", res: "approve", ref },
        { wa: await anAssertion(bench, ref, 1) },
        { staff: "s1" },
      );
    }),
  ],
  [
    "approves by the owner's PIN",
    [],
    after(async (bench) => {
      const ref = await needing(bench);
      await add(
        bench,
        { kind: "decide", on: "refund", m: "pin", res: "approve", ref },
        { apr: await anApproval(bench, ref, {}, bench.owner) },
        { staff: "s1" },
      );
    }),
  ],
  [
    "uses the owner's PIN key under a clerk's name",
    ["E_APPROVAL"],
    after(async (bench) => {
      const ref = await needing(bench);
      await add(
        bench,
        { kind: "decide", on: "refund", m: "pin", res: "approve", ref },
        { apr: await anApproval(bench, ref, {}, bench.owner) },
      );
    }),
  ],
  [
    "approves an amount that nobody saw",
    ["E_APPROVAL"],
    after(async (bench) => decide(bench, await needing(bench), { amt: 1 })),
  ],
  [
    "approves twice",
    ["E_STATE"],
    after(async (bench) => {
      const ref = await needing(bench);
      await decide(bench, ref);
      await decide(bench, ref, { k: 1 });
    }),
  ],
  [
    "lets a lead approve above the own limit",
    ["E_APPROVAL_POLICY"],
    after(async (bench) => {
      const payment = await aPayment(bench);
      const ref = await aRefund(
        bench,
        payment,
        { amt: 4000, rem: [6800, 2800] },
        { need: { by: "other", why: ["limit"] } },
      );
      await add(
        bench,
        { kind: "decide", on: "refund", m: "pin", res: "approve", ref },
        { apr: await anApproval(bench, ref, {}, bench.owner) },
        { staff: "s3" },
      );
    }),
  ],
  [
    "lets the owner approve what the owner asked for where another must",
    ["E_APPROVAL_POLICY", "F_SELF_APPROVED"],
    after(async (bench) => decide(bench, await needing(bench, "other", "s1"))),
  ],
  [
    "exports after the approval ended",
    ["E_APPROVAL_POLICY"],
    after(async (bench) => {
      const ref = await needing(bench);
      await decide(bench, ref, { exp: start + 340 });
      await exported(bench, ref);
    }),
  ],
  [
    "exports a rejected refund",
    ["E_STATE"],
    after(async (bench) => {
      const ref = await needing(bench);
      await decide(bench, ref, { res: "reject" });
      await exported(bench, ref);
    }),
  ],
  [
    "reopens, approves and exports a rejected refund",
    [],
    after(async (bench) => {
      const ref = await needing(bench);
      await decide(bench, ref, { res: "reject" });
      await decide(bench, ref, { on: "reopen", k: 1 });
      await decide(bench, ref, { k: 2 });
      await exported(bench, ref);
    }),
  ],
  [
    "reopens twice",
    ["E_STATE"],
    after(async (bench) => {
      const ref = await needing(bench);
      for (const k of [0, 2]) {
        await decide(bench, ref, { res: "reject", k });
        await decide(bench, ref, { on: "reopen", k: k + 1 });
      }
    }),
  ],
];

describe("approvals by the holder of the device key", () => {
  for (const [name, expected, attack] of cases)
    test(`${name}: ${expected.length === 0 ? "no finding" : expected.join(", ")}`, async () => {
      const codes = codesOf(await attack(await aBench()));
      expect(new Set(codes)).toEqual(new Set(expected));
    });
});
