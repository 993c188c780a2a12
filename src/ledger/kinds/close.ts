import * as v from "valibot";
import { below, code, common, cur, date, int, mapOf, pair, signed } from "./shapes.ts";

/** Cash of a day per currency: open, in, out, expected, counted. */
const cash = mapOf(cur, v.strictTuple([signed, signed, signed, signed, signed]));

/** The day is closed: number of refunds since the last close, cash and channel sums. */
export const close = {
  core: v.strictObject({ ...common, kind: v.literal("close"), day: date, n: int }),
  det: v.strictObject({
    ...below,
    cash: v.exactOptional(cash),
    ch: v.exactOptional(mapOf(cur, mapOf(code, pair))),
  }),
};
