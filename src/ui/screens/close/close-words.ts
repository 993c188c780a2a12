import type { Currency } from "../../../domain/currency.ts";
import { money } from "../../../domain/money.ts";
import type { Shift } from "../../../domain/shift.ts";
import type { OpenShift } from "../../../usecases/read-shift.ts";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";
import { channelText } from "../new-refund/order.tsx";

type Pair = readonly [label: string, value: string];

/** How many refunds, and of each channel how many and how much. */
export const sumPairs = ({ refunds, channels = {} }: Shift, format: Format): readonly Pair[] => [
  [t("proof.close.refunds"), t("proof.close.count", { n: refunds })],
  ...Object.entries(channels).flatMap(([currency, some]) =>
    Object.entries(some).map(([channel, [n, sum]]): Pair => {
      const amount = format.money(money(sum, currency as Currency));
      return [channelText(channel), t("proof.close.sum", { n, amount })];
    }),
  ),
];

/** What a close says, for screen and paper. */
export const closePairs = (
  { at, event }: NonNullable<OpenShift["last"]>,
  format: Format,
): readonly Pair[] => [
  [t("proof.close.at"), format.fullTime(at)],
  [t("proof.close.day"), event.day],
  ...sumPairs(event, format),
];
