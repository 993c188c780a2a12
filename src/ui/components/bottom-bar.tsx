import type { ComponentChildren } from "preact";

import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/**
 * Holds the one primary button at the end of a screen, with at most one policy line above it. Last child of the
 * screen; `flat` puts it into the flow, for the right column of the tablet editor.
 */
export const BottomBar = ({
  policy,
  policyIcon = "info",
  flat = false,
  children,
}: {
  readonly policy?: ComponentChildren;
  readonly policyIcon?: IconName;
  readonly flat?: boolean;
  readonly children: ComponentChildren;
}) => (
  <div class={classNames("bar", flat && "bar-flat")}>
    {policy !== undefined && (
      <p class="bar-policy">
        <Icon name={policyIcon} size="small" />
        <span>{policy}</span>
      </p>
    )}
    {children}
  </div>
);
