import type { ComponentChildren } from "preact";

import { writeAmount, type Money } from "../../domain/money.ts";
import { useFormat } from "../format.ts";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

/** `row` is body size; the larger ones draw the currency sign smaller and raised. */
export type AmountSize = "row" | "figure" | "large" | "huge";

/** From ten thousand on an amount is drawn smaller, so that it stays on one line. */
const isLong = (text: string): boolean => text.length > 9;

/** An amount as people read it, with its plain value for machines. */
export const Amount = ({
  money,
  size = "row",
}: {
  readonly money: Money;
  readonly size?: AmountSize;
}) => {
  const format = useFormat();
  const small = size === "large" || size === "huge";
  return (
    <data
      class={classNames(
        "amount",
        size !== "row" && `amount-${size}`,
        isLong(format.money(money)) && "amount-long",
      )}
      value={writeAmount(money)}
    >
      {small
        ? format.moneyParts(money).map((part, index) =>
            part.kind === "currency" ? (
              <span key={index} class="amount-sign">
                {part.text}
              </span>
            ) : (
              part.text
            ),
          )
        : format.money(money)}
    </data>
  );
};

/** A difference with its sign, always shown: `−¥3.00`. */
export const DifferenceAmount = ({ money }: { readonly money: Money }) => (
  <data class="amount" value={writeAmount(money)}>
    {useFormat().difference(money)}
  </data>
);

/** The amount of a screen, free on the ground, with the line below it: what it is for, its limit or a fault. */
export const AmountHead = ({
  money,
  refusal,
  children,
}: {
  readonly money: Money;
  readonly refusal?: string | undefined;
  readonly children?: ComponentChildren;
}) => (
  <div class="amount-line">
    <Amount money={money} size="large" />
    <AmountHint refusal={refusal}>{children}</AmountHint>
  </div>
);

const AmountHint = ({
  refusal,
  children,
}: {
  readonly refusal: string | undefined;
  readonly children?: ComponentChildren;
}) =>
  refusal === undefined ? (
    children !== undefined && <p class="amount-hint">{children}</p>
  ) : (
    <p class="amount-hint amount-refused">
      <Icon name="circle-alert" size="small" />
      {refusal}
    </p>
  );

/** The amount while it is typed: the text as it stands, a caret, its limit below; guns cannot reach it. */
export const TypedAmount = ({
  text,
  refusal,
  children,
}: {
  readonly text: string;
  readonly refusal?: string | undefined;
  readonly children?: ComponentChildren;
}) => (
  <div class="amount-line">
    <p class={classNames("amount", "amount-large", text.length > 8 && "amount-long")}>
      <span class="amount-sign">{useFormat().sign()}</span>
      {text === "" ? "0" : text}
      <span class="amount-caret" />
    </p>
    <AmountHint refusal={refusal}>{children}</AmountHint>
  </div>
);
