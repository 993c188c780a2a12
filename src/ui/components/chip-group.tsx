import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

/** One thing to choose, with an optional second line. */
export type Choice<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly note?: string | undefined;
  readonly disabled?: boolean;
};

/**
 * Chips over real radios in an equal grid; order and places never move. A tap on the chosen one is told too,
 * so that 其他 opens the keypad again.
 */
export const ChipGroup = <Value extends string>({
  legend,
  quiet = false,
  name,
  choices,
  value,
  columns = 3,
  required = false,
  onPick,
}: {
  readonly legend: string;
  /** Keeps the legend for screen readers only. */
  readonly quiet?: boolean;
  readonly name: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | undefined;
  readonly columns?: 2 | 3 | 4;
  readonly required?: boolean;
  readonly onPick: (value: Value) => void;
}) => (
  <fieldset class="chips">
    <legend class={classNames(quiet && "u-hidden")}>{legend}</legend>
    <div class={`u-grid-${columns}`}>
      {choices.map((choice) => (
        <label key={choice.value} class="chip">
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled ?? false}
            required={required}
            onClick={() => onPick(choice.value)}
          />
          <span>
            {choice.label}
            {choice.note !== undefined && <small>{choice.note}</small>}
          </span>
        </label>
      ))}
    </div>
  </fieldset>
);

/** Filters that can be on together; each a real checkbox. */
export const FilterChips = <Value extends string>({
  label,
  choices,
  selected,
  onToggle,
}: {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly selected: readonly Value[];
  readonly onToggle: (value: Value) => void;
}) => (
  <fieldset class="fchips" aria-label={label}>
    {choices.map((choice) => (
      <label key={choice.value} class="fchip">
        <input
          type="checkbox"
          checked={selected.includes(choice.value)}
          onChange={() => onToggle(choice.value)}
        />
        <span>
          <Icon name="check" size="small" />
          {choice.label}
        </span>
      </label>
    ))}
  </fieldset>
);
