import * as v from "valibot";

import { given } from "../../../domain/given.ts";
import type { CaseId, RecordRef } from "../../../domain/ids.ts";
import type { FreeLine } from "../../../domain/goods-lines.ts";
import type { Destination, EvidenceFile } from "../../../domain/journal-event.ts";
import { half, parseAmount, zero, type Money } from "../../../domain/money.ts";
import { parseQuantity, type Quantity } from "../../../domain/quantity.ts";
import { alternatives, type Alternative } from "../../../domain/reasons.ts";
import type { ShopPolicy } from "../../../domain/policy/shop-policy.ts";
import type {
  AmountDraft,
  DraftType,
  ExchangeDraft,
  RefundDraft,
} from "../../../domain/refund/draft.ts";
import type { RouteArguments } from "../../routes.ts";

/** What the segments choose; a void is offered beside them, and a refund without a payment has a page of its own. */
export const entryTypes = ["refund", "return", "exchange", "decline"] as const;

export type EntryType = (typeof entryTypes)[number] | "void" | "unreferenced";

/** A line typed by hand, as its fields stand. */
export type FreeRow = { readonly name: string; readonly price: string; readonly quantity: string };

/** So much of each line of the payment, by its index. */
export type ChosenLines = Readonly<Record<string, Quantity>>;

/** How the amount was chosen; `text` is what stands typed, `checked` that it was typed twice where it must be. */
export type AmountChoice =
  | { readonly kind: "full" }
  | { readonly kind: "half" }
  | { readonly kind: "typed"; readonly text: string; readonly checked: boolean }
  | { readonly kind: "lines"; readonly chosen: ChosenLines; readonly free: readonly FreeRow[] };

/** Which way the difference of an exchange goes. */
export const sides = ["even", "refund", "collect"] as const;
export type Side = (typeof sides)[number];

export type Exchange = {
  readonly side: Side;
  readonly returned: ChosenLines;
  readonly replacement: readonly FreeRow[];
};

/** What the editor holds and the draft store keeps; the case id is minted when the editor opens (X1). */
export type RefundEntry = {
  readonly caseId: CaseId;
  readonly type: EntryType;
  readonly amount: AmountChoice;
  readonly exchange: Exchange;
  readonly destination: Destination;
  /** Empty until one was picked. */
  readonly reason: string;
  readonly refusal: string;
  readonly offers: readonly Alternative[];
  readonly note: string;
  readonly evidence: readonly EvidenceFile[];
  readonly identity: { readonly paper: string; readonly last4: string } | undefined;
  /** The declined request that new evidence opens again (R24). */
  readonly reopens: RecordRef | undefined;
  /** The record of the policy that the customer was shown (R21). */
  readonly policyShown: RecordRef | undefined;
};

/** An entry with the address of its payment, as it is kept. */
export type KeptRefund = RefundEntry & { readonly address: RouteArguments<"new_refund"> };

const noExchange: Exchange = { side: "even", returned: {}, replacement: [] };

export const newEntry = (caseId: CaseId): RefundEntry => ({
  caseId,
  type: "refund",
  amount: { kind: "full" },
  exchange: noExchange,
  destination: "original",
  reason: "",
  refusal: "",
  offers: ["exchange", "partial"],
  note: "",
  evidence: [],
  identity: undefined,
  reopens: undefined,
  policyShown: undefined,
});

/** Whether a person has put anything in: only then it is kept, offered again and asked about. */
export const isTouched = (entry: RefundEntry): boolean =>
  (entry.type !== "refund" && entry.type !== "unreferenced") ||
  (entry.amount.kind === "typed" ? entry.amount.text !== "" : entry.amount.kind !== "full") ||
  entry.evidence.length > 0 ||
  entry.identity !== undefined ||
  entry.policyShown !== undefined ||
  [entry.reason, entry.refusal, entry.note].some((text) => text !== "");

const typedIn = (amount: AmountChoice, left: Money): Money => {
  const typed = amount.kind === "typed" ? parseAmount(amount.text, left.currency) : undefined;
  return typed?.ok === true ? typed.value : zero(left.currency);
};

const chosenOf = (chosen: ChosenLines) =>
  Object.entries(chosen).map(([index, quantity]) => ({ index: Number(index), quantity }));

/** A typed row as the domain takes it; undefined while a field does not read. */
export const freeLineOf = (row: FreeRow, left: Money): FreeLine | undefined => {
  const price = parseAmount(row.price, left.currency);
  const quantity = parseQuantity(row.quantity);
  return price.ok && quantity.ok
    ? { name: row.name.trim(), price: price.value, quantity: quantity.value }
    : undefined;
};

/** The rows that read as goods; the others are shown as wrong where they stand. */
export const freeLinesOf = (rows: readonly FreeRow[], left: Money): readonly FreeLine[] =>
  rows.flatMap((row) => freeLineOf(row, left) ?? []);

const amountDraft = ({ amount }: RefundEntry, left: Money): AmountDraft => {
  switch (amount.kind) {
    case "full":
      return { kind: "full" };
    case "half":
      return { kind: "partial", amount: half(left) };
    case "typed":
      return { kind: "partial", amount: typedIn(amount, left) };
    case "lines":
      return amount.free.length > 0
        ? { kind: "free_lines", lines: freeLinesOf(amount.free, left) }
        : { kind: "lines", lines: chosenOf(amount.chosen) };
  }
};

const exchangeDraft = ({ amount, exchange }: RefundEntry, left: Money): ExchangeDraft => ({
  returned: chosenOf(exchange.returned),
  replacement: freeLinesOf(exchange.replacement, left),
  ...(exchange.side === "collect" ? { due: typedIn(amount, left) } : {}),
});

const exchangeAmount = ({ amount, exchange }: RefundEntry, left: Money): AmountDraft =>
  exchange.side === "refund"
    ? { kind: "partial", amount: typedIn(amount, left) }
    : { kind: "none" };

const draftType = (type: EntryType): DraftType => (type === "decline" ? "refund" : type);

/** The entry as the use case takes it. */
export const draftOf = (entry: RefundEntry, left: Money): RefundDraft => {
  const isExchange = entry.type === "exchange";
  return {
    caseId: entry.caseId,
    type: draftType(entry.type),
    amount: isExchange ? exchangeAmount(entry, left) : amountDraft(entry, left),
    destination: entry.destination,
    reason: entry.reason,
    evidence: entry.evidence,
    ...(entry.note.trim() === "" ? {} : { note: entry.note }),
    ...(entry.identity === undefined ? {} : { identity: entry.identity }),
    ...given("reopens", entry.reopens),
    ...given("policyShown", entry.policyShown),
    ...(isExchange ? { exchange: exchangeDraft(entry, left) } : {}),
  };
};

/** What was typed: an amount to refund, or the difference of an exchange. */
export const typedOf = ({ amount }: RefundEntry, left: Money): Money => typedIn(amount, left);

/** Whether a typed amount is large enough to be typed again, and was not yet (R44). */
export const mustTypeAgain = (entry: RefundEntry, left: Money, policy: ShopPolicy): boolean =>
  entry.amount.kind === "typed" &&
  !entry.amount.checked &&
  typedIn(entry.amount, left).minor >= policy.typedTwiceFrom;

const freeRow = v.object({ name: v.string(), price: v.string(), quantity: v.string() });
const quantity = v.custom<Quantity>(
  (value) => typeof value === "string" && (value === "0" || parseQuantity(value).ok),
);
const chosen = v.record(v.string(), quantity);

const keptAmount = v.variant("kind", [
  v.object({ kind: v.literal("full") }),
  v.object({ kind: v.literal("half") }),
  v.object({ kind: v.literal("typed"), text: v.string(), checked: v.boolean() }),
  v.object({ kind: v.literal("lines"), chosen, free: v.array(freeRow) }),
]);

const keptAddress = v.union([
  v.object({ c: v.string(), o: v.exactOptional(v.string()) }),
  v.object({ p: v.string(), o: v.exactOptional(v.string()) }),
  v.object({ u: v.string() }),
]);

const file = v.custom<EvidenceFile>(
  (value) => typeof value === "object" && value !== null && "sha256" in value && "kind" in value,
);

const ref = v.custom<RecordRef>(
  (value) => typeof value === "object" && value !== null && "device" in value && "seq" in value,
);

const keptShape = v.object({
  caseId: v.custom<CaseId>((value) => typeof value === "string"),
  type: v.optional(v.picklist([...entryTypes, "void", "unreferenced"]), "refund"),
  amount: keptAmount,
  exchange: v.optional(
    v.object({ side: v.picklist(sides), returned: chosen, replacement: v.array(freeRow) }),
    { ...noExchange, replacement: [] },
  ),
  destination: v.optional(v.picklist(["original", "cash", "store_credit", "other"]), "original"),
  reason: v.string(),
  refusal: v.optional(v.string(), ""),
  offers: v.optional(v.array(v.picklist(alternatives)), []),
  note: v.string(),
  evidence: v.optional(v.array(file), []),
  identity: v.optional(v.object({ paper: v.string(), last4: v.string() })),
  policyShown: v.optional(ref),
  address: keptAddress,
});

/** Reads an entry that this or an older build kept. */
export const parseKeptRefund = (kept: unknown): KeptRefund | undefined => {
  const read = v.safeParse(keptShape, kept);
  if (!read.success) return undefined;
  const { identity, policyShown } = read.output;
  return { ...read.output, identity, policyShown, reopens: undefined };
};
