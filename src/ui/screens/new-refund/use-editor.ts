import { useSignal, useSignalEffect, type Signal } from "@preact/signals";

import { compare, type Money } from "../../../domain/money.ts";
import type { ShopPolicy } from "../../../domain/policy/shop-policy.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { announce } from "../../components/announce.ts";
import { typedMoney } from "../../components/keypad-entry.ts";
import { t } from "../../language.ts";
import {
  mustTypeAgain,
  typedOf,
  type AmountChoice,
  type ChosenLines,
  type EntryType,
  type RefundEntry,
  type Side,
} from "./refund-entry.ts";

/** What lies over the editor. */
export type EditorSheet =
  | "keypad"
  | "note"
  | "lines"
  | "goods"
  | "reasons"
  | "destination"
  | "policy"
  | "evidence";

type EditorState = {
  readonly entry: Signal<RefundEntry>;
  /** What the keypad writes: the amount, or the second typing of a large one. */
  readonly typed: Signal<string>;
  readonly again: Signal<boolean>;
  /** A refused key, in words. */
  readonly refusal: Signal<string | undefined>;
  readonly sheet: Signal<EditorSheet | undefined>;
  readonly fault: Signal<KnownFault | undefined>;
  readonly left: Money;
  readonly policy: ShopPolicy;
  /** Everything of the payment's lines that was not refunded yet. */
  readonly goods: ChosenLines;
};

/** What the parts of the editor share. */
export type Editor = EditorState & {
  readonly change: (part: Partial<RefundEntry>) => void;
  readonly pickType: (type: EntryType) => void;
  readonly pickAmount: (kind: AmountChoice["kind"]) => void;
  readonly pickSide: (side: Side) => void;
  /** Sets an amount that was computed, as if it had been typed. */
  readonly setAmount: (text: string) => void;
  readonly pickReason: (reason: string) => void;
  /** Ends the typing; false while a large amount has to be typed once more (R44). */
  readonly finishTyping: () => boolean;
  readonly clearTyping: () => void;
  /** Leaves the keypad; a second typing that was begun is given up. */
  readonly stopTyping: () => void;
};

const textOf = ({ amount }: RefundEntry): string => (amount.kind === "typed" ? amount.text : "");

const typedChoice = (text: string, checked = false): AmountChoice => ({
  kind: "typed",
  text,
  checked,
});

const change = ({ entry, fault }: EditorState, part: Partial<RefundEntry>): void => {
  entry.value = { ...entry.peek(), ...part };
  fault.value = undefined;
};

/** Shows the pad's text as this, the first typing. */
const resetPad = ({ again, typed, refusal }: EditorState, text: string): void => {
  again.value = false;
  typed.value = text;
  refusal.value = undefined;
};

const typeAgain = ({ again, typed }: EditorState): false => {
  again.value = true;
  typed.value = "";
  announce(t("refund.keypad.again"));
  return false;
};

const finishTyping = (state: EditorState): boolean => {
  const entry = state.entry.peek();
  if (!mustTypeAgain(entry, state.left, state.policy)) return true;
  if (!state.again.peek()) return typeAgain(state);
  const second = typedMoney(state.typed.peek(), state.left);
  if (compare(second, typedOf(entry, state.left)) !== 0) {
    state.typed.value = "";
    state.fault.value = { kind: "typed_differs" };
    return false;
  }
  change(state, { amount: typedChoice(textOf(entry), true) });
  resetPad(state, textOf(entry));
  return true;
};

const setAmount = (state: EditorState, amount: AmountChoice): void => {
  change(state, { amount });
  resetPad(state, textOf(state.entry.peek()));
};

const emptyChoice = (kind: AmountChoice["kind"]): AmountChoice => {
  if (kind === "typed") return typedChoice("");
  return kind === "lines" ? { kind, chosen: {}, free: [] } : { kind };
};

/** A tap on the chosen one keeps what is in it: 其他 opens the keypad again, 按件 the list. */
const pickAmount = (state: EditorState, kind: AmountChoice["kind"]): void => {
  const known = state.entry.peek().amount;
  if (known.kind !== kind || kind === "full" || kind === "half")
    setAmount(state, emptyChoice(kind));
};

/**
 * An exchange and a void name their own amounts; the others begin with all that is left. In an exchange everything comes
 * back unless somebody says otherwise.
 */
const pickType = (state: EditorState, type: EntryType): void => {
  const { type: known, exchange } = state.entry.peek();
  if (known === type) return;
  const returned = { ...state.goods, ...exchange.returned };
  change(state, { type, exchange: type === "exchange" ? { ...exchange, returned } : exchange });
  setAmount(state, { kind: "full" });
};

const pickSide = (state: EditorState, side: Side): void => {
  const { exchange, amount } = state.entry.peek();
  change(state, { exchange: { ...exchange, side } });
  if (side === "even") setAmount(state, { kind: "full" });
  else if (amount.kind !== "typed") setAmount(state, typedChoice(""));
};

/** The entry and everything that changes it; nothing here decides whether it may be recorded. */
export const useEditor = (
  first: RefundEntry,
  { left, policy, goods }: Pick<EditorState, "left" | "policy" | "goods">,
): Editor => {
  const state: EditorState = {
    entry: useSignal(first),
    typed: useSignal(textOf(first)),
    again: useSignal(false),
    refusal: useSignal<string | undefined>(undefined),
    sheet: useSignal<EditorSheet | undefined>(undefined),
    fault: useSignal<KnownFault | undefined>(undefined),
    left,
    policy,
    goods,
  };
  useSignalEffect(() => {
    const text = state.typed.value;
    if (state.again.peek() || text === textOf(state.entry.peek())) return;
    change(state, { amount: typedChoice(text) });
  });
  return {
    ...state,
    change: (part) => change(state, part),
    pickType: (type) => pickType(state, type),
    pickAmount: (kind) => pickAmount(state, kind),
    pickSide: (side) => pickSide(state, side),
    setAmount: (text) => setAmount(state, typedChoice(text, true)),
    pickReason: (reason) => change(state, { reason }),
    finishTyping: () => finishTyping(state),
    clearTyping: () => {
      change(state, { amount: typedChoice("") });
      resetPad(state, "");
    },
    stopTyping: () => resetPad(state, textOf(state.entry.peek())),
  };
};
