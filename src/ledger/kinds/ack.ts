import * as v from "valibot";
import { common, emptyDet, h, kid, seq } from "./shapes.ts";

/** The back office's acknowledgement of this chain up to `s`. */
export const ack = {
  core: v.strictObject({ ...common, kind: v.literal("ack"), ah: h, by: kid, s: seq, h }),
  det: emptyDet,
};
