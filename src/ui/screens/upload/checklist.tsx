import { portalErrors } from "../../../domain/acquirers/error-catalogue.ts";
import { isConfirmed } from "../../../domain/acquirers/fact.ts";
import type { BatchSheet } from "../../../domain/batches/batch-sheet.ts";
import { isForPeople, type ExportFormat } from "../../../domain/batches/export-format.ts";
import { Fold } from "../../components/fold.tsx";
import { Icon } from "../../components/icon.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { t } from "../../language.ts";

type Way = "wechat" | "list" | "request" | "portal";

/** Where a file of this kind goes. */
const wayOf = (format: ExportFormat): Way => {
  if (format.file.kind === "json") return "request";
  if (isForPeople(format)) return "list";
  return format.acquirer === "wechatpay" ? "wechat" : "portal";
};

/** What a portal may show, and what it means (upload-files.md §7). */
const PortalWords = () => (
  <Fold title={t("export.check.words")}>
    <Rows>
      {portalErrors.map(({ codes, meaning, actions }) => (
        <Row
          key={meaning}
          title={<bdi>{codes[0]}</bdi>}
          facts={[
            t(`acquirers.error.${meaning}`),
            ...actions.slice(0, 1).map((action) => t(`acquirers.action.${action}`)),
          ]}
        />
      ))}
    </Rows>
  </Fold>
);

/** What to have ready, where to go and what to bring back, as it was kept with the batch; unverified facts are marked. */
export const Checklist = ({ sheet }: { readonly sheet: BatchSheet }) => {
  const { format, checklist } = sheet;
  const isUnverified = Object.values(format.verified).some((level) => !isConfirmed({ level }));
  return (
    <section class="u-tight">
      <h2>{t("export.check.title")}</h2>
      <ol class="upload-steps">
        {checklist.map((item) => (
          <li key={item}>{t(`acquirers.prepare.${item}`)}</li>
        ))}
        <li>{t(`export.check.where.${wayOf(format)}`)}</li>
        <li>{t("export.check.bring_back")}</li>
      </ol>
      {isUnverified && (
        <p class="upload-unverified">
          <Icon name="info" size="small" />
          <span>{t("export.check.unverified")}</span>
        </p>
      )}
      <PortalWords />
    </section>
  );
};
