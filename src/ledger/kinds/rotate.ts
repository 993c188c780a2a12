import * as v from "valibot";
import { common, emptyDet, jwk } from "./shapes.ts";

/** The chain ends; its next key. */
export const rotate = {
  core: v.strictObject({
    ...common,
    kind: v.literal("rotate"),
    jwk,
    why: v.picklist(["schedule", "suspect", "device", "upgrade"]),
  }),
  det: emptyDet,
};
