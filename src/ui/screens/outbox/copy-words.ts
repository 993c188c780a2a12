import type { MerchantCopy } from "../../../domain/merchant-copy.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { CopyTexts } from "../../../usecases/merchant-copy.ts";
import type { Format } from "../../format.ts";
import { language, t } from "../../language.ts";
import { channelText } from "../new-refund/order.tsx";
import { reasonText } from "../refund/case-words.ts";

const numberText = ({ refundNo, attempt }: MerchantCopy): string =>
  attempt === 1 ? refundNo : t("todo.copy.attempt", { number: refundNo, n: attempt });

const typeText = ({ mode, type }: MerchantCopy): string =>
  mode === "void" ? t("todo.copy.type_void") : t(`records.type.${type}`);

type Line = readonly [label: string, value: string | undefined];

const linesOf = (copy: MerchantCopy, format: Format): readonly Line[] => [
  [t("todo.copy.number"), numberText(copy)],
  [t("todo.copy.amount"), format.money(copy.amount)],
  [t("todo.copy.standing"), t(`todo.copy.standing.${copy.standing}`)],
  [t("todo.copy.type"), typeText(copy)],
  [t("todo.copy.destination"), t(`records.destination.${copy.destination}`)],
  [t("word.reason"), reasonText(copy.reason)],
  [t("todo.copy.order"), copy.orderNo],
  [t("todo.copy.paid"), copy.paid && format.money(copy.paid)],
  [t("records.field.paid_at"), copy.paidAt && format.fullTime(copy.paidAt)],
  [t("todo.copy.channel"), copy.channel === undefined ? undefined : channelText(copy.channel)],
  [t("todo.copy.by"), visibleText(copy.by).text],
  [t("todo.copy.at"), format.fullTime(copy.at)],
];

const copyText = (copy: MerchantCopy, format: Format): string =>
  linesOf(copy, format)
    .flatMap(([label, value]) =>
      value === undefined || value === "" ? [] : [t("todo.copy.line", { label, value })],
    )
    .join("\n");

const subjectOf = (copies: readonly MerchantCopy[], format: Format): string => {
  const [first] = copies;
  const subject =
    first === undefined || copies.length > 1
      ? t("todo.copy.subject_many", { count: t("word.count", { n: copies.length }) })
      : t("todo.copy.subject", { number: first.refundNo, amount: format.money(first.amount) });
  return first?.training === true ? t("todo.copy.subject_practice", { subject }) : subject;
};

/** The letter with the merchant's copies, in the language on screen; before evidence it says of no money that it went. */
export const copyTexts = (format: Format): CopyTexts => ({
  language: language.peek(),
  subject: (copies) => subjectOf(copies, format),
  text: (copies, shop) =>
    [
      t("todo.copy.intro", { shop: visibleText(shop).text }),
      ...(copies.some(({ training }) => training) ? [t("todo.copy.practice")] : []),
      ...copies.map((copy) => copyText(copy, format)),
    ].join("\n\n"),
});
