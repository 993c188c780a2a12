import { ButtonLink } from "../../components/button.tsx";
import { useFaultText } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Segments } from "../../components/segments.tsx";
import { t } from "../../language.ts";
import { go } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { useScannerGun } from "../../scanner-gun.ts";
import { Questions } from "../scan/questions.tsx";
import { SaidNote } from "../scan/said-note.tsx";
import { useReadings } from "../scan/use-readings.ts";
import { FindResults } from "./find-results.tsx";
import { useSearch, windows, type Search } from "./use-search.ts";

const Fields = ({ search }: { readonly search: Search }) => {
  const faultText = useFaultText();
  return (
    <>
      <TextField
        name="amount"
        label={t("scan.find.amount")}
        look="figure"
        inputMode="decimal"
        fault={search.fault === undefined ? undefined : faultText(search.fault)}
        onInput={(event) => {
          search.amount.value = event.currentTarget.value;
        }}
      />
      <TextField
        name="tail"
        label={t("scan.find.tail")}
        help={t("scan.find.tail_help")}
        look="mono"
        maxLength={64}
        spellcheck={false}
        onInput={(event) => {
          search.tail.value = event.currentTarget.value;
        }}
      />
      <Segments
        label={t("scan.find.window")}
        name="window"
        choices={windows.map((value) => ({ value, label: t(`scan.find.window.${value}`) }))}
        value={search.window.value}
        onPick={(value) => {
          search.window.value = value;
        }}
      />
    </>
  );
};

/** T1e: a payment without its number, by amount, time and the end of a number; answers while it is typed. */
export const FindScreen = () => {
  const search = useSearch();
  const readings = useReadings(({ href }) => go(href));
  useScannerGun((text) => void readings.take(text));
  const { window } = search;
  const widen = (): void => {
    window.value = "all";
  };
  return (
    <>
      <PageHeader title={t("scan.find.title")} back={linkTo("scan")} />
      <SaidNote said={readings.said.value} />
      <Fields search={search} />
      <FindResults
        matches={search.matches.value}
        onWiden={window.value === "all" ? undefined : widen}
      />
      <ButtonLink icon="plus" href={linkTo("new_payment")}>
        {t("scan.find.record")}
      </ButtonLink>
      <ButtonLink kind="text" href={linkTo("new_refund", { u: "1" })}>
        {t("refund.free.title")}
      </ButtonLink>
      <Questions readings={readings} />
    </>
  );
};
