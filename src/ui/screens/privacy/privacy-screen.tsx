import { useSignal } from "@preact/signals";

import { businessDate } from "../../../domain/instant.ts";
import { retentionMonths, type RetentionMonths } from "../../../domain/retention.ts";
import { planRetention, type Retention } from "../../../usecases/forget-old.ts";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { reasonText } from "../refund/case-words.ts";
import { useSizeText } from "../backup/size-text.ts";
import { ForgetSheet } from "./forget-sheet.tsx";

const usual: RetentionMonths = 12;

const some = (count: number, line: string): readonly string[] => (count === 0 ? [] : [line]);

const List = ({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) =>
  lines.length === 0 ? undefined : (
    <section class="u-tight">
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );

/** What goes and what stays, counted before anybody is asked. */
const useCounts = (plan: Retention) => {
  const size = useSizeText();
  const n = plan.cases.length;
  return {
    goes: [
      ...some(n, t("audit.keep.goes_cases", { n, records: plan.records })),
      ...some(
        plan.photos,
        t("audit.keep.goes_photos", { n: plan.photos, size: size(plan.photoBytes) }),
      ),
      ...some(plan.refusals, t("audit.keep.goes_refusals", { n: plan.refusals })),
      ...(plan.more ? [t("audit.keep.more")] : []),
    ],
    stays: [
      ...some(
        plan.keptPhotos,
        t("audit.keep.stays_photos", { n: plan.keptPhotos, size: size(plan.keptBytes) }),
      ),
      ...some(plan.open, t("audit.keep.stays_open", { n: plan.open })),
      ...some(plan.notOut, t("audit.keep.stays_out", { n: plan.notOut })),
    ],
  };
};

const Plan = ({ plan, months }: { readonly plan: Retention; readonly months: RetentionMonths }) => {
  const format = useFormat();
  const { calendar } = useDeps();
  const asking = useSignal(false);
  const { goes, stays } = useCounts(plan);
  const day = format.day(businessDate(plan.before, calendar));
  return (
    <>
      {plan.records === 0 && <p>{t("audit.keep.nothing")}</p>}
      <List title={t("audit.keep.goes", { day })} lines={goes} />
      <List title={t("audit.keep.stays")} lines={stays} />
      {plan.cases.length > 0 && (
        <Fold title={t("audit.keep.which")}>
          <Rows>
            {plan.cases.map((one) => (
              <Row
                key={one.caseId}
                title={reasonText(one.reason)}
                facts={[format.time(one.createdAt)]}
                amount={one.amount}
                href={linkTo("refund", { id: one.caseId })}
              />
            ))}
          </Rows>
        </Fold>
      )}
      {plan.records > 0 && (
        <Button icon="trash" onClick={() => (asking.value = true)}>
          {t("audit.keep.do", { n: plan.records })}
        </Button>
      )}
      {asking.value && (
        <ForgetSheet goes={goes} months={months} onClose={() => (asking.value = false)} />
      )}
    </>
  );
};

/** P11: what is kept of customers, and how what is old goes, with its consequences counted first (R55, X41). */
export const PrivacyScreen = () => {
  const deps = useDeps();
  const months = useSignal<RetentionMonths>(usual);
  const plan = readyValue(
    useLive(
      () => months.value,
      async (chosen) => ({ chosen, found: await planRetention(deps, chosen) }),
    ).value,
  );
  return (
    <>
      <PageHeader title={t("audit.keep.title")} back={linkTo("more")} />
      <Card>
        <div class="u-tight">
          <h2>{t("audit.keep.what")}</h2>
          <p>{t("audit.keep.what_text")}</p>
          <p>{t("audit.keep.pin")}</p>
          <p>{t("audit.keep.one")}</p>
        </div>
      </Card>
      <h2>{t("audit.keep.old")}</h2>
      <ChipGroup
        legend={t("audit.keep.months")}
        name="months"
        columns={4}
        value={`${months.value}`}
        choices={retentionMonths.map((one) => ({
          value: `${one}` as const,
          label: t(`audit.keep.months.${one}`),
        }))}
        onPick={(picked) => {
          months.value = retentionMonths.find((one) => `${one}` === picked) ?? usual;
        }}
      />
      {plan?.found.ok === true && plan.chosen === months.value && (
        <Plan plan={plan.found.value} months={plan.chosen} />
      )}
    </>
  );
};
