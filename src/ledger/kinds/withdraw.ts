import * as v from "valibot";
import { common, emptyDet, seq } from "./shapes.ts";

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
