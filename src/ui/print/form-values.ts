import { visibleText } from "../../domain/codes/visible-text.ts";
import { capitalAmount } from "../../domain/capital-amount.ts";
import { money } from "../../domain/money.ts";
import { remaining } from "../../domain/payment.ts";
import { latestAttempt, type RefundCase } from "../../domain/refund/case.ts";
import type { HistoryEntry } from "../../domain/refund/history.ts";
import { longestText } from "../../domain/typed-text.ts";
import type { FormFile } from "../../usecases/read-form.ts";
import type { PolicyInForce } from "../../usecases/read-policy.ts";
import { stateShown } from "../components/badge.tsx";
import type { Format } from "../format.ts";
import { t } from "../language.ts";
import { profileName } from "../screens/acquirers/acquirer-words.ts";
import { channelText } from "../screens/new-refund/order.tsx";
import {
  identityText,
  invoiceText,
  nameOf,
  reasonText,
  refusalText,
  typeText,
} from "../screens/refund/case-words.ts";
import type { FormValues } from "./form-fields.ts";
import { refundedOtherwise } from "./slip-lines.ts";

/** What a form is written with: the shop's name, the time, and how things are written here. */
export type FormPlace = {
  readonly shop: string;
  readonly now: string;
  readonly format: Format;
};

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join(t("word.separator"));

const shown = (text: string | undefined): string =>
  text === undefined ? "" : visibleText(text, longestText).text;

/** Who did it and when, as a hand would write it. */
const whoAndWhen = (
  entry: HistoryEntry | undefined,
  { people }: FormFile,
  format: Format,
): string =>
  entry === undefined ? "" : joined([nameOf(people, entry.staff), format.fullTime(entry.at)]);

const lastOf = (
  { refundCase }: FormFile,
  wanted: (entry: HistoryEntry) => boolean,
): HistoryEntry | undefined =>
  refundCase.history.reduce<HistoryEntry | undefined>(
    (last, entry) => (wanted(entry) ? entry : last),
    undefined,
  );

const paymentValues = ({ payment, refundCase }: FormFile, format: Format): FormValues => {
  if (payment === undefined) return {};
  const { numbers } = payment;
  return {
    merchant_no: shown(payment.merchantNo),
    term_no: shown(payment.terminalNo),
    paid_at: payment.paidAt === undefined ? "" : format.fullTime(payment.paidAt),
    channel: channelText(payment.channel),
    transaction_id: shown(numbers["transaction_id"]),
    out_trade_no: shown(numbers["out_trade_no"]),
    pos_numbers: shown(joined([numbers["ref_no"], numbers["voucher_no"], numbers["batch_no"]])),
    ref_no: shown(numbers["ref_no"]),
    card_or_order: shown(numbers["transaction_id"] ?? numbers["out_trade_no"]),
    paid: format.money(payment.amount),
    payer: shown(payment.payer),
    grade: payment.grade,
    before: format.money(refundedOtherwise(payment, refundCase.caseId)),
    left: format.money(remaining(payment)),
  };
};

const goodsText = ({ lines = [], amount }: RefundCase, format: Format): string =>
  lines
    .map((line) =>
      joined([
        line.name === undefined ? t("refund.goods_unknown") : visibleText(line.name).text,
        t("workflow.goods.quantity", { n: line.quantity }),
        line.amount === undefined ? undefined : format.money(money(line.amount, amount.currency)),
        line.condition === undefined ? undefined : t(`workflow.condition.${line.condition}`),
      ]),
    )
    .join("\n");

/** Each paper with the beginning of its hash, so that a copy can be told from another. */
const proofsText = ({ evidence }: RefundCase): string =>
  evidence
    .map(({ kind, sha256 }) => `${t(`evidence.kind.${kind}`)} ${sha256.slice(0, 8)}`)
    .join(t("word.separator"));

const verdictText = ({ approval }: RefundCase): string =>
  approval === "approved" || approval === "rejected" ? t(`forms.verdict.${approval}`) : "";

const approvalValues = (file: FormFile, format: Format): FormValues => {
  const { refundCase, people } = file;
  const decided = lastOf(file, ({ told }) => told.kind === "decided" && told.about === "refund");
  const told = decided?.told;
  return {
    handled_by: nameOf(people, refundCase.requestedBy),
    approved_by: decided === undefined ? "" : nameOf(people, decided.staff),
    verdict: verdictText(refundCase),
    verdict_date: decided === undefined ? "" : format.fullTime(decided.at),
    verdict_words: joined([
      told?.kind === "decided" && told.reason !== undefined ? refusalText(told.reason) : undefined,
      shown(decided?.text),
    ]),
  };
};

const resultValues = (file: FormFile, format: Format): FormValues => {
  const { refundCase } = file;
  const attempt = latestAttempt(refundCase);
  const submitted = lastOf(file, ({ told }) => told.kind === "money" && told.state === "submitted");
  const arrived = lastOf(
    file,
    ({ told }) => told.kind === "money" && told.state === "succeeded",
  )?.told;
  const at = arrived?.kind === "money" && attempt.money === "succeeded" ? arrived.at : undefined;
  return {
    submitted: whoAndWhen(submitted, file, format),
    channel_refund_no: shown(attempt.channelRefundNo),
    state: t(`state.${stateShown(refundCase)}`),
    arrived: at === undefined ? "" : format.fullTime(at),
  };
};

const invoiceValues = (file: FormFile, format: Format): FormValues => {
  const told = lastOf(
    file,
    ({ told: one }) => one.kind === "contact" && one.tags.includes("invoice"),
  );
  return {
    invoice: invoiceText(file.refundCase) ?? "",
    red_no: shown(file.refundCase.invoice?.["red_no"]),
    invoice_by: whoAndWhen(told, file, format),
  };
};

const versionText = ({ version }: PolicyInForce): string => t("forms.policy", { n: version });

/** The version that it was judged by, and the one that the customer was shown; they may differ. */
const policyText = ({ policy, policyShown }: FormFile): string =>
  joined([
    policy && policy.version !== policyShown?.version ? versionText(policy) : undefined,
    policyShown && `${versionText(policyShown)} ${t("policy.was_shown")}`,
  ]);

const caseValues = (file: FormFile, format: Format): FormValues => {
  const { refundCase, people } = file;
  const { amount, refundNo } = latestAttempt(refundCase);
  return {
    refund_no: refundNo,
    case_no: refundCase.caseId,
    date: format.fullTime(refundCase.createdAt),
    operator: nameOf(people, refundCase.requestedBy),
    stall: shown(file.devices.find(({ device }) => device === refundCase.device)?.label),
    acquirer: profileName(file.profile),
    goods: goodsText(refundCase, format),
    type: typeText(refundCase),
    amount: format.money(amount),
    capitals: capitalAmount(amount) ?? "",
    way: t(`records.destination.${refundCase.destination}`),
    reason: reasonText(refundCase.reason),
    words: shown(refundCase.note),
    proofs: proofsText(refundCase),
    policy: policyText(file),
    identity: identityText(refundCase) ?? "",
    explanation: joined([reasonText(refundCase.reason), shown(refundCase.note)]),
  };
};

/** A form that only has a number, a shop and a date: the rest is written by hand (R32). */
export const blankValues = (caseNo: string, place: FormPlace): FormValues => ({
  shop: shown(place.shop),
  case_no: caseNo,
  date: place.now,
});

/** What is known of a refund for its papers; what nobody told stays empty, to be written by hand (R12). */
export const formValues = (file: FormFile, place: FormPlace): FormValues => ({
  shop: shown(place.shop),
  ...caseValues(file, place.format),
  ...paymentValues(file, place.format),
  ...invoiceValues(file, place.format),
  ...approvalValues(file, place.format),
  ...resultValues(file, place.format),
});
