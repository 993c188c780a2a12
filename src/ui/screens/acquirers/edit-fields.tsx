import type { ComponentChildren } from "preact";

import { writeMinute } from "../../../domain/acquirers/profile-form.ts";
import {
  amountUnits,
  balanceSources,
  batchFormats,
  d0Refunds,
  feeRules,
  handFields,
  partialRules,
  places,
  preparations,
  settlementModes,
  voidRules,
  type AcquirerProfile,
  type FactGroup,
} from "../../../domain/acquirers/profile.ts";
import { t } from "../../language.ts";
import { ChoiceField, FigureField, TickField, WordField } from "./edit-field.tsx";

type Props = { readonly profile: AcquirerProfile };

const clock = (minutes: number | undefined): string | undefined =>
  minutes === undefined ? undefined : writeMinute(minutes);

const Group = ({
  name,
  children,
}: {
  readonly name: FactGroup;
  readonly children: ComponentChildren;
}) => (
  <section class="u-tight">
    <h2>{t(`acquirers.group.${name}`)}</h2>
    {children}
  </section>
);

const Settlement = ({ profile }: Props) => (
  <Group name="settlement">
    <ChoiceField
      name="settlement"
      choices={settlementModes}
      word={(one) => t(`acquirers.settlement.${one}`)}
      value={profile.settlement}
    />
    <ChoiceField
      name="d0Refund"
      choices={d0Refunds}
      word={(one) => t(`acquirers.d0Refund.${one}`)}
      value={profile.d0Refund}
    />
    <ChoiceField
      name="balanceSource"
      choices={balanceSources}
      word={(one) => t(`acquirers.balanceSource.${one}`)}
      value={profile.balanceSource}
    />
  </Group>
);

const figures = [
  "refundWindowDays",
  "closesAfterDays",
  "noRecordFinalAfterDays",
  "handbackDays",
] as const;

const Window = ({ profile }: Props) => (
  <Group name="window">
    {figures.map((name) => (
      <FigureField
        key={name}
        name={name}
        label={t(`acquirers.fact.${name}`)}
        value={profile[name]}
      />
    ))}
    <div class="u-grid-2">
      <WordField
        name="hoursFrom"
        label={t("acquirers.edit.hours_from")}
        type="time"
        value={clock(profile.refundHours?.[0])}
      />
      <WordField
        name="hoursTo"
        faultOf="refundHours"
        label={t("acquirers.edit.hours_to")}
        type="time"
        value={clock(profile.refundHours?.[1])}
      />
    </div>
  </Group>
);

const Voids = ({ profile }: Props) => (
  <Group name="voids">
    <ChoiceField
      name="voids"
      choices={voidRules}
      word={(one) => t(`acquirers.voids.${one}`)}
      value={profile.voids}
    />
    <WordField
      name="voidCutoffMinutes"
      label={t("acquirers.fact.voidCutoffMinutes")}
      type="time"
      value={clock(profile.voidCutoffMinutes)}
    />
  </Group>
);

const counts = [
  ["partialLimit", "partial_limit"],
  ["minIntervalSeconds", "interval"],
  ["dailyRefunds", "daily_refunds"],
  ["dailyAmount", "daily_amount"],
] as const;

const CountAndFee = ({ profile }: Props) => (
  <>
    <Group name="count">
      <ChoiceField
        name="partials"
        choices={partialRules}
        word={(one) => t(`acquirers.partials.${one}`)}
        value={profile.partials}
      />
      {counts.map(([name, label]) => (
        <FigureField
          key={name}
          name={name}
          label={t(`acquirers.edit.${label}`)}
          value={profile[name]}
        />
      ))}
    </Group>
    <Group name="fee">
      <ChoiceField
        name="feeRule"
        choices={feeRules}
        word={(one) => t(`acquirers.fee.${one}`)}
        value={profile.feeRule}
      />
    </Group>
  </>
);

const Numbers = ({ profile }: Props) => (
  <Group name="numbers">
    <FigureField
      name="refundNoMax"
      label={t("acquirers.edit.number_max")}
      value={profile.refundNoMax}
    />
    <WordField
      name="refundNoPrefix"
      label={t("acquirers.edit.prefix")}
      value={profile.refundNoPrefix}
      maxLength={profile.refundNoPrefixLength ?? 8}
    />
    <ChoiceField
      name="resendIdempotent"
      choices={["no", "yes"]}
      word={(one) => t(`acquirers.resendIdempotent.${one}`)}
      value={profile.resendIdempotent ? "yes" : "no"}
    />
  </Group>
);

const Submit = ({ profile }: Props) => (
  <Group name="submit">
    <ChoiceField
      name="place"
      choices={places}
      word={(one) => t(`acquirers.place.${one}`)}
      value={profile.place}
    />
    <ChoiceField
      name="batchFormat"
      choices={batchFormats}
      word={(one) => t(`export.format.${one}`)}
      value={profile.batchFormat}
    />
    <ChoiceField
      name="amountUnit"
      choices={amountUnits}
      word={(one) => t(`acquirers.amountUnit.${one}`)}
      value={profile.amountUnit}
    />
    <TickField
      name="fields"
      choices={handFields}
      word={(one) => t(`acquirers.field.${one}`)}
      ticked={profile.fields}
    />
    <TickField
      name="checklist"
      choices={preparations}
      word={(one) => t(`acquirers.prepare.${one}`)}
      ticked={profile.checklist}
    />
  </Group>
);

const ArrivalAndSupport = ({ profile }: Props) => (
  <>
    <Group name="arrival">
      <div class="u-grid-2">
        <FigureField
          name="walletMinutes"
          label={t("acquirers.edit.wallet")}
          value={profile.expected.walletMinutes}
        />
        <FigureField
          name="bankDays"
          label={t("acquirers.edit.bank")}
          value={profile.expected.bankDays}
        />
      </div>
    </Group>
    <Group name="support">
      <WordField
        name="phone"
        label={t("acquirers.edit.phone")}
        type="tel"
        value={profile.support.phone}
        maxLength={24}
      />
      <WordField
        name="hours"
        label={t("acquirers.edit.support_hours")}
        value={profile.support.hours}
        maxLength={60}
      />
    </Group>
  </>
);

/** Every member that the owner may change, in the groups of the page. */
export const EditFields = ({ profile }: Props) => (
  <>
    {profile.copyOf !== undefined && (
      <WordField name="name" label={t("acquirers.edit.name")} value={profile.name} maxLength={40} />
    )}
    <Settlement profile={profile} />
    <Window profile={profile} />
    <Voids profile={profile} />
    <CountAndFee profile={profile} />
    <Numbers profile={profile} />
    <Submit profile={profile} />
    <ArrivalAndSupport profile={profile} />
  </>
);
