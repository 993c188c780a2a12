import * as v from "valibot";
import {
  below,
  code,
  common,
  ev,
  foreign,
  id,
  list,
  n5,
  pairedForeign,
  seq,
  strs,
} from "./shapes.ts";

/** Log entry: a call, a complaint, feedback, an invoice, late evidence. */
export const contact = {
  core: v.pipe(
    v.strictObject({
      ...common,
      ...foreign,
      kind: v.literal("contact"),
      with: v.picklist(["customer", "acquirer", "support", "platform", "other"]),
      ref: v.exactOptional(seq),
    }),
    v.check((claims) => pairedForeign(claims), "dev and rh go together"),
    v.check((claims) => claims.dev === undefined || claims.ref !== undefined, "dev needs ref"),
  ),
  det: v.strictObject({
    ...below,
    via: v.picklist(["phone", "chat", "email", "counter", "portal", "other"]),
    ticket: v.exactOptional(id),
    score: v.exactOptional(n5),
    tags: v.exactOptional(list(code)),
    inv: v.exactOptional(strs),
    ev: v.exactOptional(list(ev)),
  }),
};
