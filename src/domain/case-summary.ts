import { adviceFor } from "./acquirers/advice.ts";
import type { ErrorMeaning } from "./acquirers/error-catalogue.ts";
import type { AcquirerProfile } from "./acquirers/profile.ts";
import { visibleText } from "./codes/visible-text.ts";
import type { Instant } from "./instant.ts";
import type { Money } from "./money.ts";
import type { Payment } from "./payment.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";
import type { MoneyState } from "./refund/money-track.ts";

/** Numbers that a support line knows a payment by, in the order they are quoted. */
const quotedNumbers = ["out_trade_no", "transaction_id", "ref_no"] as const;

/** How a language says the parts of a summary; which lines there are and what stands in them is decided here. */
export type SummaryWords = {
  readonly refund: (number: string, attempt: number) => string;
  readonly order: (numbers: readonly string[]) => string;
  readonly number: (name: (typeof quotedNumbers)[number], number: string) => string;
  readonly paid: (amount: string, about: string) => string;
  readonly refunded: (amount: string, time: string, state: string) => string;
  readonly answer: (answer: string, at: Instant | undefined) => string;
  readonly meaning: (meaning: ErrorMeaning) => string;
  readonly merchantNo: (number: string) => string;
  readonly terminalNo: (number: string) => string;
  readonly state: (state: MoneyState) => string;
  /** `微信支付（拉卡拉）` */
  readonly channel: (payment: Payment) => string;
  readonly money: (amount: Money) => string;
  /** `2026-11-22 14:02` */
  readonly time: (at: Instant) => string;
};

/** What a summary is made of. */
export type SummaryFacts = {
  readonly refundCase: RefundCase;
  readonly payment: Payment | undefined;
  readonly profile: AcquirerProfile;
  readonly shop: string;
};

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join(" ");

/** Foreign text in one line. */
const inLine = (text: string): string => visibleText(text.replace(/\s+/g, " ").trim()).text;

const orderLine = ({ payment }: SummaryFacts, words: SummaryWords): string | undefined => {
  const known = quotedNumbers.flatMap((name) => {
    const number = payment?.numbers[name];
    return number === undefined ? [] : [words.number(name, inLine(number))];
  });
  return known.length === 0 ? undefined : words.order(known);
};

const paidLine = ({ payment }: SummaryFacts, words: SummaryWords): string | undefined => {
  if (payment === undefined) return undefined;
  const time = payment.paidAt === undefined ? undefined : words.time(payment.paidAt);
  return words.paid(words.money(payment.amount), joined([time, words.channel(payment)]));
};

const refundLine = ({ refundCase }: SummaryFacts, words: SummaryWords): string => {
  const { amount, money } = latestAttempt(refundCase);
  return words.refunded(words.money(amount), words.time(refundCase.createdAt), words.state(money));
};

/** When the acquirer's answer was given: by the record that tells it, else by the newest result. */
const answeredAt = (refundCase: RefundCase, answer: string): Instant | undefined => {
  const told = refundCase.history.flatMap(({ told: said, at }) =>
    said.kind === "money" && said.reference === answer ? [said.at ?? at] : [],
  );
  const results = latestAttempt(refundCase).steps.flatMap((step) =>
    step.kind === "result" ? [step.at] : [],
  );
  return told.at(-1) ?? results.at(-1);
};

const answerLine = (facts: SummaryFacts, words: SummaryWords): string | undefined => {
  const { refundCase, profile } = facts;
  const { answer } = latestAttempt(refundCase);
  if (answer === undefined) return undefined;
  const { meaning } = adviceFor(profile, answer);
  const word = meaning === "unlisted" ? "" : words.meaning(meaning);
  const said = answer.includes(word) ? inLine(answer) : joined([inLine(answer), word]);
  return words.answer(said, answeredAt(refundCase, answer));
};

const numbered = (
  number: string | undefined,
  write: (number: string) => string,
): string | undefined => (number === undefined ? undefined : write(inLine(number)));

const placeLine = ({ payment, shop }: SummaryFacts, words: SummaryWords): string =>
  joined([
    inLine(shop),
    numbered(payment?.merchantNo, words.merchantNo),
    numbered(payment?.terminalNo, words.terminalNo),
  ]);

/** A refund in a few lines of plain text, for a support line (screens.md §5.8, R8): what is not known leaves no line. */
export const caseSummary = (facts: SummaryFacts, words: SummaryWords): string => {
  const { refundNo, number } = latestAttempt(facts.refundCase);
  return [
    words.refund(refundNo, number),
    orderLine(facts, words),
    paidLine(facts, words),
    refundLine(facts, words),
    answerLine(facts, words),
    placeLine(facts, words),
  ]
    .filter((line) => line !== undefined && line !== "")
    .join("\n");
};
