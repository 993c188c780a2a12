import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { toldStates } from "../../../domain/manual-payment.ts";
import { listProfiles } from "../../../usecases/change-profile.ts";
import { ChipGroup } from "../../components/chip-group.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { profileName } from "../acquirers/acquirer-words.ts";
import { FreeRows } from "../new-refund/free-rows.tsx";
import type { PaymentForm } from "./use-payment.ts";

/** The acquirers of this shop, its own copies too. */
const useProfiles = (): readonly AcquirerProfile[] => {
  const deps = useDeps();
  const live = useLive(
    () => undefined,
    () => listProfiles(deps),
  );
  return readyValue(live.value) ?? [];
};

/** What few payments need: how it stands, whose statement it is in, who paid, goods with their prices. */
export const PaymentMore = ({ form }: { readonly form: PaymentForm }) => {
  const profiles = useProfiles();
  return (
    <Fold title={t("scan.payment.more")}>
      <ChipGroup
        legend={t("scan.payment.state")}
        name="state"
        columns={2}
        choices={toldStates.map((value) => ({ value, label: t(`scan.payment.state.${value}`) }))}
        value={form.state.value}
        onPick={(value) => {
          form.state.value = value;
        }}
      />
      <SelectField
        name="acquirer"
        label={t("scan.payment.acquirer")}
        help={t("scan.payment.acquirer_help")}
        choices={[
          { value: "", label: t("scan.payment.acquirer_own") },
          ...profiles.map((profile) => ({ value: profile.id, label: profileName(profile) })),
        ]}
        value=""
      />
      <TextField
        name="payer"
        label={t("scan.payment.payer")}
        help={t("scan.payment.payer_help")}
        maxLength={64}
        optional
      />
      <section class="u-tight">
        <h3>{t("scan.payment.lines")}</h3>
        <FreeRows
          rows={form.rows.value}
          left={form.limit}
          onChange={(rows) => {
            form.rows.value = rows;
          }}
        />
      </section>
    </Fold>
  );
};
