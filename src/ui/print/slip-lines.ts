import { latestAttempt, type RefundCase } from "../../domain/refund/case.ts";
import { add, money, sum, type Money } from "../../domain/money.ts";
import { remaining, type Payment } from "../../domain/payment.ts";
import { given } from "../../domain/given.ts";
import { visibleText } from "../../domain/codes/visible-text.ts";
import type { CaseFile, ReceiptCodes } from "../../usecases/read-case.ts";
import type { Format } from "../format.ts";
import { t } from "../language.ts";
import { channelText, numberOf } from "../screens/new-refund/order.tsx";
import { nameOf, reasonText } from "../screens/refund/case-words.ts";
import { customerState } from "../screens/refund/customer-text.ts";

/** Rolls that slips are printed on. */
export type SlipPaper = "slip_58" | "slip_80";

/** One thing on a slip, from the top; the same for paper and for the picture. */
export type SlipLine =
  | { readonly kind: "title" | "strong" | "centre" | "text"; readonly text: string }
  | { readonly kind: "rule" }
  | {
      readonly kind: "pair";
      readonly label: string;
      readonly value: string;
      readonly mono?: boolean;
    }
  | { readonly kind: "amount"; readonly label: string; readonly text: string }
  | {
      readonly kind: "code";
      readonly text: string;
      /** What it holds, for those who cannot see it. */
      readonly what: string;
      /** Till and place, amount, short code: each is kept whole. */
      readonly under: readonly string[];
    };

const pair = (label: string, value: string, mono = false): SlipLine => ({
  kind: "pair",
  label,
  value,
  ...given("mono", mono ? true : undefined),
});

const centre = (text: string): SlipLine => ({ kind: "centre", text });

/** What other refunds took from the payment, here and elsewhere. */
export const refundedOtherwise = (payment: Payment, caseId: string): Money =>
  add(
    sum(
      payment.claims
        .filter((claim) => claim.caseId !== caseId && claim.standing !== "frees")
        .map((claim) => claim.amount),
      payment.amount.currency,
    ),
    money(payment.external, payment.amount.currency),
  );

const paymentLines = ({ refundCase, payment }: CaseFile, format: Format): readonly SlipLine[] => {
  if (payment === undefined) return [];
  const number = numberOf(payment);
  const before = refundedOtherwise(payment, refundCase.caseId);
  return [
    ...(number === undefined ? [] : [pair(t("records.slip.payment_no"), number, true)]),
    pair(t("records.field.channel"), channelText(payment.channel)),
    ...(payment.paidAt === undefined
      ? []
      : [pair(t("records.field.paid_at"), format.fullTime(payment.paidAt))]),
    pair(t("word.paid"), format.money(payment.amount)),
    ...(before.minor === 0 ? [] : [pair(t("records.slip.before"), format.money(before))]),
    pair(t("records.field.left"), format.money(remaining(payment))),
  ];
};

/** Said three times over the length of the slip, so that no cut piece passes for a real one. */
const practice = (refundCase: CaseFile["refundCase"]): readonly SlipLine[] =>
  refundCase.training ? [{ kind: "strong", text: t("records.slip.practice") }] : [];

const codeLine = (codes: ReceiptCodes, amount: string, paper: SlipPaper): SlipLine => ({
  kind: "code",
  what: t("records.show.qr"),
  text: paper === "slip_58" ? codes.paper : codes.screen,
  under: [codes.place, amount, ...(codes.short === undefined ? [] : [codes.short])],
});

const head = (shop: string, copy: number): readonly SlipLine[] => [
  { kind: "title", text: t("records.slip.title") },
  ...(copy > 1 ? [centre(t("records.slip.copy", { n: copy }))] : []),
  centre(visibleText(shop).text),
];

/** What the customer still pays in an exchange; it is collected by the payment code, not here. */
const dueLine = ({ due, amount }: RefundCase, format: Format): readonly SlipLine[] =>
  due === undefined
    ? []
    : [pair(t("refund.exchange.collect"), format.money(money(due, amount.currency)))];

/** Everything a slip says (visual.md §9, upload-files.md §6.3); before evidence never that money arrived. */
export const slipLines = (
  file: CaseFile,
  {
    shop,
    paper,
    format,
  }: { readonly shop: string; readonly paper: SlipPaper; readonly format: Format },
): readonly SlipLine[] => {
  const { refundCase, codes, people } = file;
  const attempt = latestAttempt(refundCase);
  const amount = format.money(attempt.amount);
  const state = customerState(refundCase);
  const open = state === "recorded" || state === "submitted";
  return [
    ...practice(refundCase),
    ...head(shop, refundCase.copies + 1),
    { kind: "rule" },
    pair(t("refund.recorded.number"), attempt.refundNo, true),
    ...paymentLines(file, format),
    pair(t("word.reason"), reasonText(refundCase.reason)),
    { kind: "rule" },
    { kind: "amount", label: t("records.slip.amount"), text: amount },
    ...dueLine(refundCase, format),
    pair(t("records.field.destination"), t(`records.destination.${refundCase.destination}`)),
    { kind: "text", text: t(`records.slip.state.${state}`) },
    ...(open ? [{ kind: "text", text: t("records.slip.expected") } as const] : []),
    ...practice(refundCase),
    { kind: "rule" },
    pair(t("records.field.by"), nameOf(people, refundCase.requestedBy)),
    pair(t("records.slip.time"), format.fullTime(refundCase.createdAt)),
    ...(codes === undefined ? [] : [codeLine(codes, amount, paper)]),
    ...practice(refundCase),
    centre(t("records.slip.no_proof")),
  ];
};
