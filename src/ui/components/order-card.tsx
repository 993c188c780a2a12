import type { ComponentChildren } from "preact";

import type { Money } from "../../domain/money.ts";
import { Amount } from "./amount.tsx";
import { Facts } from "./facts.tsx";

/**
 * The only card of the editor: what was bought, two lines of facts, what can still be refunded at the right.
 * A tap opens the details given as children.
 */
export const OrderCard = ({
  title,
  facts,
  extra,
  label,
  left,
  children,
}: {
  readonly title: ComponentChildren;
  /** Channel, time, tail; joined by ·. */
  readonly facts: readonly ComponentChildren[];
  /** Third line: 已退 ¥18.00 · 1 次. */
  readonly extra?: string | undefined;
  /** 可退, or 本机可退 while other devices are not merged. */
  readonly label: string;
  /** Undefined where the payment is not known here. */
  readonly left: Money | undefined;
  readonly children?: ComponentChildren;
}) => {
  const head = (
    <>
      <span class="ocard-what">
        <span class="ocard-title">{title}</span>
        <Facts facts={facts} />
        {extra !== undefined && <Facts facts={[extra]} />}
      </span>
      {left !== undefined && (
        <span class="ocard-left">
          {label}
          <Amount money={left} />
        </span>
      )}
    </>
  );
  if (children === undefined)
    return (
      <div class="ocard">
        <div class="ocard-head">{head}</div>
      </div>
    );
  return (
    <details class="ocard">
      <summary class="ocard-head">{head}</summary>
      <div class="ocard-more">{children}</div>
    </details>
  );
};
