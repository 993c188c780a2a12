import type { ComponentChildren } from "preact";

import { Icon } from "./icon.tsx";

/** More to read behind a line, native `<details>`; closed at first. */
export const Fold = ({
  title,
  children,
}: {
  readonly title: ComponentChildren;
  readonly children: ComponentChildren;
}) => (
  <details class="fold">
    <summary>
      <span class="fold-title">{title}</span>
      <Icon name="chevron-down" />
    </summary>
    <div class="fold-body">{children}</div>
  </details>
);
