import * as v from "valibot";
import { below, common, h, obj, ver } from "./shapes.ts";

/** A document that rules decisions from here on, with its digest in the core. */
export const policy = {
  core: v.strictObject({
    ...common,
    kind: v.literal("policy"),
    pol: h,
    ver,
    what: v.picklist(["policy", "profile", "reasons", "setting"]),
  }),
  det: v.strictObject({ ...below, doc: obj }),
};
