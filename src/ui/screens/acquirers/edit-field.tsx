import { createContext } from "preact";
import { useContext, useLayoutEffect, useRef } from "preact/hooks";

import type { ProfileFact } from "../../../domain/acquirers/profile.ts";
import { SelectField, TextField } from "../../components/field.tsx";
import { t } from "../../language.ts";

/** The member that is wrong and the sentence about it. */
export type BadMember = { readonly at: string; readonly text: string };

/** Tells every field of the form whether it is the wrong one. */
export const BadMemberContext = createContext<BadMember | undefined>(undefined);

/** The sentence of a field that is wrong; the field comes into sight and takes the focus. */
const useFault = (name: string) => {
  const bad = useContext(BadMemberContext);
  const ref = useRef<HTMLInputElement>(null);
  const wrong = bad?.at === name ? bad : undefined;
  useLayoutEffect(() => {
    if (wrong !== undefined) ref.current?.focus();
  }, [wrong]);
  return { ref, fault: wrong?.text };
};

/** A figure; empty where there is no rule. */
export const FigureField = ({
  name,
  label,
  value,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: number | undefined;
}) => (
  <TextField
    name={name}
    label={label}
    inputMode="numeric"
    maxLength={7}
    defaultValue={value === undefined ? "" : String(value)}
    {...useFault(name)}
  />
);

/** A few words, a phone number or a time of the day. */
export const WordField = ({
  name,
  label,
  value = "",
  type = "text",
  maxLength,
  faultOf = name,
}: {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly type?: "text" | "tel" | "time";
  readonly maxLength?: number;
  /** The member it belongs to, where that has another name. */
  readonly faultOf?: string;
}) => (
  <TextField
    name={name}
    label={label}
    type={type}
    defaultValue={value}
    {...useFault(faultOf)}
    {...(maxLength === undefined ? {} : { maxLength })}
  />
);

/** One of a few words. */
export const ChoiceField = <Value extends string>({
  name,
  choices,
  word,
  value,
}: {
  readonly name: ProfileFact;
  readonly choices: readonly Value[];
  readonly word: (value: Value) => string;
  readonly value: Value;
}) => (
  <SelectField
    name={name}
    label={t(`acquirers.fact.${name}`)}
    choices={choices.map((one) => ({ value: one, label: word(one) }))}
    value={value}
  />
);

/** Any of a list; each a real checkbox. */
export const TickField = <Value extends string>({
  name,
  choices,
  word,
  ticked,
}: {
  readonly name: ProfileFact;
  readonly choices: readonly Value[];
  readonly word: (value: Value) => string;
  readonly ticked: readonly Value[];
}) => (
  <fieldset class="chips">
    <legend>{t(`acquirers.fact.${name}`)}</legend>
    <div class="u-grid-2">
      {choices.map((one) => (
        <label key={one} class="chip">
          <input type="checkbox" name={name} value={one} defaultChecked={ticked.includes(one)} />
          <span>{word(one)}</span>
        </label>
      ))}
    </div>
  </fieldset>
);
