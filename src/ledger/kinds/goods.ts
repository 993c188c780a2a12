import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { DeviceId } from "../../domain/ids.ts";
import type { GoodsEvent } from "../../domain/journal-event.ts";
import { extension, refundClaims, readFlag, readLines, writeLines, type Home } from "./mapping.ts";
import { below, common, foreign, item, list, pairedForeign, seq, type Unsealed } from "./shapes.ts";

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

type GoodsCore = v.InferOutput<typeof goods.core>;
type GoodsDet = v.InferOutput<typeof goods.det>;

export const writeGoods = (event: GoodsEvent, home: Home): Unsealed<GoodsCore, GoodsDet> => ({
  core: { kind: "goods", ...refundClaims(event.refund, event.refundHash, home), st: event.state },
  det: {
    ...given("lines", event.lines && writeLines(event.lines)),
    ...extension({ unused: event.check?.unused, complete: event.check?.complete }),
  },
});

const readCheck = (x: GoodsDet["x"]): GoodsEvent["check"] => {
  const unused = readFlag(x, "unused");
  const complete = readFlag(x, "complete");
  return unused === undefined || complete === undefined ? undefined : { unused, complete };
};

export const readGoods = (core: GoodsCore, det: GoodsDet, device: DeviceId): GoodsEvent => ({
  kind: "goods",
  refund: { device: core.dev ?? device, seq: core.ref },
  ...given("refundHash", core.rh),
  state: core.st,
  ...given("lines", det.lines && readLines(det.lines)),
  ...given("check", readCheck(det.x)),
});
