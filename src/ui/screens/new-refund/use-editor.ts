import { useSignal, useSignalEffect, type Signal } from "@preact/signals";

import { compare, type Money } from "../../../domain/money.ts";
import type { ShopPolicy } from "../../../domain/policy/shop-policy.ts";
import { needsNote, type ReasonCode } from "../../../domain/reasons.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { announce } from "../../components/announce.ts";
import { typedMoney } from "../../components/keypad-entry.ts";
import { t } from "../../language.ts";
import { amountOf, mustTypeAgain, type AmountChoice, type RefundEntry } from "./refund-entry.ts";

type EditorState = {
  readonly entry: Signal<RefundEntry>;
  /** What the keypad writes: the amount, or the second typing of a large one. */
  readonly typed: Signal<string>;
  readonly again: Signal<boolean>;
  /** A refused key, in words. */
  readonly refusal: Signal<string | undefined>;
  readonly sheet: Signal<"keypad" | "note" | undefined>;
  readonly fault: Signal<KnownFault | undefined>;
  readonly left: Money;
};

/** What the parts of the editor share. */
export type Editor = EditorState & {
  readonly pickAmount: (kind: AmountChoice["kind"]) => void;
  readonly pickReason: (reason: ReasonCode) => void;
  readonly writeNote: (note: string) => void;
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

const finishTyping = (state: EditorState, policy: ShopPolicy): boolean => {
  const entry = state.entry.peek();
  if (!mustTypeAgain(entry, state.left, policy)) return true;
  if (!state.again.peek()) return typeAgain(state);
  const second = typedMoney(state.typed.peek(), state.left);
  if (compare(second, amountOf(entry, state.left)) !== 0) {
    state.typed.value = "";
    state.fault.value = { kind: "typed_differs" };
    return false;
  }
  change(state, { amount: typedChoice(textOf(entry), true) });
  resetPad(state, textOf(entry));
  return true;
};

const pickAmount = (state: EditorState, kind: AmountChoice["kind"]): void => {
  const known = state.entry.peek().amount.kind;
  if (kind !== "typed") change(state, { amount: { kind } });
  else if (known !== "typed") change(state, { amount: typedChoice("") });
  resetPad(state, textOf(state.entry.peek()));
};

/** A reason that says nothing by itself opens the note at once. */
const pickReason = (state: EditorState, reason: ReasonCode): void => {
  change(state, { reason });
  if (needsNote(reason) && state.entry.peek().note.trim() === "") state.sheet.value = "note";
};

/** The entry and everything that changes it; nothing here decides whether it may be recorded. */
export const useEditor = (first: RefundEntry, left: Money, policy: ShopPolicy): Editor => {
  const state: EditorState = {
    entry: useSignal(first),
    typed: useSignal(textOf(first)),
    again: useSignal(false),
    refusal: useSignal<string | undefined>(undefined),
    sheet: useSignal<"keypad" | "note" | undefined>(undefined),
    fault: useSignal<KnownFault | undefined>(undefined),
    left,
  };
  useSignalEffect(() => {
    const text = state.typed.value;
    if (state.again.peek() || text === textOf(state.entry.peek())) return;
    change(state, { amount: typedChoice(text) });
  });
  return {
    ...state,
    pickAmount: (kind) => pickAmount(state, kind),
    pickReason: (reason) => pickReason(state, reason),
    writeNote: (note) => change(state, { note }),
    finishTyping: () => finishTyping(state, policy),
    clearTyping: () => {
      change(state, { amount: typedChoice("") });
      resetPad(state, "");
    },
    stopTyping: () => resetPad(state, textOf(state.entry.peek())),
  };
};
