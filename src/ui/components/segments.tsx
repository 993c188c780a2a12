import type { Choice } from "./chip-group.tsx";

/** Two to four views or types, one of them chosen; real radios, falls to two rows at large text. */
export const Segments = <Value extends string>({
  label,
  name,
  choices,
  value,
  onPick,
}: {
  readonly label: string;
  readonly name: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onPick: (value: Value) => void;
}) => (
  <div class={`seg seg-${choices.length}`} role="radiogroup" aria-label={label}>
    <div class="seg-track">
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onPick(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </div>
  </div>
);
