import { CNY } from "../../../domain/currency.ts";
import { money } from "../../../domain/money.ts";
import type { ResultFileFault } from "../../../domain/results/read-results.ts";
import type { ResultSourceFault } from "../../../usecases/review-results.ts";
import { Banner } from "../../components/banner.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";

/** Why nothing of a file can count; one whose columns nobody named opens the form instead. */
export type FileFault = ResultSourceFault | Exclude<ResultFileFault, { kind: "result_columns" }>;

const kinds: Readonly<Record<FileFault["kind"], true>> = {
  packed_file: true,
  result_too_large: true,
  file_unreadable: true,
  no_result_table: true,
  result_totals_differ: true,
  result_ids_damaged: true,
};

export const isFileFault = (fault: { readonly kind: string }): fault is FileFault =>
  Object.hasOwn(kinds, fault.kind);

type Sums = { readonly count: number; readonly minor: number };

const sumsText = ({ count, minor }: Sums, format: Format): string =>
  t("export.offer", {
    count: t("word.count", { n: count }),
    amount: format.money(money(minor, CNY)),
  });

const nextText = (fault: FileFault, format: Format): string => {
  switch (fault.kind) {
    case "packed_file":
      return t(`recon.then.packed_${fault.reason}`, { n: fault.files });
    case "result_too_large":
      return t("export.result.then.too_large", { megabytes: fault.megabytes });
    case "file_unreadable":
      return t("recon.then.file_unreadable");
    case "no_result_table":
      return t("export.result.then.no_table");
    case "result_totals_differ":
      return t("export.result.then.totals", {
        declared: sumsText(fault.declared, format),
        read: sumsText(fault.read, format),
      });
    case "result_ids_damaged":
      return t("export.result.then.damaged", { column: fault.column, line: fault.line });
  }
};

/** What is wrong with a result file, and what to do. */
export const FileFaultBanner = ({ fault }: { readonly fault: FileFault }) => {
  const format = useFormat();
  return (
    <Banner tone="warn" title={t("export.result.refused")}>
      {nextText(fault, format)}
    </Banner>
  );
};
