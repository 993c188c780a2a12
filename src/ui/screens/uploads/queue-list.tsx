import { useSignal } from "@preact/signals";

import type { UploadEntry } from "../../../domain/upload.ts";
import type { UploadTarget } from "../../../domain/upload-target.ts";
import { Tag } from "../../components/badge.tsx";
import { Empty } from "../../components/empty.tsx";
import { DayGroup, Row } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { useShell } from "../../shell-context.tsx";
import { EntrySheet } from "./entry-sheet.tsx";
import { lookOf, problemOf, problemText, stateText } from "./upload-words.ts";

const EntryRow = ({
  entry,
  onOpen,
}: {
  readonly entry: UploadEntry;
  readonly onOpen: () => void;
}) => {
  const format = useFormat();
  const { online } = useShell();
  const [icon, tone] = lookOf(entry);
  const problem = problemOf(entry);
  const time = entry.state.state === "sent" ? entry.state.at : entry.addedAt;
  return (
    <Row
      title={t(`uploads.kind.${entry.kind}`)}
      facts={[format.time(time), problem === undefined ? entry.name : problemText(problem)]}
      end={
        <Tag icon={icon} tone={tone}>
          {stateText(entry, { online, format })}
        </Tag>
      }
      onClick={onOpen}
    />
  );
};

/** Every file that waits, is on its way, needs somebody or is there; the newest first. */
export const QueueList = ({
  entries,
  way,
}: {
  readonly entries: readonly UploadEntry[];
  readonly way: UploadTarget["way"];
}) => {
  const open = useSignal<string | undefined>(undefined);
  const shown = entries.find(({ id }) => id === open.value);
  if (entries.length === 0) return <Empty icon="check" text={t("uploads.empty")} />;
  return (
    <>
      <DayGroup title={t("uploads.queue")}>
        {[...entries].reverse().map((entry) => (
          <EntryRow key={entry.id} entry={entry} onOpen={() => (open.value = entry.id)} />
        ))}
      </DayGroup>
      {shown !== undefined && (
        <EntrySheet entry={shown} way={way} onClose={() => (open.value = undefined)} />
      )}
    </>
  );
};
