import { worthOf, type OpenLine } from "../../../domain/goods-lines.ts";
import { noQuantity, stepQuantity, type Quantity } from "../../../domain/quantity.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import { Amount } from "../../components/amount.tsx";
import { IconButton } from "../../components/button.tsx";
import { t } from "../../language.ts";
import type { ChosenLines } from "./refund-entry.ts";

const nameOf = ({ name, index }: OpenLine): string =>
  name === undefined ? `#${index}` : visibleText(name).text;

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
        <small class="facts">{t("refund.lines.left", { n: line.left })}</small>
      </span>
      <span class="stepper-buttons">
        <IconButton
          icon="minus"
          label={t("refund.lines.less", { name })}
          onClick={() => onChange(stepQuantity(quantity, -1, line.left))}
        />
        <output class="stepper-count">{quantity}</output>
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

/** All that is left of every line. */
export const allOf = (lines: readonly OpenLine[]): ChosenLines =>
  Object.fromEntries(lines.map(({ index, left }) => [index, left]));
