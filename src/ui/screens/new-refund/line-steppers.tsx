import { worthOf, type OpenLine } from "../../../domain/goods-lines.ts";
import {
  compareQuantities,
  noQuantity,
  oneUnit,
  parseQuantity,
  stepQuantity,
  type Quantity,
} from "../../../domain/quantity.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import { Amount } from "../../components/amount.tsx";
import { IconButton } from "../../components/button.tsx";
import { t } from "../../language.ts";
import type { ChosenLines } from "./refund-entry.ts";

const nameOf = ({ name, index }: OpenLine): string =>
  name === undefined ? `#${index}` : visibleText(name).text;

/** What was typed, half a unit too (X32), at most what is left; undefined for what is no number. */
const typedQuantity = (text: string, left: Quantity): Quantity | undefined => {
  if (/^0*$/.test(text.trim())) return noQuantity;
  const typed = parseQuantity(text);
  if (!typed.ok) return undefined;
  return compareQuantities(typed.value, left) > 0 ? left : typed.value;
};

const Stepper = ({
  line,
  quantity,
  onChange,
}: {
  readonly line: OpenLine;
  readonly quantity: Quantity;
  readonly onChange: (quantity: Quantity) => void;
}) => {
  const name = nameOf(line);
  return (
    <li class="stepper">
      <span class="stepper-what">
        <bdi>{name}</bdi>
        <small class="facts">
          {line.quantity === oneUnit && line.left === oneUnit
            ? t("refund.lines.whole")
            : t("refund.lines.left", { n: line.left })}
        </small>
      </span>
      <span class="stepper-buttons">
        <IconButton
          icon="minus"
          label={t("refund.lines.less", { name })}
          onClick={() => onChange(stepQuantity(quantity, -1, line.left))}
        />
        <input
          class="field-box stepper-count"
          aria-label={t("refund.lines.count", { name })}
          inputMode="decimal"
          autocomplete="off"
          maxLength={14}
          value={quantity}
          onChange={(event) => {
            const typed = typedQuantity(event.currentTarget.value, line.left);
            event.currentTarget.value = typed ?? quantity;
            if (typed !== undefined) onChange(typed);
          }}
        />
        <IconButton
          icon="plus"
          label={t("refund.lines.more", { name })}
          onClick={() => onChange(stepQuantity(quantity, 1, line.left))}
        />
      </span>
      <Amount money={worthOf(line, quantity)} />
    </li>
  );
};

/** The lines of a payment with how many of each are chosen; never more than is left of it. */
export const LineSteppers = ({
  lines,
  chosen,
  onChange,
}: {
  readonly lines: readonly OpenLine[];
  readonly chosen: ChosenLines;
  readonly onChange: (chosen: ChosenLines) => void;
}) => (
  <ul class="steppers">
    {lines.map((line) => (
      <Stepper
        key={line.index}
        line={line}
        quantity={chosen[line.index] ?? noQuantity}
        onChange={(quantity) => onChange({ ...chosen, [line.index]: quantity })}
      />
    ))}
  </ul>
);

/** All that is left of every line; a line of which nothing is left is not chosen. */
export const allOf = (lines: readonly OpenLine[]): ChosenLines =>
  Object.fromEntries(
    lines.filter(({ left }) => left !== noQuantity).map(({ index, left }) => [index, left]),
  );
