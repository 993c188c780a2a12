import * as fc from "fast-check";
import type { CaseId, RecordRef } from "../../src/domain/ids.ts";
import type { RefundNumber } from "../../src/domain/refund-number.ts";
import type {
  ClaimEvent,
  ContactEvent,
  DecideEvent,
  GoodsEvent,
  RefundEvent,
  WithdrawEvent,
} from "../../src/domain/journal-event.ts";
import {
  amount,
  code,
  day,
  device,
  evidence,
  evidenceList,
  hash,
  identifier,
  instant,
  letters,
  lines,
  lower,
  minor,
  numbers,
  sale,
  words,
} from "./arbitrary-values.ts";

type Ref = fc.Arbitrary<RecordRef>;

const part = letters(`${lower}ABC-_`, 1, 40);
/** Three parts like those of a signed token; only its spelling counts here. */
const proof = fc
  .tuple(part, part, letters(`${lower}ABC-_`, 86))
  .map(([head, body, signature]) => `${head}.${body}.${signature}`);

/** Any refund of a payment, its later attempts, a void, and one without a payment. */
export const refundOn = (ref: Ref): fc.Arbitrary<RefundEvent> =>
  fc
    .record(
      {
        kind: fc.constant("refund" as const),
        caseId: identifier as fc.Arbitrary<CaseId>,
        refundNo: letters("ABC123", 16, 28) as fc.Arbitrary<RefundNumber>,
        attempt: fc.constant(1),
        type: fc.constantFrom("full", "partial", "return", "exchange"),
        mode: fc.constant("referenced" as const),
        amount,
        paymentId: sale,
        remaining: fc.tuple(minor, minor),
        acquirer: code,
        destination: fc.constantFrom("original", "cash"),
        reason: code,
        evidence: fc.array(evidence, { maxLength: 2 }),
        policy: fc.record({ record: ref, hash }),
        payment: ref,
        original: fc.record(
          {
            total: minor,
            merchantNo: identifier,
            terminalNo: identifier,
            paidAt: instant,
            numbers,
          },
          { requiredKeys: ["total"] },
        ),
        need: fc.record({
          by: fc.constantFrom("other", "any"),
          why: fc.array(code, { minLength: 1, maxLength: 3 }),
        }),
        approval: ref,
        related: ref,
        lines,
        due: minor,
        fee: minor,
        window: day,
        rules: fc.dictionary(code, words, { noNullPrototype: true }),
        replacement: lines,
        reopens: ref,
        profile: hash,
        policyShown: ref,
      },
      {
        requiredKeys: [
          "kind",
          "caseId",
          "refundNo",
          "attempt",
          "type",
          "mode",
          "amount",
          "paymentId",
          "remaining",
          "acquirer",
          "destination",
          "reason",
          "evidence",
          "policy",
        ],
      },
    )
    .chain((event) =>
      ref.chain((previous) => {
        const { paymentId: _, remaining: __, ...free } = event;
        return fc.constantFrom<RefundEvent>(
          event,
          { ...event, attempt: 2, previous },
          { ...event, type: "full", mode: "void" },
          { ...free, mode: "unreferenced" },
        );
      }),
    );

/** Our own record taken back. */
export const withdrawOn = (ref: Ref): fc.Arbitrary<WithdrawEvent> =>
  fc.record({
    kind: fc.constant("withdraw" as const),
    refund: ref,
    why: fc.constantFrom("customer", "mistake"),
  });

/** A person decides about a refund; a rejection says why. */
const decisionOn = (ref: Ref): fc.Arbitrary<DecideEvent> =>
  fc
    .record(
      {
        kind: fc.constant("decide" as const),
        about: fc.constantFrom("refund", "recall", "conflict", "reopen"),
        result: fc.constantFrom("approve", "reject"),
        method: fc.constantFrom("device", "passkey", "pin"),
        refund: ref,
        reason: code,
        proof,
      },
      { requiredKeys: ["kind", "about", "result", "method", "refund"] },
    )
    .filter(({ result, reason }) => result === "approve" || reason !== undefined);

/** A request is declined before there is any refund. */
const refusal: fc.Arbitrary<DecideEvent> = fc.record(
  {
    kind: fc.constant("decide" as const),
    about: fc.constant("request" as const),
    result: fc.constant("reject" as const),
    reason: code,
    paymentId: sale,
    caseId: identifier as fc.Arbitrary<CaseId>,
    offers: fc.array(fc.constantFrom("exchange", "store_credit", "partial"), { maxLength: 3 }),
  },
  { requiredKeys: ["kind", "about", "result", "reason"] },
);

/** Any decision. */
export const decideOn = (ref: Ref): fc.Arbitrary<DecideEvent> => fc.oneof(decisionOn(ref), refusal);

/** Any step of the goods, with or without what was looked at. */
export const goodsOn = (ref: Ref): fc.Arbitrary<GoodsEvent> =>
  fc.record(
    {
      kind: fc.constant("goods" as const),
      refund: ref,
      state: fc.constantFrom("awaiting", "received", "waived", "lost", "given"),
      lines,
      check: fc.record({ unused: fc.boolean(), complete: fc.boolean() }),
    },
    { requiredKeys: ["kind", "refund", "state"] },
  );

/** Any line of the log. */
export const contactOn = (ref: Ref): fc.Arbitrary<ContactEvent> =>
  fc.record(
    {
      kind: fc.constant("contact" as const),
      with: fc.constantFrom("customer", "acquirer", "support", "platform", "other"),
      via: fc.constantFrom("phone", "chat", "email", "counter", "portal", "other"),
      about: ref,
      ticket: identifier,
      score: fc.integer({ min: 1, max: 5 }),
      tags: fc.array(code, { minLength: 1, maxLength: 3 }),
      invoice: fc.dictionary(code, words, { maxKeys: 5, noNullPrototype: true }),
      evidence: evidenceList,
      next: instant,
    },
    { requiredKeys: ["kind", "with", "via"] },
  );

/** Any step of an over-payment after it was found. */
export const claimOn = (ref: Ref): fc.Arbitrary<ClaimEvent> =>
  fc.record(
    {
      kind: fc.constant("claim" as const),
      paymentId: sale,
      amount,
      state: fc.constantFrom("notice_posted", "claimed", "verified", "refund_case", "dismissed"),
      replaces: ref,
      factor: fc.constantFrom("x10", "x100", "pin", "dup", "outlier", "manual"),
      handBackBy: day,
      ticket: identifier,
      checks: fc.dictionary(code, fc.constantFrom("pass", "fail"), {
        noNullPrototype: true,
        maxKeys: 3,
      }),
      refund: ref,
    },
    { requiredKeys: ["kind", "paymentId", "amount", "state", "replaces"] },
  );

/** Any acknowledgement of the back office. */
export const ack = fc.record({
  kind: fc.constant("ack" as const),
  token: hash,
  by: device,
  seq: fc.nat(9_999_999),
  head: hash,
});
