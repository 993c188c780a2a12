import {
  chooseLines,
  worthOfLines,
  writeFreeLines,
  type OpenLine,
} from "../../../domain/goods-lines.ts";
import { isZero, money, subtract, writeAmount, type Money } from "../../../domain/money.ts";
import type { Payment } from "../../../domain/payment.ts";
import { noQuantity } from "../../../domain/quantity.ts";
import { Button } from "../../components/button.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { FreeRows } from "./free-rows.tsx";
import { LineSteppers } from "./line-steppers.tsx";
import { freeLinesOf, type Exchange } from "./refund-entry.ts";
import type { Editor } from "./use-editor.ts";

/** Worth of what comes back less worth of what goes out; undefined while one side is not told. */
const differenceOf = (exchange: Exchange, payment: Payment, left: Money): Money | undefined => {
  const choices = Object.entries(exchange.returned).map(([index, quantity]) => ({
    index: Number(index),
    quantity,
  }));
  const back = chooseLines(payment, choices);
  const out = writeFreeLines(freeLinesOf(exchange.replacement, left));
  return back.ok && out.ok
    ? subtract(worthOfLines(back.value, payment), worthOfLines(out.value, payment))
    : undefined;
};

const takeDifference = (editor: Editor, difference: Money): void => {
  const side = difference.minor > 0 ? "refund" : "collect";
  editor.pickSide(isZero(difference) ? "even" : side);
  if (!isZero(difference))
    editor.setAmount(writeAmount(money(Math.abs(difference.minor), difference.currency)));
};

const differenceText = (difference: Money, format: Format): string => {
  if (isZero(difference)) return t("refund.exchange.is_even");
  const amount = format.money(money(Math.abs(difference.minor), difference.currency));
  return t(difference.minor > 0 ? "refund.exchange.to_customer" : "refund.exchange.from_customer", {
    amount,
  });
};

/** R6: which goods come back and which go out; the difference follows from their prices. */
export const ExchangeSheet = ({
  editor,
  payment,
  lines,
  onClose,
}: {
  readonly editor: Editor;
  readonly payment: Payment;
  readonly lines: readonly OpenLine[];
  readonly onClose: () => void;
}) => {
  const format = useFormat();
  const { exchange } = editor.entry.value;
  const put = (part: Partial<Exchange>): void =>
    editor.change({ exchange: { ...exchange, ...part } });
  const difference = differenceOf(exchange, payment, editor.left);
  const close = (): void => {
    if (difference !== undefined) takeDifference(editor, difference);
    onClose();
  };
  const open = lines.filter(({ left }) => left !== noQuantity);
  return (
    <Sheet title={t("refund.exchange.goods")} onClose={close}>
      {open.length > 0 && (
        <section class="u-tight">
          <h3>{t("refund.exchange.returned")}</h3>
          <LineSteppers
            lines={open}
            chosen={exchange.returned}
            onChange={(returned) => put({ returned })}
          />
        </section>
      )}
      <section class="u-tight">
        <h3>{t("refund.exchange.replacement")}</h3>
        <FreeRows
          rows={exchange.replacement}
          left={editor.left}
          onChange={(replacement) => put({ replacement })}
        />
      </section>
      {difference !== undefined && <p>{differenceText(difference, format)}</p>}
      <Button kind="primary" onClick={close}>
        {t("action.done")}
      </Button>
    </Sheet>
  );
};
