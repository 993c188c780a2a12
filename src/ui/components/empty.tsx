import type { ComponentChildren } from "preact";

import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/** Nothing here: one icon, one sentence, one button. */
export const Empty = ({
  icon,
  text,
  children,
}: {
  readonly icon: IconName;
  readonly text: string;
  readonly children?: ComponentChildren;
}) => (
  <div class="empty">
    <Icon name={icon} size="large" />
    <p>{text}</p>
    {children}
  </div>
);
