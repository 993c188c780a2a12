import { useSignalEffect, type Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { exponentOf } from "../../domain/currency.ts";
import type { Money } from "../../domain/money.ts";
import { useFormat } from "../format.ts";
import { t } from "../language.ts";
import { alertNow, announce } from "./announce.ts";
import { Icon } from "./icon.tsx";
import { padKeyOf, typedMoney, typeKey, type PadKey } from "./keypad-entry.ts";

const keys: readonly PadKey[] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0", "delete"];

/** Whether a key of the keyboard was pressed by a person; a scanner's burst answers false, maybe a little later. */
export type AcceptsKey = (event: KeyboardEvent) => boolean | Promise<boolean>;

const fromField = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement && event.target.matches("input, select, textarea");

const isPlain = (event: KeyboardEvent): boolean =>
  !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey;

const useKeyboard = (press: (key: PadKey) => void, accepts: AcceptsKey): void => {
  const latest = useRef({ press, accepts });
  latest.current = { press, accepts };
  useLayoutEffect(() => {
    const onKeyDown = async (event: KeyboardEvent): Promise<void> => {
      const key = padKeyOf(event.key);
      if (key === undefined || fromField(event) || !isPlain(event)) return;
      if (await latest.current.accepts(event)) latest.current.press(key);
    };
    const listen = (event: KeyboardEvent): void => void onKeyDown(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
};

const useSpokenAmount = (typed: Signal<string>, limit: Money): void => {
  const format = useFormat();
  const first = useRef(true);
  useSignalEffect(() => {
    const text = typed.value;
    if (first.current) {
      first.current = false;
      return undefined;
    }
    const amount = format.money(typedMoney(text, limit));
    const timer = setTimeout(() => announce(t("keypad.typed", { amount })), 250);
    return () => clearTimeout(timer);
  });
};

/**
 * Types an amount into `typed`. A key that would pass the limit is ignored, announced, and told by `onRefused`
 * with the sentence to show under the amount; the next good key tells undefined.
 */
export const Keypad = ({
  typed,
  limit,
  accepts,
  onRefused,
}: {
  readonly typed: Signal<string>;
  readonly limit: Money;
  readonly accepts: AcceptsKey;
  readonly onRefused: (sentence: string | undefined) => void;
}) => {
  const format = useFormat();
  const press = (key: PadKey): void => {
    const result = typeKey(typed.value, key, limit);
    if (result.kind === "accepted") {
      typed.value = result.text;
      onRefused(undefined);
      return;
    }
    if (result.because !== "over_limit") return;
    const sentence = t("word.up_to", { amount: format.money(limit) });
    alertNow(sentence);
    onRefused(sentence);
  };
  useKeyboard(press, accepts);
  useSpokenAmount(typed, limit);
  const whole = exponentOf(limit.currency) === 0;
  return (
    <fieldset class="keypad" aria-label={t("keypad.label")}>
      {keys.map((key) => (
        <Key key={key} name={key} disabled={key === "." && whole} onPress={() => press(key)} />
      ))}
    </fieldset>
  );
};

const labels = {
  ".": () => t("keypad.point"),
  delete: () => t("action.delete_digit"),
} as const;

const labelOf = (name: PadKey): string | undefined =>
  name === "." || name === "delete" ? labels[name]() : undefined;

/** One key of a pad. */
export const Key = ({
  name,
  disabled = false,
  onPress,
}: {
  readonly name: PadKey;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}) => (
  <button
    type="button"
    class="keypad-key"
    aria-label={labelOf(name)}
    disabled={disabled}
    onClick={onPress}
  >
    {name === "delete" ? <Icon name="delete" /> : name}
  </button>
);
