import type { LanguageTag } from "../../../i18n/index.ts";
import type { Instant } from "../../../domain/instant.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import type { MoneyState } from "../../../domain/refund/money-track.ts";
import { writeFullTime, writeMoney } from "../../../i18n/format.ts";
import type { Translate } from "../../../i18n/index.ts";
import type { Shell } from "../../shell-context.tsx";

/** Which sentence a customer is told; before evidence never that money arrived. */
export type CustomerState = "recorded" | "submitted" | "arrived" | "ended" | "withdrawn";

export const customerState = (money: MoneyState): CustomerState => {
  switch (money) {
    case "pending_approval":
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

type About = {
  readonly refundCase: RefundCase;
  readonly shop: Shell["shop"];
  readonly language: LanguageTag;
};

const dateOf = (refundCase: RefundCase, state: CustomerState): Instant => {
  const wanted = state === "arrived" ? "succeeded" : "submitted";
  const entry = [...refundCase.history]
    .reverse()
    .find(({ told }) => told.kind === "money" && told.state === wanted);
  const evidence = entry?.told.kind === "money" ? entry.told.at : undefined;
  return evidence ?? entry?.at ?? refundCase.createdAt;
};

/** The message to the customer (screens.md §5.7), in a language that need not be the one on screen. */
export const customerText = (words: Translate, { refundCase, shop, language }: About): string => {
  const attempt = latestAttempt(refundCase);
  const state = customerState(attempt.money);
  const locale = { language, currency: shop.currency, calendar: shop.calendar };
  const date = dateOf(refundCase, state);
  return words(`records.tell.${state}`, {
    shop: shop.name,
    amount: writeMoney(attempt.amount, locale),
    number: attempt.refundNo,
    date: writeFullTime(date, locale).slice(0, 10),
  });
};
