import type {
  ComponentChildren,
  InputHTMLAttributes,
  TextareaHTMLAttributes,
  RefObject,
} from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

import { t } from "../language.ts";
import { alertNow } from "./announce.ts";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

/** What every field has: its name in FormData, a label above, help below, a fault with an icon. */
export type FieldFrame = {
  readonly name: string;
  readonly label: string;
  readonly help?: ComponentChildren;
  /** The sentence of a fault; marks the field as wrong. */
  readonly fault?: string | undefined;
  /** Shows 选填 beside the label. */
  readonly optional?: boolean;
};

type Described = { readonly "aria-describedby"?: string; readonly "aria-invalid"?: true };

const describe = (id: string, frame: FieldFrame): Described => {
  const parts = [
    ...(frame.help === undefined ? [] : [`${id}-help`]),
    ...(frame.fault === undefined ? [] : [`${id}-fault`]),
  ];
  return {
    ...(parts.length === 0 ? {} : { "aria-describedby": parts.join(" ") }),
    ...(frame.fault === undefined ? {} : { "aria-invalid": true }),
  };
};

/** A sentence about what went wrong, with its icon, beside the cause. */
export const FaultLine = ({
  id,
  line,
  children,
}: {
  readonly id?: string | undefined;
  readonly line?: RefObject<HTMLParagraphElement | null>;
  readonly children: ComponentChildren;
}) => (
  <p class="fault" id={id} {...(line === undefined ? {} : { ref: line })}>
    <Icon name="circle-alert" size="small" />
    <span>{children}</span>
  </p>
);

/** Read out, and the first field of its form that is wrong comes into sight: the button may be far below it. */
const useFaultInSight = (fault: string | undefined) => {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (fault === undefined) return;
    const wrong = place.current?.closest("form")?.querySelector("[aria-invalid]");
    (wrong?.closest(".field") ?? place.current)?.scrollIntoView({ block: "nearest" });
    alertNow(fault);
  }, [fault]);
  return place;
};

const Frame = ({
  id,
  frame,
  children,
}: {
  readonly id: string;
  readonly frame: FieldFrame;
  readonly children: ComponentChildren;
}) => (
  <div class="field" ref={useFaultInSight(frame.fault)}>
    <label for={id}>
      {frame.label}
      {frame.optional === true && <span class="field-mark">{t("word.optional")}</span>}
    </label>
    {children}
    {frame.help !== undefined && (
      <p class="field-help" id={`${id}-help`}>
        {frame.help}
      </p>
    )}
    {frame.fault !== undefined && <FaultLine id={`${id}-fault`}>{frame.fault}</FaultLine>}
  </div>
);

type Common =
  | "autocomplete"
  | "defaultValue"
  | "disabled"
  | "inputMode"
  | "maxLength"
  | "onBlur"
  | "onChange"
  | "onInput"
  | "onKeyDown"
  | "onPaste"
  | "placeholder"
  | "readOnly"
  | "ref"
  | "required"
  | "spellcheck";

type InputType =
  | "text"
  | "search"
  | "tel"
  | "email"
  | "date"
  | "time"
  | "datetime-local"
  | "password";

/** The types of preact want one branch per input type; these all behave as text. */
const oneType = (type: InputType) => ({ type }) as { readonly type: "text" };

/** One line of text; uncontrolled, read it with FormData. `look` is mono for numbers, figure for amounts. */
export const TextField = ({
  name,
  label,
  help,
  fault,
  optional = false,
  look = "text",
  type = "text",
  ...input
}: FieldFrame & { readonly look?: "text" | "mono" | "figure" } & Pick<
    InputHTMLAttributes,
    Common
  > & { readonly type?: InputType }) => {
  const id = useId();
  const frame = { name, label, help, fault, optional };
  return (
    <Frame id={id} frame={frame}>
      <input
        autocomplete="off"
        {...input}
        {...oneType(type)}
        {...describe(id, frame)}
        id={id}
        name={name}
        class={classNames("field-box", look !== "text" && `field-${look}`)}
      />
    </Frame>
  );
};

/** Several lines of text; uncontrolled. */
export const NoteField = ({
  name,
  label,
  help,
  fault,
  optional = false,
  ...area
}: FieldFrame & Pick<TextareaHTMLAttributes, Common>) => {
  const id = useId();
  const frame = { name, label, help, fault, optional };
  return (
    <Frame id={id} frame={frame}>
      <textarea rows={3} {...area} {...describe(id, frame)} id={id} name={name} class="field-box" />
    </Frame>
  );
};

/** One of many, where chips would be too many; a native select. */
export const SelectField = <Value extends string>({
  choices,
  value,
  onPick,
  ...frame
}: FieldFrame & {
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  /** What is chosen at first. */
  readonly value?: Value | undefined;
  readonly onPick?: ((value: Value) => void) | undefined;
}) => {
  const id = useId();
  return (
    <Frame id={id} frame={frame}>
      <span class="field-select">
        <select
          {...describe(id, frame)}
          id={id}
          name={frame.name}
          class="field-box"
          onChange={(event) => {
            const chosen = choices.find((choice) => choice.value === event.currentTarget.value);
            if (chosen !== undefined) onPick?.(chosen.value);
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} selected={choice.value === value}>
              {choice.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" />
      </span>
    </Frame>
  );
};

/** On or off at once, without a save button; lay several in `Rows`. */
export const Switch = ({
  name,
  label,
  help,
  on,
  onToggle,
}: {
  readonly name: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly on: boolean;
  readonly onToggle: (on: boolean) => void;
}) => (
  <li>
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        name={name}
        checked={on}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      <span class="switch-track" />
      <span class="switch-what">
        {label}
        {help !== undefined && <small class="facts">{help}</small>}
      </span>
    </label>
  </li>
);
