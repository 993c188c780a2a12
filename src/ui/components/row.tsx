import type { ComponentChildren } from "preact";

import type { Money } from "../../domain/money.ts";
import { Amount } from "./amount.tsx";
import { classNames } from "./class-names.ts";
import { Facts } from "./facts.tsx";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

type RowParts = {
  readonly title: ComponentChildren;
  readonly facts?: readonly ComponentChildren[];
  readonly icon?: IconName | undefined;
  readonly amount?: Money | undefined;
  /** Under the amount: a badge, a small text. */
  readonly end?: ComponentChildren;
  /** Draws ›; for settings and entries, not for lists of records. */
  readonly chevron?: boolean;
};

const RowBody = ({ title, facts, icon, amount, end, chevron = false }: RowParts) => (
  <>
    {icon !== undefined && <Icon name={icon} />}
    <span class="row-what">
      {title}
      {facts !== undefined && <Facts facts={facts} />}
    </span>
    {(amount !== undefined || end !== undefined) && (
      <span class="row-end">
        {amount !== undefined && <Amount money={amount} />}
        {end}
      </span>
    )}
    {chevron && (
      <span class="row-chevron">
        <Icon name="chevron-right" size="small" />
      </span>
    )}
  </>
);

/** One line of a list: a link, a button, or plain when it leads nowhere. Put it into `Rows`. */
export const Row = ({
  href,
  onClick,
  current = false,
  ...parts
}: RowParts & {
  readonly href?: string | undefined;
  readonly onClick?: (() => void) | undefined;
  /** Tablet: this one is open beside the list. */
  readonly current?: boolean;
}) => {
  const look = classNames("row", parts.chevron === true && "row-entry");
  if (href !== undefined)
    return (
      <li>
        <a class={look} href={href} {...(current ? { "aria-current": "true" } : {})}>
          <RowBody {...parts} />
        </a>
      </li>
    );
  if (onClick !== undefined)
    return (
      <li>
        <button type="button" class={look} onClick={onClick}>
          <RowBody {...parts} />
        </button>
      </li>
    );
  return (
    <li>
      <div class={look}>
        <RowBody {...parts} />
      </div>
    </li>
  );
};

/** One rounded list; several of them make the days of a list. */
export const Rows = ({ children }: { readonly children: ComponentChildren }) => (
  <ul class="rows">{children}</ul>
);

/** A list under its head: `今天 11月22日 · 3 笔 ¥133.90`. */
export const DayGroup = ({
  title,
  children,
}: {
  readonly title: ComponentChildren;
  readonly children: ComponentChildren;
}) => (
  <section class="day">
    <h2>{title}</h2>
    <Rows>{children}</Rows>
  </section>
);
