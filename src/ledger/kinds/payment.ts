import * as v from "valibot";
import type { JsonObject } from "../canonical.ts";
import {
  amt,
  below,
  code,
  common,
  cur,
  ev,
  h,
  id,
  item,
  kid,
  list,
  pos,
  sale,
  seq,
  strs,
  time,
} from "./shapes.ts";

/** One version of what is known about a payment. */
export const payment = {
  core: v.strictObject({
    ...common,
    kind: v.literal("payment"),
    amt: pos,
    cur,
    sale,
    src: v.picklist(["manual", "scan", "import", "peer"]),
    st: v.picklist(["paid", "unknown", "unpaid", "closed", "voided", "transfer"]),
    ext: v.exactOptional(amt),
    re: v.exactOptional(seq),
    same: v.exactOptional(list(sale)),
  }),
  det: v.strictObject({
    ...below,
    acq: code,
    ch: code,
    grade: v.picklist(["A", "B", "C", "D", "E"]),
    key: v.nullable(v.strictTuple([code, id])),
    mch: v.exactOptional(id),
    term: v.exactOptional(id),
    refs: v.exactOptional(strs),
    paid: v.exactOptional(time),
    lines: v.exactOptional(list(item)),
    ev: v.exactOptional(list(ev)),
    imp: v.exactOptional(seq),
    row: v.exactOptional(h),
    peer: v.exactOptional(v.strictObject({ h, k: kid, s: seq })),
  }),
  across: ({ src }: JsonObject, det: JsonObject): string | undefined => {
    if (src === "import" && (det["imp"] === undefined || det["row"] === undefined))
      return "src import needs imp and row";
    return src === "peer" && det["peer"] === undefined ? "src peer needs peer" : undefined;
  },
};
