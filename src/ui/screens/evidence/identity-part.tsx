import { useSignal } from "@preact/signals";

import { identityPapers, parseIdentity } from "../../../domain/evidence.ts";
import type { SeenIdentity } from "../../../domain/refund/draft.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { Button, IconButton } from "../../components/button.tsx";
import { useFaultText } from "../../components/fault-note.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { Icon } from "../../components/icon.tsx";
import { textIn } from "../../form-text.ts";
import { t } from "../../language.ts";

type Tell = (identity: SeenIdentity | undefined) => void;

const paperName = (paper: string): string =>
  t(`evidence.paper.${identityPapers.find((known) => known === paper) ?? "other"}`);

const Seen = ({
  identity: { paper, last4 },
  onIdentity,
}: {
  readonly identity: SeenIdentity;
  readonly onIdentity: Tell;
}) => (
  <p class="ev-seen">
    <Icon name="check" size="small" />
    <span>{t("evidence.identity.seen", { paper: paperName(paper), last4 })}</span>
    <IconButton
      icon="trash"
      label={t("evidence.remove", { kind: paperName(paper) })}
      onClick={() => onIdentity(undefined)}
    />
  </p>
);

/** That an identity paper was seen, its kind and last four characters; never a picture of it (R33). */
export const IdentityPart = ({
  identity,
  onIdentity,
}: {
  readonly identity: SeenIdentity | undefined;
  readonly onIdentity: Tell;
}) => {
  const fault = useSignal<KnownFault | undefined>(undefined);
  const faultText = useFaultText();
  if (identity !== undefined) return <Seen identity={identity} onIdentity={onIdentity} />;
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = parseIdentity(textIn(form, "paper"), textIn(form, "last4"));
    fault.value = parsed.ok ? undefined : parsed.fault;
    if (parsed.ok) onIdentity(parsed.value);
  };
  return (
    <Fold title={t("evidence.identity")}>
      <form class="u-tight" onSubmit={submit}>
        <SelectField
          name="paper"
          label={t("evidence.identity.paper")}
          choices={identityPapers.map((value) => ({ value, label: paperName(value) }))}
        />
        <TextField
          name="last4"
          label={t("evidence.identity.last4")}
          help={t("evidence.identity.help")}
          look="mono"
          maxLength={4}
          fault={fault.value && faultText(fault.value)}
        />
        <Button type="submit">{t("evidence.identity.save")}</Button>
      </form>
    </Fold>
  );
};
