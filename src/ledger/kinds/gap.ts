import * as v from "valibot";
import { below, common, int } from "./shapes.ts";

/** The device admits that something may be missing since a time. */
export const gap = {
  core: v.strictObject({
    ...common,
    kind: v.literal("gap"),
    from: int,
    why: v.picklist(["storage", "signer", "clock", "other"]),
  }),
  det: v.strictObject({ ...below, lost: v.exactOptional(int) }),
};
