import type { Currency } from "../../../domain/currency.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import { money } from "../../../domain/money.ts";
import { longestText } from "../../../domain/typed-text.ts";
import { readCash, type Shift, type ShiftCash } from "../../../domain/shift.ts";
import type { OpenShift } from "../../../usecases/read-shift.ts";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";
import { channelText } from "../new-refund/order.tsx";

type Pair = readonly [label: string, value: string];

/** How many refunds, and of each channel how many and how much. */
export const sumPairs = (
  { refunds, channels = {} }: Shift,
  format: Format,
  label = t("proof.close.refunds"),
): readonly Pair[] => [
  [label, t("proof.close.count", { n: refunds })],
  ...Object.entries(channels).flatMap(([currency, some]) =>
    Object.entries(some).map(([channel, [n, sum]]): Pair => {
      const amount = format.money(money(sum, currency as Currency));
      return [channelText(channel), t("proof.close.sum", { n, amount })];
    }),
  ),
];

/** The drawer as it was counted; nothing where it was not. */
const cashPairs = (
  cash: ShiftCash | undefined,
  currency: Currency,
  format: Format,
): readonly Pair[] => {
  const read = readCash(cash, currency);
  if (read === undefined) return [];
  return [
    [t("proof.close.open"), format.money(read.open)],
    [t("proof.close.takings"), format.money(read.takings)],
    [t("proof.close.paid_out"), format.money(read.paidOut)],
    [t("proof.close.expected"), format.money(read.expected)],
    [t("proof.close.counted"), format.money(read.counted)],
    [t("proof.close.difference"), format.difference(read.difference)],
  ];
};

/** What a close says, for screen and paper. */
export const closePairs = (
  { at, event, personal }: NonNullable<OpenShift["last"]>,
  { format, currency }: { readonly format: Format; readonly currency: Currency },
): readonly Pair[] => [
  [t("proof.close.at"), format.fullTime(at)],
  [t("proof.close.day"), event.day],
  ...sumPairs(event, format),
  ...cashPairs(event.cash, currency, format),
  ...(personal?.text === undefined
    ? []
    : [[t("proof.close.reason"), visibleText(personal.text, longestText).text] as const]),
];
