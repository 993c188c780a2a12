import * as v from "valibot";
import {
  amt,
  below,
  caseId,
  code,
  common,
  cur,
  date,
  ev,
  h,
  id,
  item,
  list,
  n99,
  no,
  obj,
  rem,
  sale,
  seq,
  strs,
  time,
} from "./shapes.ts";

const original = v.strictObject({
  total: amt,
  mch: v.exactOptional(id),
  paid: v.exactOptional(time),
  refs: v.exactOptional(strs),
  term: v.exactOptional(id),
});

/** One attempt to refund: the record that a customer's receipt carries. */
export const refund = {
  core: v.pipe(
    v.strictObject({
      ...common,
      kind: v.literal("refund"),
      amt,
      cur,
      mode: v.picklist(["referenced", "unreferenced", "void"]),
      no,
      try: n99,
      type: v.picklist(["full", "partial", "exchange", "return"]),
      of: v.exactOptional(seq),
      rem: v.exactOptional(rem),
      sale: v.exactOptional(sale),
    }),
    v.check(
      (claims) =>
        claims.mode === "unreferenced"
          ? claims.sale === undefined && claims.rem === undefined
          : claims.sale !== undefined && claims.rem !== undefined,
      "sale and rem unless unreferenced",
    ),
    v.check((claims) => claims.type === "exchange" || claims.amt > 0, "amt 0 only for exchange"),
    v.check((claims) => claims.mode !== "void" || claims.type === "full", "void is full"),
    v.check((claims) => (claims.try === 1) === (claims.of === undefined), "of from try 2"),
  ),
  det: v.strictObject({
    ...below,
    acq: code,
    case: caseId,
    dst: v.picklist(["original", "cash", "store_credit", "other"]),
    ev: v.pipe(v.array(ev), v.maxLength(1000)),
    pol: v.strictObject({ h, seq }),
    rsn: code,
    pay: v.exactOptional(seq),
    org: v.exactOptional(original),
    need: v.exactOptional(v.strictObject({ by: v.picklist(["other", "any"]), why: list(code) })),
    apv: v.exactOptional(seq),
    lines: v.exactOptional(list(item)),
    due: v.exactOptional(amt),
    fee: v.exactOptional(amt),
    win: v.exactOptional(date),
    rules: v.exactOptional(obj),
    link: v.exactOptional(seq),
  }),
};
