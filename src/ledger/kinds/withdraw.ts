import * as v from "valibot";
import type { DeviceId } from "../../domain/ids.ts";
import type { WithdrawEvent } from "../../domain/journal-event.ts";
import { ownSeq, type Home } from "./mapping.ts";
import { common, emptyDet, seq, type Unsealed } from "./shapes.ts";

/** A refund taken back before it was submitted. */
export const withdraw = {
  core: v.strictObject({
    ...common,
    kind: v.literal("withdraw"),
    ref: seq,
    why: v.picklist(["customer", "mistake", "duplicate", "conflict", "policy", "other"]),
  }),
  det: emptyDet,
};

type WithdrawCore = v.InferOutput<typeof withdraw.core>;

export const writeWithdraw = (
  event: WithdrawEvent,
  home: Home,
): Unsealed<WithdrawCore, object> => ({
  core: { kind: "withdraw", ref: ownSeq(event.refund, home), why: event.why },
  det: {},
});

export const readWithdraw = (core: WithdrawCore, device: DeviceId): WithdrawEvent => ({
  kind: "withdraw",
  refund: { device, seq: core.ref },
  why: core.why,
});
