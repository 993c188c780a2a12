import { hashText } from "../../src/ledger/base64url.ts";
import type { FindingCode } from "../../src/ledger/findings.ts";
import {
  after,
  withFile,
  refunded,
  needing,
  acknowledge,
  withAttachment,
  withoutCust,
  type Attack,
} from "./rules-attacks.ts";
import { add, claimsOf, judge, start, writeFile } from "./rules-bench.ts";
import { anAttachment, aPayment, aRefund, decide, exported, places, told } from "./rules-shop.ts";

/** Codes of claims, states, approvals, attachments and warnings: one file each. */
export const recordAttacks: Readonly<Partial<Record<FindingCode, Attack>>> = {
  E_SCHEMA: refunded({ colour: "red" }),
  E_REF: after((bench) => add(bench, { kind: "withdraw", ref: 500, why: "other" })),
  E_SALE: after((bench) => aPayment(bench, { sale: "QVD0TY2P6JR08TDF" })),
  E_NO: refunded({ no: "R7K2Q4000000001A" }),
  E_POLICY: refunded({}, { pol: { h: hashText("other"), seq: places.policy } }),
  E_OVERREFUND: refunded({ amt: 7000, rem: [6800, 0] }, { need: { by: "any", why: ["limit"] } }),
  E_BALANCE: refunded({ rem: [6800, 4000] }),
  E_TOTAL: after(async (bench) =>
    aRefund(bench, { ...(await aPayment(bench)), at: { ctx: { tot: { CNY: 1 } } } }),
  ),
  E_STATE: after(async (bench) => {
    const ref = await aRefund(bench, await aPayment(bench));
    await add(bench, { kind: "money", st: "submitted", by: "staff", refs: [ref] });
  }),
  E_EVIDENCE: after(async (bench) => {
    const ref = await aRefund(bench, await aPayment(bench));
    await exported(bench, ref);
    await add(bench, { kind: "money", st: "succeeded", by: "portal", refs: [ref] });
  }),
  E_APPROVAL: after(async (bench) => decide(bench, await needing(bench), { k: 1 })),
  E_APPROVAL_POLICY: refunded({ amt: 6800, rem: [6800, 0] }),
  E_TRAINING: after(async (bench) =>
    aRefund(bench, { ...(await aPayment(bench)), at: { trn: true } }),
  ),
  E_ATT_DIGEST: withAttachment(({ ev, line }) => ({ ev, line: { ...line, b64: "AAAA" } })),
  E_ATT_MISSING: withAttachment(({ ev }) => ({ ev })),
  E_ATT_UNREFERENCED: withAttachment(({ line }) => ({ line })),
  E_ERASE: after(async (bench) => {
    const { seq } = await aPayment(bench);
    const { _sd: sd } = claimsOf(bench, seq) as { _sd: string[] };
    await add(bench, { kind: "erase", ref: seq, why: "request", d: sd }, {}, { staff: "s1" });
  }),
  E_ACK: after((bench) => acknowledge(bench, { root: hashText("other") })),
  E_EXPORT_STALE: async (bench) => {
    const older = await writeFile(bench);
    const base = (await judge(bench, await writeFile(bench))).chain;
    return judge(bench, older, base === undefined ? {} : { base });
  },
  E_INTERNAL: async (bench) =>
    judge(bench, await writeFile(bench), {
      verify: () => Promise.reject(new Error("broken port")),
    }),
  W_CLOCK_BACK: after((bench) =>
    aPayment(bench, {}, {}, { payload: { iat: start + 200 }, ctx: { clk: [2, 0] } }),
  ),
  W_CLOCK_JUMP: after((bench) => aPayment(bench, {}, {}, { ctx: { clk: [1, 999_000] } })),
  W_OUTSIDE_BRACKET: after((bench) => acknowledge(bench, { iat: start - 1000 })),
  W_WITHHELD: withFile(() => ({
    head: { omit: ["ctx"] },
    records: (all) => all.map(({ j, d }) => ({ j, d: d.filter((_, place) => place !== 1) })),
  })),
  W_ATT_WITHHELD: async (bench) => {
    await aPayment(bench, {}, { ev: [anAttachment(new Uint8Array([1])).ev] });
    return judge(bench, await writeFile(bench, { head: { omit: ["att"] } }));
  },
  W_ERASED: after(async (bench) => {
    const { seq, digest } = await withoutCust(bench);
    await add(bench, { kind: "erase", ref: seq, why: "request", d: [digest] }, {}, { staff: "s1" });
  }),
  W_GAP: after((bench) => add(bench, { kind: "gap", from: start, why: "storage" })),
  W_PARTIAL: async (bench) => {
    await aPayment(bench);
    return judge(bench, await writeFile(bench, { from: 7 }));
  },
  W_UNACKED_OVER_LIMIT: after((bench) => acknowledge(bench, { iat: start - 40 * 86_400 })),
  F_SALE_OVERREFUND: after(async (bench) => {
    const payment = await aPayment(bench);
    await aRefund(bench, payment, { amt: 4000, rem: [6800, 2800] });
    await aPayment(bench, { sale: payment.sale, re: payment.seq, ext: 5000 }, { key: payment.key });
  }),
  F_SELF_APPROVED: after(async (bench) => decide(bench, await needing(bench, "any", "s1"))),
  F_ROLE: after((bench) => add(bench, { kind: "staff", sid: "s3", op: "disabled" })),
  F_PAID_UNAPPROVED: after(async (bench) => told(bench, await needing(bench), "succeeded")),
  F_UNEXPECTED_RESULT: after(async (bench) => {
    await told(bench, await aRefund(bench, await aPayment(bench)), "failed");
  }),
  F_PAYMENT_RAISED: after(async (bench) => {
    const payment = await aPayment(bench);
    await aPayment(bench, { sale: payment.sale, re: payment.seq, amt: 9000 }, { key: payment.key });
  }),
};
