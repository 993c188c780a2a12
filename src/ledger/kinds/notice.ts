import * as v from "valibot";
import { below, common, foreign, h, id, pairedForeign, seq, ver } from "./shapes.ts";

/** What was told to whom; `n` counts printed copies. */
export const notice = {
  core: v.pipe(
    v.strictObject({
      ...common,
      ...foreign,
      kind: v.literal("notice"),
      ref: seq,
      to: v.picklist(["customer", "merchant", "acquirer"]),
      st: v.picklist(["accepted", "result", "reminder"]),
      n: v.exactOptional(ver),
    }),
    v.check((claims) => pairedForeign(claims), "dev and rh go together"),
  ),
  det: v.strictObject({
    ...below,
    via: v.picklist(["print", "qr", "share", "email", "sms", "voice", "screen", "call"]),
    txt: v.exactOptional(h),
    lang: v.exactOptional(id),
  }),
};
