import type { Severity } from "../../../ledger/findings.ts";
import type { FileReport } from "../../../usecases/verify-file.ts";
import { Tag, type Tone } from "../../components/badge.tsx";
import { Fold } from "../../components/fold.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { useFormat } from "../../format.ts";
import { language, t } from "../../language.ts";
import { groupFindings, sayCode, sayPlace, type FindingGroup } from "./finding-groups.ts";

const looks: Readonly<Record<Severity, readonly [IconName, Tone]>> = {
  error: ["circle-x", "danger"],
  finding: ["hand", "warn"],
  warning: ["info", "neutral"],
};

const placesShown = 50;

const Group = ({ group: { code, severity, places } }: { readonly group: FindingGroup }) => {
  const format = useFormat();
  const [icon, tone] = looks[severity];
  const said = places.map(sayPlace).filter((place) => place !== undefined);
  return (
    <Fold
      title={
        <span class="verify-finding">
          <span>{sayCode(code, language.value)}</span>
          <Tag icon={icon} tone={tone}>
            {t(`verify.finding.${severity}`)}
          </Tag>
          <span class="u-small">{t("verify.places", { n: format.number(places.length) })}</span>
        </span>
      }
    >
      <p class="u-mono u-small">{code}</p>
      {said.length > 0 && (
        <ul class="verify-places">
          {said.slice(0, placesShown).map((place, index) => (
            <li key={index}>{place}</li>
          ))}
        </ul>
      )}
      {said.length > placesShown && (
        <p class="u-small">
          {t("verify.places_more", { n: format.number(said.length - placesShown) })}
        </p>
      )}
    </Fold>
  );
};

/** What was found, one entry a code, worst first. */
export const FindingsList = ({ report }: { readonly report: FileReport }) =>
  report.findings.length === 0 ? undefined : (
    <section class="u-tight">
      <h2>{t("verify.findings")}</h2>
      {groupFindings(report.findings).map((group) => (
        <Group key={group.code} group={group} />
      ))}
    </section>
  );
