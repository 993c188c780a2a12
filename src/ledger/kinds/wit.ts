import * as v from "valibot";
import { common, emptyDet, h, kid, seq } from "./shapes.ts";

/** Another chain's head as this device saw it. */
export const wit = {
  core: v.strictObject({
    ...common,
    kind: v.literal("wit"),
    k: kid,
    s: seq,
    h,
    via: v.picklist(["receipt", "checkpoint", "file", "approval"]),
  }),
  det: emptyDet,
};
