import type { ComponentChildren } from "preact";

import { t } from "../language.ts";
import { classNames } from "./class-names.ts";

/** One field of our record beside the platform's; a differing one is marked by weight, sign and tint. */
export const DifferenceRow = ({
  label,
  ours,
  theirs,
  differs,
}: {
  readonly label: string;
  readonly ours: ComponentChildren;
  readonly theirs: ComponentChildren;
  readonly differs: boolean;
}) => {
  const look = classNames("diff-value", differs && "diff-differs tone-warn");
  return (
    <fieldset class="diff" aria-label={label}>
      <span class="diff-label">{label}</span>
      <span class={look}>{ours}</span>
      <span class={look}>
        {theirs}
        {differs && (
          <span class="diff-mark">
            <span aria-hidden="true">≠</span>
            <span class="u-hidden">{t("difference.differs")}</span>
          </span>
        )}
      </span>
    </fieldset>
  );
};
