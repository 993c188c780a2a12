import * as v from "valibot";
import { below, common, cur, h, id, jwk, kid, pre, seq, txt } from "./shapes.ts";

/** First record of a chain: the key, its certificate's label and prefix, the shop. */
export const genesis = {
  core: v.strictObject({
    ...common,
    kind: v.literal("genesis"),
    jwk,
    label: txt,
    pre,
    cont: v.exactOptional(v.strictObject({ h, kid, seq })),
  }),
  det: v.strictObject({ ...below, shop: v.strictObject({ cur, name: txt, tz: id }) }),
};
