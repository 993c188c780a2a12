import * as v from "valibot";
import { below, code, common, date, h, id, int, sums } from "./shapes.ts";

/** A statement file that was read: its hash, its number of rows, its sums. */
export const importKind = {
  core: v.strictObject({ ...common, kind: v.literal("import"), file: h, n: int }),
  det: v.strictObject({
    ...below,
    acq: code,
    fmt: id,
    sums,
    decl: v.exactOptional(v.strictObject({ n: int, sums })),
    per: v.exactOptional(v.strictTuple([date, date])),
    enc: v.exactOptional(id),
    dup: v.exactOptional(int),
  }),
};
