import { money } from "../../../domain/money.ts";
import type { ReadRow } from "../../../domain/statements/statement-row.ts";
import { Fold } from "../../components/fold.tsx";
import { Row, Rows } from "../../components/row.tsx";
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

/** How the first lines of a file were understood, to lay beside the file. */
export const FirstRows = ({ rows }: { readonly rows: readonly ReadRow[] }) => {
  const format = useFormat();
  if (rows.length === 0) return undefined;
  return (
    <Fold title={t("recon.import.first_rows", { n: rows.length })}>
      <Rows>
        {rows.map((row) => (
          <Row
            key={row.line}
            title={kindWord(row.kind)}
            facts={[format.time(row.at), <bdi>{numberOf(row)}</bdi>]}
            amount={money(row.minor, row.currency)}
          />
        ))}
      </Rows>
    </Fold>
  );
};
