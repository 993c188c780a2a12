import { Fragment, type ComponentChildren } from "preact";

import { useAbilities } from "../deps.tsx";
import { useFormat } from "../format.ts";
import { t } from "../language.ts";
import { announce } from "./announce.ts";
import { IconButton } from "./button.tsx";

/** Facts that are looked up rather than read: name left, value right. */
export const KeyValues = ({
  pairs,
}: {
  readonly pairs: readonly (readonly [name: string, value: ComponentChildren])[];
}) => (
  <dl class="kv">
    {pairs.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** A quiet box for what belongs together; never one inside another. */
export const Card = ({ children }: { readonly children: ComponentChildren }) => (
  <div class="card">{children}</div>
);

/** Only what is a number is written in groups; an amount, a date or a word stays as it is. */
const isLong = (number: string): boolean => /^[0-9A-Z]{6,}$/i.test(number);

/** A long number in groups of four with its name; the button copies it ungrouped. */
export const CopyNumber = ({
  label,
  number,
}: {
  readonly label: string;
  readonly number: string;
}) => {
  const format = useFormat();
  const { copyText } = useAbilities();
  const copy = async (): Promise<void> => {
    announce(t((await copyText(number)) ? "action.copied" : "action.copy_refused"));
  };
  return (
    <div class="copy">
      <span class="u-small">{label}</span>
      <LongNumber>{isLong(number) ? format.groups(number) : number}</LongNumber>
      <IconButton icon="copy" label={`${t("action.copy")} ${label}`} onClick={() => void copy()} />
    </div>
  );
};

const LongNumber = ({ children }: { readonly children: string }) => (
  <code>
    {children.split(" ").map((group, index) => (
      <Fragment key={index}>
        {index > 0 && " "}
        {group}
      </Fragment>
    ))}
  </code>
);
