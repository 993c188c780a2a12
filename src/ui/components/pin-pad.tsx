import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { t } from "../language.ts";
import { alertNow, announce } from "./announce.ts";
import { classNames } from "./class-names.ts";
import { FaultLine } from "./field.tsx";
import { Key } from "./keypad.tsx";
import type { PadKey } from "./keypad-entry.ts";

const length = 6;
const places = [0, 1, 2, 3, 4, 5] as const;
const firstKeys: readonly PadKey[] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * Six digits, told at the last one and then forgotten. A real password field lies over the dots, so that paste and
 * password managers work. `fault` is read out; `locked` (waiting, switched off) stops all keys.
 */
export const PinPad = ({
  onComplete,
  fault,
  locked = false,
}: {
  readonly onComplete: (pin: string) => void;
  readonly fault?: string | undefined;
  readonly locked?: boolean;
}) => {
  const typed = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (fault !== undefined) alertNow(fault);
  }, [fault]);
  const take = (text: string): void => {
    if (locked) return;
    const digits = text.replace(/\D/g, "").slice(0, length);
    const complete = digits.length === length;
    typed.value = complete ? "" : digits;
    if (field.current !== null) field.current.value = typed.value;
    if (complete) onComplete(digits);
    else announce(t("pin.progress", { n: digits.length, of: length }));
  };
  const press = (key: PadKey): void =>
    take(key === "delete" ? typed.value.slice(0, -1) : typed.value + key);
  return (
    <div class="pin">
      <div class={classNames("pin-dots", fault !== undefined && typed.value === "" && "pin-wrong")}>
        <input
          ref={field}
          type="password"
          inputMode="none"
          autocomplete="current-password"
          maxLength={length}
          disabled={locked}
          aria-label={t("pin.label")}
          onInput={(event) => take(event.currentTarget.value)}
        />
        {places.map((place) => (
          <span key={place} class={classNames(place < typed.value.length && "pin-full")} />
        ))}
      </div>
      {fault !== undefined && <FaultLine>{fault}</FaultLine>}
      <fieldset class="keypad" aria-label={t("keypad.label")}>
        {firstKeys.map((key) => (
          <Key key={key} name={key} disabled={locked} onPress={() => press(key)} />
        ))}
        <span />
        <Key name="0" disabled={locked} onPress={() => press("0")} />
        <Key name="delete" disabled={locked} onPress={() => press("delete")} />
      </fieldset>
    </div>
  );
};
