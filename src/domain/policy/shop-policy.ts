import * as v from "valibot";
import type { JsonObject } from "../journal-event.ts";

/** The shop's own refund rules, as the journal keeps them in a `policy` record. */
export type ShopPolicy = {
  /** Days after the day of payment within which the shop refunds without asking. */
  readonly windowDays: number;
  /** From this amount on it is typed twice, minor units (R44). */
  readonly typedTwiceFrom: number;
};

export const defaultPolicy: ShopPolicy = { windowDays: 7, typedTwiceFrom: 100_000 };

const shape = v.object({
  windowDays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3650)),
  typedTwiceFrom: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** The policy in a document of the journal; what an older version left out gets its default. */
export const parsePolicy = (document: JsonObject): ShopPolicy => {
  const read = v.safeParse(shape, { ...defaultPolicy, ...document });
  return read.success ? read.output : defaultPolicy;
};

export const writePolicy = (policy: ShopPolicy): JsonObject => ({ ...policy });
