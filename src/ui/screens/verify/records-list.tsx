import { useSignal } from "@preact/signals";

import type { FileReport } from "../../../usecases/verify-file.ts";
import { Tag } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";

const pageSize = 50;

const Mark = ({ good }: { readonly good: boolean }) =>
  good ? (
    <Tag icon="check" tone="neutral">
      {t("verify.record.good")}
    </Tag>
  ) : (
    <Tag icon="x" tone="danger">
      {t("verify.record.bad")}
    </Tag>
  );

/** Every record of the file with ✓ or ✗, a screenful at a time. */
export const RecordsList = ({ records }: Pick<FileReport, "records">) => {
  const format = useFormat();
  const shown = useSignal(pageSize);
  if (records.length === 0) return undefined;
  return (
    <Fold title={t("verify.records", { n: format.number(records.length) })}>
      <Rows>
        {records.slice(0, shown.value).map(({ seq, line, kind, isGood }) => (
          <Row
            key={line}
            title={t(kind === undefined ? "verify.kind.unknown" : `verify.kind.${kind}`)}
            facts={[t("verify.place.record", { seq }), t("verify.record.line", { line })]}
            end={<Mark good={isGood} />}
          />
        ))}
      </Rows>
      {records.length > shown.value && (
        <Button onClick={() => (shown.value += pageSize)}>{t("action.load_more")}</Button>
      )}
    </Fold>
  );
};
