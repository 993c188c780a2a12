import * as v from "valibot";
import { below, common, foreign, item, list, pairedForeign, seq } from "./shapes.ts";

/** Where the goods of a refund are. */
export const goods = {
  core: v.pipe(
    v.strictObject({
      ...common,
      ...foreign,
      kind: v.literal("goods"),
      ref: seq,
      st: v.picklist(["awaiting", "received", "waived", "lost", "given"]),
    }),
    v.check((claims) => pairedForeign(claims), "dev and rh go together"),
  ),
  det: v.strictObject({ ...below, lines: v.exactOptional(list(item)) }),
};
