import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { DeviceId, Hash, RecordRef } from "../../domain/ids.ts";
import type { RefundEvent } from "../../domain/journal-event.ts";
import { money } from "../../domain/money.ts";
import {
  extension,
  givenInstant,
  givenRef,
  givenSeq,
  givenTime,
  ownSeq,
  readEvidence,
  readLines,
  readText,
  writeEvidence,
  writeLines,
  type Home,
} from "./mapping.ts";
import {
  amt,
  below,
  caseId,
  code,
  common,
  cur,
  date,
  ev,
  h,
  id,
  item,
  list,
  n99,
  no,
  obj,
  rem,
  sale,
  seq,
  strs,
  time,
  type Unsealed,
} from "./shapes.ts";

const original = v.strictObject({
  total: amt,
  mch: v.exactOptional(id),
  paid: v.exactOptional(time),
  refs: v.exactOptional(strs),
  term: v.exactOptional(id),
});

/** One attempt to refund: the record that a customer's receipt carries. */
export const refund = {
  core: v.pipe(
    v.strictObject({
      ...common,
      kind: v.literal("refund"),
      amt,
      cur,
      mode: v.picklist(["referenced", "unreferenced", "void"]),
      no,
      try: n99,
      type: v.picklist(["full", "partial", "exchange", "return"]),
      of: v.exactOptional(seq),
      rem: v.exactOptional(rem),
      sale: v.exactOptional(sale),
    }),
    v.check(
      (claims) =>
        claims.mode === "unreferenced"
          ? claims.sale === undefined && claims.rem === undefined
          : claims.sale !== undefined && claims.rem !== undefined,
      "sale and rem unless unreferenced",
    ),
    v.check((claims) => claims.type === "exchange" || claims.amt > 0, "amt 0 only for exchange"),
    v.check((claims) => claims.mode !== "void" || claims.type === "full", "void is full"),
    v.check((claims) => (claims.try === 1) === (claims.of === undefined), "of from try 2"),
  ),
  det: v.strictObject({
    ...below,
    acq: code,
    case: caseId,
    dst: v.picklist(["original", "cash", "store_credit", "other"]),
    ev: v.pipe(v.array(ev), v.maxLength(1000)),
    pol: v.strictObject({ h, seq }),
    rsn: code,
    pay: v.exactOptional(seq),
    org: v.exactOptional(original),
    need: v.exactOptional(v.strictObject({ by: v.picklist(["other", "any"]), why: list(code) })),
    apv: v.exactOptional(seq),
    lines: v.exactOptional(list(item)),
    due: v.exactOptional(amt),
    fee: v.exactOptional(amt),
    win: v.exactOptional(date),
    rules: v.exactOptional(obj),
    link: v.exactOptional(seq),
  }),
};

type RefundCore = v.InferOutput<typeof refund.core>;
type RefundDet = v.InferOutput<typeof refund.det>;

type Original = v.InferOutput<typeof original>;

const writeOriginal = (from: NonNullable<RefundEvent["original"]>, home: Home): Original => ({
  total: from.total,
  ...given("mch", from.merchantNo),
  ...givenTime("paid", from.paidAt, home),
  ...given("refs", from.numbers),
  ...given("term", from.terminalNo),
});

const readOriginal = (org: Original): NonNullable<RefundEvent["original"]> => ({
  total: org.total,
  ...given("merchantNo", org.mch),
  ...given("terminalNo", org.term),
  ...givenInstant("paidAt", org.paid),
  ...given("numbers", org.refs),
});

/** The named results of the policy rules; other members of the free object say nothing to the app. */
const readRules = (rules: { readonly [name: string]: unknown }): { [rule: string]: string } =>
  Object.fromEntries(
    Object.entries(rules).filter((rule): rule is [string, string] => typeof rule[1] === "string"),
  );

const writeCore = (event: RefundEvent, home: Home): Unsealed<RefundCore, RefundDet>["core"] => ({
  kind: "refund",
  amt: event.amount.minor,
  cur: event.amount.currency,
  mode: event.mode,
  no: event.refundNo,
  try: event.attempt,
  type: event.type,
  ...givenSeq("of", event.previous, home),
  ...given("rem", event.remaining && [event.remaining[0], event.remaining[1]]),
  ...given("sale", event.paymentId),
});

export const writeRefund = (event: RefundEvent, home: Home): Unsealed<RefundCore, RefundDet> => ({
  core: writeCore(event, home),
  det: {
    acq: event.acquirer,
    case: event.caseId,
    dst: event.destination,
    ev: writeEvidence(event.evidence),
    pol: { h: event.policy.hash, seq: ownSeq(event.policy.record, home) },
    rsn: event.reason,
    ...givenSeq("pay", event.payment, home),
    ...given("org", event.original && writeOriginal(event.original, home)),
    ...given("need", event.need && { by: event.need.by, why: [...event.need.why] }),
    ...givenSeq("apv", event.approval, home),
    ...given("lines", event.lines && writeLines(event.lines)),
    ...given("due", event.due),
    ...given("fee", event.fee),
    ...given("win", event.window),
    ...given("rules", event.rules),
    ...givenSeq("link", event.related, home),
    ...extension({
      replacement: event.replacement && writeLines(event.replacement),
      reopens: event.reopens && ownSeq(event.reopens, home),
      profile: event.profile,
      shown: event.policyShown && ownSeq(event.policyShown, home),
    }),
  },
});

/** Goods given in exchange; anything else under that name says nothing to the app. */
const readReplacement = (x: RefundDet["x"]): RefundEvent["replacement"] => {
  const told = v.safeParse(list(item), x?.["replacement"]);
  return told.success ? readLines(told.output) : undefined;
};

const readPlace = (x: RefundDet["x"], name: string, device: DeviceId): RecordRef | undefined => {
  const told = v.safeParse(seq, x?.[name]);
  return told.success ? { device, seq: told.output } : undefined;
};

export const readRefund = (core: RefundCore, det: RefundDet, device: DeviceId): RefundEvent => ({
  kind: "refund",
  caseId: det.case,
  refundNo: core.no,
  attempt: core.try,
  type: core.type,
  mode: core.mode,
  amount: money(core.amt, core.cur),
  ...given("paymentId", core.sale),
  ...given("remaining", core.rem),
  acquirer: det.acq,
  destination: det.dst,
  reason: det.rsn,
  evidence: readEvidence(det.ev),
  policy: { record: { device, seq: det.pol.seq }, hash: det.pol.h },
  ...givenRef("payment", det.pay, device),
  ...given("original", det.org && readOriginal(det.org)),
  ...given("need", det.need),
  ...givenRef("previous", core.of, device),
  ...givenRef("approval", det.apv, device),
  ...givenRef("related", det.link, device),
  ...given("lines", det.lines && readLines(det.lines)),
  ...given("due", det.due),
  ...given("fee", det.fee),
  ...given("window", det.win),
  ...given("rules", det.rules && readRules(det.rules)),
  ...given("replacement", readReplacement(det.x)),
  ...given("reopens", readPlace(det.x, "reopens", device)),
  ...given("policyShown", readPlace(det.x, "shown", device)),
  ...given("profile", readText(det.x, "profile") as Hash | undefined),
});
