import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { CheckedBackup } from "../../../usecases/restore-backup.ts";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";

/** Whose backup it is, how old and how much of everything. */
export const BackupFacts = ({ backup }: { readonly backup: CheckedBackup }) => {
  const format = useFormat();
  return (
    <Card>
      <KeyValues
        pairs={[
          [t("backup.shop"), <bdi key="shop">{visibleText(backup.shop).text}</bdi>],
          [t("backup.device"), `${visibleText(backup.label).text} · ${backup.fingerprint}`],
          [t("backup.at"), format.fullTime(backup.at)],
          [t("backup.range"), `${format.fullTime(backup.from)} – ${format.fullTime(backup.to)}`],
          [t("backup.records"), format.number(backup.records)],
          [t("backup.refunds"), format.number(backup.refunds)],
          [t("backup.attachments"), format.number(backup.attachments)],
          [t("backup.statements"), format.number(backup.statements)],
        ]}
      />
    </Card>
  );
};
