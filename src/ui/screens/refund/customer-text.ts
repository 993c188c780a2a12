import type { LanguageTag } from "../../../i18n/index.ts";
import type { Instant } from "../../../domain/instant.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import type { MoneyState } from "../../../domain/refund/money-track.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import { isZero } from "../../../domain/money.ts";
import { writeFullTime, writeMoney } from "../../../i18n/format.ts";
import type { Translate } from "../../../i18n/index.ts";
import type { Shell } from "../../shell-context.tsx";

/** Which sentence a customer is told; before evidence never that money arrived. */
export type CustomerState =
  | "pending"
  | "declined"
  | "exchanged"
  | "recorded"
  | "pay_out"
  | "submitted"
  | "arrived"
  | "paid_out"
  | "ended"
  | "withdrawn";

const byMoney = (money: MoneyState): CustomerState => {
  switch (money) {
    case "pending_approval":
      return "pending";
    case "ready":
    case "exported":
      return "recorded";
    case "submitted":
    case "processing":
    case "needs_action":
    case "unknown":
    case "abnormal":
    case "conflict":
      return "submitted";
    case "succeeded":
      return "arrived";
    case "failed":
    case "closed":
    case "reversed":
      return "ended";
    case "withdrawn":
      return "withdrawn";
  }
};

/** Cash and credit are paid at the counter: no platform takes part. */
const elsewhere: Readonly<Partial<Record<CustomerState, CustomerState>>> = {
  recorded: "pay_out",
  submitted: "pay_out",
  arrived: "paid_out",
};

/** What the customer of this refund may be told now. */
export const customerState = ({ money, approval, destination }: RefundCase): CustomerState => {
  if (money === undefined) return "exchanged";
  if (money === "withdrawn" && approval === "rejected") return "declined";
  const state = byMoney(money);
  return destination === "original" ? state : (elsewhere[state] ?? state);
};

type About = {
  readonly refundCase: RefundCase;
  readonly shop: Shell["shop"];
  readonly language: LanguageTag;
};

const dateOf = (refundCase: RefundCase, state: CustomerState): Instant => {
  const arrived = state === "arrived" || state === "paid_out";
  const wanted = arrived ? "succeeded" : "submitted";
  const entry = [...refundCase.history]
    .reverse()
    .find(({ told }) => told.kind === "money" && told.state === wanted);
  const evidence = entry?.told.kind === "money" ? entry.told.at : undefined;
  return evidence ?? entry?.at ?? refundCase.createdAt;
};

/** What leaves practice says so first (X40). */
export const markPractice = (words: Translate, text: string, training: boolean): string =>
  training ? `${words("records.slip.practice")}\n${text}` : text;

/** The message to the customer (screens.md §5.7), in a language that need not be the one on screen. */
export const customerText = (words: Translate, { refundCase, shop, language }: About): string => {
  const attempt = latestAttempt(refundCase);
  const state = customerState(refundCase);
  const locale = { language, currency: shop.currency, calendar: shop.calendar };
  const date = dateOf(refundCase, state);
  const told = words(`records.tell.${state}`, {
    shop: shop.name,
    amount: writeMoney(attempt.amount, locale),
    number: attempt.refundNo,
    date: writeFullTime(date, locale).slice(0, 10),
    way: words(`records.destination.${refundCase.destination}`),
  });
  return markPractice(words, told, refundCase.training);
};

const labelled = (label: string, value: string): string => `${label} ${value}`;

/**
 * What a refund's customer takes along on their own phone, as plain words that any phone's scanner shows without a
 * network (R48): nothing of who paid, and never more than is proven.
 */
export const statusText = (
  words: Translate,
  {
    refundCase,
    shop,
    language,
    phone,
    now,
  }: About & { readonly phone: string; readonly now: Instant },
): string => {
  const { amount, refundNo } = latestAttempt(refundCase);
  const state = customerState(refundCase);
  const locale = { language, currency: shop.currency, calendar: shop.calendar };
  return [
    refundCase.training ? words("records.slip.practice") : "",
    visibleText(shop.name).text,
    labelled(words("refund.recorded.number"), refundNo),
    isZero(amount) ? "" : labelled(words("records.slip.amount"), writeMoney(amount, locale)),
    words(`records.slip.state.${state}`),
    state === "recorded" || state === "submitted" ? words("records.slip.expected") : "",
    words("records.show.as_of", { time: writeFullTime(now, locale) }),
    phone === "" ? "" : labelled(words("people.phone"), visibleText(phone).text),
    words("records.slip.no_proof"),
  ]
    .filter((line) => line !== "")
    .join("\n");
};
