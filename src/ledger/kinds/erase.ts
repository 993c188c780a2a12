import * as v from "valibot";
import { common, emptyDet, h, list, seq } from "./shapes.ts";

/** Personal data of an earlier record removed: digests of its `cust`, of its attachments, or both. */
export const erase = {
  core: v.pipe(
    v.strictObject({
      ...common,
      kind: v.literal("erase"),
      ref: seq,
      why: v.picklist(["request", "retention", "mistake"]),
      d: v.exactOptional(list(h)),
      a: v.exactOptional(list(h)),
    }),
    v.check((claims) => claims.d !== undefined || claims.a !== undefined, "d or a"),
  ),
  det: emptyDet,
};
