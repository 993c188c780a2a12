import { describe, expect, test } from "vitest";
import { hashText } from "../../src/ledger/base64url.ts";
import { digestOf } from "../../src/ledger/disclosure.ts";
import type { FindingCode } from "../../src/ledger/findings.ts";
import { after, refunded, needing, acknowledge, statusOf, type Attack } from "./rules-attacks.ts";
import {
  aBareBench,
  add,
  addGenesis,
  codesOf,
  judge,
  start,
  token,
  writeFile,
} from "./rules-bench.ts";
import {
  aBench,
  aNumber,
  aPayment,
  aRefund,
  decide,
  exported,
  policyDocument,
  told,
} from "./rules-shop.ts";
import { canonicalize } from "../../src/ledger/canonical.ts";

/** What is done, the codes it must give and no others, and how. */
type Case = readonly [name: string, codes: readonly FindingCode[], attack: Attack];

const cases: readonly Case[] = [
  [
    "sets up people and policy before anybody works",
    [],
    async () => {
      const bench = await aBareBench();
      await addGenesis(bench);
      const bySystem = { staff: "sys" };
      const person = { kind: "staff", sid: "s1", op: "added", jwk: bench.owner.jwk } as const;
      await add(bench, person, { role: "owner" }, bySystem);
      const pol = hashText(canonicalize(policyDocument));
      const policy = { kind: "policy", pol, ver: 1, what: "policy" } as const;
      await add(bench, policy, { doc: policyDocument }, bySystem);
      return judge(bench, await writeFile(bench));
    },
  ],
  [
    "changes the policy in the app's own name",
    ["F_ROLE"],
    after(async (bench) => {
      const pol = hashText(canonicalize(policyDocument));
      const policy = { kind: "policy", pol, ver: 2, what: "policy" } as const;
      await add(bench, policy, { doc: policyDocument }, { staff: "sys" });
    }),
  ],
  [
    "gives a known payment another number",
    ["E_SALE"],
    after(async (bench) => {
      const { seq, sale } = await aPayment(bench);
      await aPayment(bench, { sale, re: seq }, { key: ["transaction_id", "4200009999"] });
    }),
  ],
  [
    "lets a statement of another acquirer bear a payment out",
    [],
    after(async (bench) => {
      const { seq, sale, key } = await aPayment(bench);
      await aPayment(bench, { sale, re: seq }, { key, acq: "lakala" });
    }),
  ],
  [
    "refunds twice what is there once",
    ["E_OVERREFUND", "E_BALANCE"],
    after(async (bench) => {
      const payment = await aPayment(bench);
      await aRefund(bench, payment, { amt: 4000, rem: [6800, 2800] });
      await aRefund(bench, payment, { amt: 4000, rem: [6800, 2800] });
    }),
  ],
  [
    "frees the balance by a failure and tries again",
    [],
    after(async (bench) => {
      const payment = await aPayment(bench);
      const of = await aRefund(bench, payment, {}, { case: "X" });
      await exported(bench, of);
      await told(bench, of, "failed");
      await aRefund(bench, payment, { try: 2, of }, { case: "X" });
    }),
  ],
  [
    "tries again while the first is on its way",
    ["E_STATE", "E_BALANCE"],
    after(async (bench) => {
      const payment = await aPayment(bench);
      const of = await aRefund(bench, payment, {}, { case: "X" });
      await aRefund(bench, payment, { try: 2, of }, { case: "X" });
    }),
  ],
  [
    "uses a refund number twice",
    ["E_NO"],
    after(async (bench) => {
      const payment = await aPayment(bench);
      const no = aNumber(bench);
      await aRefund(bench, payment, { no });
      await aRefund(bench, payment, { no, rem: [4800, 2800] });
    }),
  ],
  ["refunds an unpaid payment", ["E_STATE"], refunded({}, {}, { st: "unknown" })],
  ["voids a part", ["E_STATE", "E_BALANCE"], refunded({ mode: "void", type: "full" })],
  [
    "joins two payments and refunds both in full",
    ["E_OVERREFUND", "E_BALANCE"],
    after(async (bench) => {
      const one = await aPayment(bench);
      const other = await aPayment(bench, { same: [one.sale] });
      await aRefund(bench, one, { amt: 4800, rem: [6800, 2000] });
      await aRefund(bench, other, { amt: 4800, rem: [6800, 2000] });
    }),
  ],
  [
    "records on after a rotation",
    ["E_STATE"],
    after(async (bench) => {
      await add(
        bench,
        { kind: "rotate", jwk: bench.owner.jwk, why: "schedule" },
        {},
        { staff: "s1" },
      );
      await aPayment(bench);
    }),
  ],
  [
    "works under a disabled name",
    ["E_REF"],
    after(async (bench) => {
      await add(bench, { kind: "staff", sid: "s2", op: "disabled" }, {}, { staff: "s1" });
      await aPayment(bench);
    }),
  ],
  [
    "counts a day wrong",
    ["E_TOTAL"],
    after((bench) => add(bench, { kind: "close", day: "2026-01-05", n: 3 })),
  ],
  [
    "moves a claim backwards",
    ["E_STATE"],
    after(async (bench) => {
      const { sale } = await aPayment(bench);
      const found = await add(bench, { kind: "claim", amt: 100, cur: "CNY", sale, st: "found" });
      const re = await add(bench, {
        kind: "claim",
        amt: 100,
        cur: "CNY",
        sale,
        st: "verified",
        re: found,
      });
      await add(bench, { kind: "claim", amt: 100, cur: "CNY", sale, st: "notice_posted", re });
    }),
  ],
  [
    "carries what was erased",
    ["E_ERASE"],
    after(async (bench) => {
      const { seq } = await aPayment(bench, {}, {}, { cust: { name: "王" } });
      const digest = digestOf(bench.records[seq]?.d[2] ?? "");
      await add(
        bench,
        { kind: "erase", ref: seq, why: "request", d: [digest] },
        {},
        { staff: "s1" },
      );
    }),
  ],
  [
    "retracts a wrong success and is back where it was",
    [],
    after(async (bench) => {
      const ref = await aRefund(bench, await aPayment(bench));
      await exported(bench, ref);
      const un = await told(bench, ref, "succeeded");
      await add(
        bench,
        { kind: "money", st: "retracted", by: "staff", refs: [ref], un },
        {},
        { staff: "s1" },
      );
      await add(bench, { kind: "money", st: "submitted", by: "staff", refs: [ref] });
    }),
  ],
  [
    "revokes an approver's key: approvals beyond the last ack do not count",
    ["E_KEY_REVOKED"],
    after(async (bench) => {
      await decide(bench, await needing(bench));
      bench.tail.push({ j: await statusOf(bench, bench.phone.kid, -1), t: "status" });
    }),
  ],
  [
    "rewrites history below a witness",
    ["E_PIN_FORK"],
    after(async (bench) => {
      const claims = { head: hashText("before"), iat: start, k: bench.till.kid, s: 4, v: 1 };
      bench.tail.push({ j: await token("refund-wit+jwt", claims, bench.phone), t: "wit" });
    }),
  ],
  [
    "shows a witness of another chain",
    ["E_LINE_TYPE"],
    after(async (bench) => {
      const claims = { head: hashText("x"), iat: start, k: bench.owner.kid, s: 4, v: 1 };
      bench.tail.push({ j: await token("refund-wit+jwt", claims, bench.phone), t: "wit" });
    }),
  ],
  ["carries an honest acknowledgement", [], after((bench) => acknowledge(bench))],
  [
    "keeps an ack's record without its line",
    ["E_ACK"],
    after(async (bench) => {
      await acknowledge(bench);
      bench.tail.pop();
    }),
  ],
  [
    "names a status list that is not here",
    ["E_ACK"],
    after((bench) => acknowledge(bench, { status: hashText("gone") })),
  ],
];

describe("balances, people, acks and erasures in the hands of the holder of the device key", () => {
  for (const [name, expected, attack] of cases)
    test(`${name}: ${expected.length === 0 ? "no finding" : expected.join(", ")}`, async () => {
      const codes = codesOf(await attack(await aBench()));
      expect(new Set(codes)).toEqual(new Set(expected));
    });
});
