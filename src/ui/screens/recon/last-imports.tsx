import type { StatementImport } from "../../../domain/books.ts";
import { DayGroup, Row } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { channelOf, writeMinor, writePeriod } from "../import-statement/statement-words.ts";

const ImportRow = ({ imported }: { readonly imported: StatementImport }) => {
  const format = useFormat();
  const { event, at } = imported;
  const sums = Object.entries(event.sums).map(([currency, [paid, refunded]]) =>
    t("recon.last.sums", {
      paid: writeMinor(paid, currency, format),
      refunded: writeMinor(refunded, currency, format),
    }),
  );
  const period = event.period && writePeriod(event.period[0], event.period[1], format);
  return (
    <Row
      title={[channelOf(event.acquirer), period].filter((part) => part !== undefined).join(" ")}
      facts={[
        ...sums,
        t("recon.rows", { rows: format.number(event.rows) }),
        t("recon.last.imported", { time: format.time(at) }),
      ]}
    />
  );
};

/** The newest imports with what their rows add up to. */
export const LastImports = ({ imports }: { readonly imports: readonly StatementImport[] }) => (
  <DayGroup title={t("recon.last.title")}>
    {imports.map((imported) => (
      <ImportRow key={imported.file} imported={imported} />
    ))}
  </DayGroup>
);
