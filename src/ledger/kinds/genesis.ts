import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { GenesisEvent } from "../../domain/journal-event.ts";
import { readZone } from "./mapping.ts";
import { below, common, cur, h, id, jwk, kid, pre, seq, txt, type Unsealed } from "./shapes.ts";

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

type GenesisCore = v.InferOutput<typeof genesis.core>;
type GenesisDet = v.InferOutput<typeof genesis.det>;

export const writeGenesis = (event: GenesisEvent): Unsealed<GenesisCore, GenesisDet> => {
  const { continues, shop } = event;
  const cont = continues && { h: continues.hash, kid: continues.device, seq: continues.seq };
  return {
    core: {
      kind: "genesis",
      jwk: event.jwk,
      label: event.label,
      pre: event.prefix,
      ...given("cont", cont),
    },
    det: { shop: { cur: shop.currency, name: shop.name, tz: shop.zone } },
  };
};

export const readGenesis = (core: GenesisCore, { shop }: GenesisDet): GenesisEvent => {
  const { cont } = core;
  const continues = cont && { device: cont.kid, seq: cont.seq, hash: cont.h };
  return {
    kind: "genesis",
    jwk: core.jwk,
    label: core.label,
    prefix: core.pre,
    ...given("continues", continues),
    shop: { name: shop.name, currency: shop.cur, zone: readZone(shop.tz) },
  };
};
