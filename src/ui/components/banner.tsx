import type { ComponentChildren } from "preact";

import type { Tone } from "./badge.tsx";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

const icons: Readonly<Record<Tone, IconName>> = {
  neutral: "info",
  info: "info",
  warn: "clock",
  danger: "triangle-alert",
  arrived: "circle-check",
};

/** One sentence that must be read, with what follows from it; at most one per screen. */
export const Banner = ({
  tone,
  icon = icons[tone],
  title,
  children,
}: {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
}) => (
  <div class={`banner tone-${tone}`}>
    <Icon name={icon} />
    <div class="banner-body">
      <p class="banner-title">{title}</p>
      {children !== undefined && <div>{children}</div>}
    </div>
  </div>
);
