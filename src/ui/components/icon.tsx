import type { IconName } from "./icon-names.ts";

/** A drawing of the sprite, hidden from readers unless it stands alone and has a label. */
export const Icon = ({
  name,
  size = "normal",
  label,
}: {
  readonly name: IconName;
  readonly size?: "small" | "normal" | "large";
  readonly label?: string | undefined;
}) => (
  <svg
    class={size === "normal" ? "icon" : `icon icon-${size}`}
    aria-hidden={label === undefined}
    {...(label === undefined ? {} : { role: "img", "aria-label": label })}
  >
    <use href={`icons/sprite.svg#${name}`} />
  </svg>
);
