import type { Start } from "../usecases/start.ts";
import { t } from "./language.ts";
import type { ShellNotice, ShellStatus } from "./shell-context.tsx";

/** What the chip says of the journal, by how many copies took the last record and how many refunds wait for an upload file. */
export const statusOf = (copies: 0 | 1 | 2, backupIsDue: boolean, waiting: number): ShellStatus => {
  if (copies === 0) return { kind: "recording_stopped" };
  if (copies === 1) return { kind: "saved_once" };
  if (backupIsDue) return { kind: "backup_due" };
  return waiting > 0 ? { kind: "to_export", count: waiting } : { kind: "offline_ready" };
};

/** The sentence over every page: another build has the data, a new version waits, something failed, records came back. */
export const noticeOf = ({
  isReplaced,
  isWaiting,
  isTroubled,
  found,
  onUpdate,
}: {
  readonly isReplaced: boolean;
  readonly isWaiting: boolean;
  readonly isTroubled: boolean;
  readonly found: Start["found"];
  readonly onUpdate: () => void;
}): ShellNotice | undefined => {
  const reload = { label: t("action.reload"), onClick: () => location.reload() };
  if (isReplaced) return { tone: "warn", text: t("notice.updated_elsewhere"), action: reload };
  if (isWaiting) {
    const apply = { label: t("action.update"), onClick: onUpdate };
    return { tone: "info", text: t("notice.update_ready"), action: apply };
  }
  if (isTroubled) return { tone: "danger", text: t("app.failed"), action: reload };
  return found?.kind === "repaired" && found.records > 0
    ? { tone: "warn", text: t("notice.repaired", { count: found.records }), action: undefined }
    : undefined;
};
