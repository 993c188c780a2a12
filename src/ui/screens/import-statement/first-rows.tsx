import { money } from "../../../domain/money.ts";
import type { ReadRow } from "../../../domain/statements/statement-row.ts";
import { Fold } from "../../components/fold.tsx";
import { DayGroup, Row, Rows } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { kindWord } from "./statement-words.ts";

const numberOf = ({ kind, refundNo, transactionId, outTradeNo, flowNo }: ReadRow): string => {
  const refund = kind === "refund" ? refundNo : undefined;
  return (
    [refund, transactionId, outTradeNo, flowNo].find(
      (number) => number !== undefined && number !== "",
    ) ?? ""
  );
};

/** How the first lines of a file were understood, to lay beside the file; folded once it is decided. */
export const FirstRows = ({
  rows,
  open,
}: {
  readonly rows: readonly ReadRow[];
  readonly open: boolean;
}) => {
  const format = useFormat();
  if (rows.length === 0) return undefined;
  const title = t("recon.import.first_rows", { n: rows.length });
  const list = rows.map((row) => (
    <Row
      key={row.line}
      title={kindWord(row.kind)}
      facts={[format.time(row.at), <bdi>{numberOf(row)}</bdi>]}
      amount={money(row.minor, row.currency)}
    />
  ));
  return open ? (
    <DayGroup title={title}>{list}</DayGroup>
  ) : (
    <Fold title={title}>
      <Rows>{list}</Rows>
    </Fold>
  );
};
