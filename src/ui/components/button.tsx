import type { ButtonHTMLAttributes, ComponentChildren } from "preact";

import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/** `primary` and `danger` fill the width and carry verb and amount; `tall` puts the icon over its word. */
export type ButtonKind = "primary" | "danger" | "secondary" | "text" | "tall";

type Look = {
  readonly kind?: ButtonKind;
  readonly icon?: IconName | undefined;
  readonly children: ComponentChildren;
};

const classOf = (kind: ButtonKind): string =>
  classNames("btn", kind !== "secondary" && `btn-${kind}`);

const stop = (event: Event): void => {
  event.preventDefault();
  event.stopPropagation();
};

/** A button; while `busy` it keeps its label, shows a spinner and does nothing. */
export const Button = ({
  kind = "secondary",
  icon,
  busy = false,
  children,
  onClick,
  type = "button",
  ...rest
}: Look & { readonly busy?: boolean } & Omit<
    ButtonHTMLAttributes,
    "icon" | "class" | "className" | "children"
  >) => (
  <button
    {...rest}
    type={type}
    class={classOf(kind)}
    onClick={busy ? stop : onClick}
    {...(busy ? { "aria-disabled": true, "aria-busy": true } : {})}
  >
    {busy ? <span class="btn-spinner" /> : icon !== undefined && <Icon name={icon} />}
    <span>{children}</span>
  </button>
);

/** A link that looks like a button, for going to a page. */
export const ButtonLink = ({
  kind = "secondary",
  icon,
  href,
  children,
}: Look & { readonly href: string }) => (
  <a href={href} class={classOf(kind)}>
    {icon !== undefined && <Icon name={icon} />}
    <span>{children}</span>
  </a>
);

/** A button without a word; the label is its name. `round` is for the camera. */
export const IconButton = ({
  icon,
  label,
  round = false,
  onClick,
  pressed,
  text,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly round?: boolean;
  readonly onClick: () => void;
  /** Set on buttons that switch something on and off. */
  readonly pressed?: boolean | undefined;
  /** Shown in place of the icon: `2×`. */
  readonly text?: string | undefined;
}) => (
  <button
    type="button"
    class={classNames("btn", "btn-icon", round && "btn-round")}
    aria-label={label}
    aria-pressed={pressed}
    onClick={onClick}
  >
    {text === undefined ? <Icon name={icon} /> : <span aria-hidden="true">{text}</span>}
  </button>
);
