import * as v from "valibot";
import { below, common, cur, date, id, pos, sale, seq, strs } from "./shapes.ts";

/** One step of an over-payment that belongs to somebody. */
export const claim = {
  core: v.pipe(
    v.strictObject({
      ...common,
      kind: v.literal("claim"),
      sale,
      amt: pos,
      cur,
      st: v.picklist([
        "found",
        "notice_posted",
        "claimed",
        "verified",
        "refund_case",
        "handed_back",
        "dismissed",
      ]),
      re: v.exactOptional(seq),
    }),
    v.check((claims) => claims.re !== undefined || claims.st === "found", "first is found"),
  ),
  det: v.strictObject({
    ...below,
    factor: v.exactOptional(v.picklist(["x10", "x100", "pin", "dup", "outlier", "manual"])),
    due: v.exactOptional(date),
    ticket: v.exactOptional(id),
    checks: v.exactOptional(strs),
    ref: v.exactOptional(seq),
  }),
};
