import * as v from "valibot";
import type { ClaimEvent } from "../../domain/claim.ts";
import { given } from "../../domain/given.ts";
import type { DeviceId } from "../../domain/ids.ts";
import { money } from "../../domain/money.ts";
import { givenRef, givenSeq, type Home } from "./mapping.ts";
import { below, common, cur, date, id, pos, sale, seq, strs, type Unsealed } from "./shapes.ts";

/** One step of an over-payment that belongs to somebody. */
export const claim = {
  core: v.pipe(
    v.strictObject({
      ...common,
      kind: v.literal("claim"),
      sale,
      amt: pos,
      cur,
      st: v.picklist([
        "found",
        "notice_posted",
        "claimed",
        "verified",
        "refund_case",
        "handed_back",
        "dismissed",
      ]),
      re: v.exactOptional(seq),
    }),
    v.check((claims) => claims.re !== undefined || claims.st === "found", "first is found"),
  ),
  det: v.strictObject({
    ...below,
    factor: v.exactOptional(v.picklist(["x10", "x100", "pin", "dup", "outlier", "manual"])),
    due: v.exactOptional(date),
    ticket: v.exactOptional(id),
    checks: v.exactOptional(strs),
    ref: v.exactOptional(seq),
  }),
};

type ClaimCore = v.InferOutput<typeof claim.core>;
type ClaimDet = v.InferOutput<typeof claim.det>;

export const writeClaim = (event: ClaimEvent, home: Home): Unsealed<ClaimCore, ClaimDet> => ({
  core: {
    kind: "claim",
    sale: event.paymentId,
    amt: event.amount.minor,
    cur: event.amount.currency,
    st: event.state,
    ...givenSeq("re", event.replaces, home),
  },
  det: {
    ...given("factor", event.factor),
    ...given("due", event.handBackBy),
    ...given("ticket", event.ticket),
    ...given("checks", event.checks),
    ...givenSeq("ref", event.refund, home),
  },
});

const readChecks = (checks: ClaimDet["checks"]): ClaimEvent["checks"] =>
  checks &&
  Object.fromEntries(
    Object.entries(checks).map(([question, answer]) => [
      question,
      answer === "pass" ? "pass" : "fail",
    ]),
  );

export const readClaim = (core: ClaimCore, det: ClaimDet, device: DeviceId): ClaimEvent => ({
  kind: "claim",
  paymentId: core.sale,
  amount: money(core.amt, core.cur),
  state: core.st,
  ...givenRef("replaces", core.re, device),
  ...given("factor", det.factor),
  ...given("handBackBy", det.due),
  ...given("ticket", det.ticket),
  ...given("checks", readChecks(det.checks)),
  ...givenRef("refund", det.ref, device),
});
