import { Fragment, type ComponentChildren } from "preact";

import { t } from "../language.ts";

/** A small second line: facts joined by ·; what is missing leaves no gap. */
export const Facts = ({ facts }: { readonly facts: readonly ComponentChildren[] }) => {
  const present = facts.filter((fact) => fact !== undefined && fact !== false && fact !== "");
  return (
    <span class="facts">
      {present.map((fact, index) => (
        <Fragment key={index}>
          {index > 0 && t("word.separator")}
          <span class="fact">{fact}</span>
        </Fragment>
      ))}
    </span>
  );
};
