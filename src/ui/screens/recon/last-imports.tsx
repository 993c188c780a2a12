import { useSignal } from "@preact/signals";

import type { StatementImport } from "../../../domain/books.ts";
import { Tag } from "../../components/badge.tsx";
import { DayGroup, Row } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { channelOf, periodText, sumsText } from "../import-statement/statement-words.ts";
import { ImportSheet } from "./import-sheet.tsx";

const ImportRow = ({
  imported,
  open,
}: {
  readonly imported: StatementImport;
  readonly open: () => void;
}) => {
  const format = useFormat();
  const { event, at, takenBack } = imported;
  const period = periodText(event, format);
  return (
    <Row
      title={[channelOf(event.acquirer), period].filter((part) => part !== undefined).join(" ")}
      facts={[
        ...sumsText(event, format),
        t("recon.rows", { rows: format.number(event.rows) }),
        t("recon.last.imported", { time: format.time(at) }),
      ]}
      end={
        takenBack !== undefined && (
          <Tag icon="undo-2" tone="neutral">
            {t("recon.last.taken_back")}
          </Tag>
        )
      }
      onClick={open}
    />
  );
};

/** The newest imports with what their rows add up to; each can be taken back. */
export const LastImports = ({ imports }: { readonly imports: readonly StatementImport[] }) => {
  const shown = useSignal<StatementImport | undefined>(undefined);
  return (
    <>
      <DayGroup title={t("recon.last.title")}>
        {imports.map((imported) => (
          <ImportRow
            key={imported.file}
            imported={imported}
            open={() => {
              shown.value = imported;
            }}
          />
        ))}
      </DayGroup>
      {shown.value !== undefined && (
        <ImportSheet
          imported={shown.value}
          onClose={() => {
            shown.value = undefined;
          }}
        />
      )}
    </>
  );
};
