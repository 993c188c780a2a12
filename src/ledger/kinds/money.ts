import * as v from "valibot";
import {
  batchId,
  below,
  common,
  cur,
  ev,
  h,
  id,
  int,
  kid,
  list,
  pairedForeign,
  refs,
  seq,
  strs,
  time,
  ver,
} from "./shapes.ts";

const offices = ["row", "slip", "portal", "support"] as const;

/** Who may say what about the money (refundlog.md §5.3). */
const sources = {
  exported: ["file"],
  submitted: ["staff", "portal", "slip", "row"],
  ready: ["staff", "portal"],
  processing: offices,
  needs_action: offices,
  unknown: [...offices, "staff"],
  abnormal: offices,
  succeeded: [...offices, "cust"],
  failed: offices,
  closed: offices,
  reversed: offices,
  retracted: ["staff"],
} as const;

const allows = (state: keyof typeof sources, by: string): boolean =>
  sources[state].some((source) => source === by);

/** A command or a result of the money track, over one or more refunds of one chain. */
export const money = {
  core: v.pipe(
    v.strictObject({
      ...common,
      kind: v.literal("money"),
      st: v.picklist([
        "exported",
        "submitted",
        "ready",
        "processing",
        "needs_action",
        "unknown",
        "abnormal",
        "succeeded",
        "failed",
        "closed",
        "reversed",
        "retracted",
      ]),
      by: v.picklist(["file", "row", "slip", "portal", "support", "cust", "staff"]),
      refs,
      file: v.exactOptional(h),
      un: v.exactOptional(seq),
      dev: v.exactOptional(kid),
      rh: v.exactOptional(list(h)),
    }),
    v.check((claims) => allows(claims.st, claims.by), "st not said by that source"),
    v.check((claims) => (claims.st === "exported") === (claims.file !== undefined), "file"),
    v.check((claims) => (claims.st === "retracted") === (claims.un !== undefined), "un"),
    v.check((claims) => pairedForeign(claims), "dev and rh go together"),
    v.check(
      ({ st, dev }) => dev === undefined || (st !== "ready" && st !== "retracted"),
      "only the home chain says ready and retracted",
    ),
  ),
  det: v.strictObject({
    ...below,
    batch: v.exactOptional(v.strictObject({ cur, fmt: id, id: batchId, rows: ver, sum: int })),
    out: v.exactOptional(v.picklist(["prepared", "shared", "saved"])),
    at: v.exactOptional(time),
    exp: v.exactOptional(time),
    cref: v.exactOptional(id),
    raw: v.exactOptional(strs),
    imp: v.exactOptional(seq),
    row: v.exactOptional(h),
    ev: v.exactOptional(list(ev)),
    ticket: v.exactOptional(id),
    sig: v.exactOptional(v.boolean()),
  }),
};
