import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { CloseEvent } from "../../domain/shift.ts";
import {
  below,
  code,
  common,
  cur,
  date,
  int,
  mapOf,
  pair,
  signed,
  type Unsealed,
} from "./shapes.ts";

/** Cash of a day per currency: open, in, out, expected, counted. */
const cash = mapOf(
  cur,
  v.pipe(v.strictTuple([signed, signed, signed, signed, signed]), v.readonly()),
);

/** The day is closed: number of refunds since the last close, cash and channel sums. */
export const close = {
  core: v.strictObject({ ...common, kind: v.literal("close"), day: date, n: int }),
  det: v.strictObject({
    ...below,
    cash: v.exactOptional(cash),
    ch: v.exactOptional(mapOf(cur, mapOf(code, v.pipe(pair, v.readonly())))),
  }),
};

type CloseCore = v.InferOutput<typeof close.core>;
type CloseDet = v.InferOutput<typeof close.det>;

export const writeClose = ({
  day,
  refunds,
  channels,
  cash: drawer,
}: CloseEvent): Unsealed<CloseCore, CloseDet> => ({
  core: { kind: "close", day, n: refunds },
  det: { ...given("ch", channels), ...given("cash", drawer) },
});

export const readClose = ({ day, n }: CloseCore, { ch, cash: drawer }: CloseDet): CloseEvent => ({
  kind: "close",
  day,
  refunds: n,
  ...given("channels", ch),
  ...given("cash", drawer),
});
