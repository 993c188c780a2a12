import type { CaseId } from "../../../domain/ids.ts";
import { half, parseAmount, zero, type Money } from "../../../domain/money.ts";
import type { Payment } from "../../../domain/payment.ts";
import { judge, type Verdict } from "../../../domain/policy/index.ts";
import type { PolicyFacts } from "../../../domain/policy/facts.ts";
import type { ShopPolicy } from "../../../domain/policy/shop-policy.ts";
import { balanceAfter, type RefundDraft } from "../../../domain/refund/decide.ts";
import type { RouteArguments } from "../../routes.ts";

/** How the amount was chosen; `text` is what stands typed, `checked` that it was typed twice where it must be. */
export type AmountChoice =
  | { readonly kind: "full" }
  | { readonly kind: "half" }
  | { readonly kind: "typed"; readonly text: string; readonly checked: boolean };

/** What the editor holds and the draft store keeps; the case id is minted when the editor opens (X1). */
export type RefundEntry = {
  readonly caseId: CaseId;
  readonly amount: AmountChoice;
  /** Empty until one was picked. */
  readonly reason: string;
  readonly note: string;
};

/** An entry with the address of its payment, as it is kept. */
export type KeptRefund = RefundEntry & { readonly address: RouteArguments<"new_refund"> };

export const newEntry = (caseId: CaseId): RefundEntry => ({
  caseId,
  amount: { kind: "full" },
  reason: "",
  note: "",
});

/** Whether a person has put anything in: only then it is kept, offered again and asked about. */
export const isTouched = (entry: RefundEntry): boolean =>
  entry.amount.kind !== "full" || entry.reason !== "" || entry.note !== "";

/** The amount that stands chosen; nothing typed is zero. */
export const amountOf = ({ amount }: RefundEntry, left: Money): Money => {
  if (amount.kind === "full") return left;
  if (amount.kind === "half") return half(left);
  const typed = parseAmount(amount.text, left.currency);
  return typed.ok ? typed.value : zero(left.currency);
};

/** The entry as the use case takes it. */
export const draftOf = (entry: RefundEntry, left: Money): RefundDraft => ({
  caseId: entry.caseId,
  amount:
    entry.amount.kind === "full"
      ? { kind: "full" }
      : { kind: "partial", amount: amountOf(entry, left) },
  reason: entry.reason,
  ...(entry.note.trim() === "" ? {} : { note: entry.note }),
});

/** Whether a typed amount is large enough to be typed again, and was not yet (R44). */
export const mustTypeAgain = (entry: RefundEntry, left: Money, policy: ShopPolicy): boolean =>
  entry.amount.kind === "typed" &&
  !entry.amount.checked &&
  amountOf(entry, left).minor >= policy.typedTwiceFrom;

/** Balance before and after, and what every rule says; undefined while the amount cannot be refunded. */
export const review = (
  payment: Payment,
  draft: RefundDraft,
  facts: Omit<PolicyFacts, "payment" | "amount" | "type">,
): { readonly before: Money; readonly after: Money; readonly verdict: Verdict } | undefined => {
  const balance = balanceAfter(payment, draft);
  if (!balance.ok) return undefined;
  const [before, after] = balance.value;
  const amount = draft.amount.kind === "full" ? before : draft.amount.amount;
  const type = after.minor === 0 ? "full" : "partial";
  return { before, after, verdict: judge({ ...facts, payment, amount, type }) };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const parseChoice = (kept: unknown): AmountChoice | undefined => {
  if (!isRecord(kept)) return undefined;
  const { kind, text, checked } = kept;
  if (kind === "full" || kind === "half") return { kind };
  return kind === "typed" && typeof text === "string"
    ? { kind, text, checked: checked === true }
    : undefined;
};

const parseAddress = (kept: unknown): KeptRefund["address"] | undefined => {
  if (!isRecord(kept)) return undefined;
  const { c, p } = kept;
  if (typeof c === "string") return { c };
  return typeof p === "string" ? { p } : undefined;
};

/** Reads an entry that this or an older build kept. */
export const parseKeptRefund = (kept: unknown): KeptRefund | undefined => {
  if (!isRecord(kept)) return undefined;
  const amount = parseChoice(kept["amount"]);
  const address = parseAddress(kept["address"]);
  const { caseId, reason, note } = kept;
  if (amount === undefined || address === undefined) return undefined;
  if (typeof caseId !== "string" || typeof reason !== "string" || typeof note !== "string")
    return undefined;
  return { caseId: caseId as CaseId, amount, reason, note, address };
};
