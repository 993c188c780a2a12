import { businessDate, type Calendar } from "../../../domain/instant.ts";
import type { StatementSummary } from "../../../domain/statements/statement-row.ts";
import { faultMessages } from "../../../i18n/fault-messages.ts";
import type { MessageKey, Values } from "../../../i18n/index.ts";
import type { Tone } from "../../components/badge.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t, tWith } from "../../language.ts";
import { useShell } from "../../shell-context.tsx";
import { writeTotal } from "./totals.ts";
import type { ScreenFault } from "./use-import.ts";

/** What happened, and what to do now. */
export type FaultWords = { readonly title: string; readonly next: string; readonly tone: Tone };

const thens = {
  not_a_statement: "recon.then.not_a_statement",
  packed_file: "recon.then.packed_damaged",
  payer_bill: "recon.then.payer_bill",
  no_bill_that_day: "recon.then.no_bill_that_day",
  header_unknown: "recon.then.header_unknown",
  too_large: "recon.then.too_large",
  ids_damaged: "recon.then.ids_damaged",
  cut: "recon.then.cut",
  totals_differ: "recon.then.totals_differ",
  no_summary: "recon.then.no_summary",
  aborted: "recon.then.aborted",
  file_unreadable: "recon.then.file_unreadable",
  worker_failed: "recon.then.worker_failed",
  already_imported: "recon.then.already_imported",
  import_gone: "recon.then.import_gone",
  locked: "recon.then.locked",
  bad_policy: "recon.then.bad_policy",
  voids_rights: "recon.then.not_saved",
  not_entitled: "recon.then.not_entitled",
  clock_unusable: "recon.then.clock_unusable",
  newer_schema: "recon.then.newer_schema",
  not_writer: "recon.then.not_writer",
  quota: "recon.then.quota",
  closed: "recon.then.not_saved",
  corrupt: "recon.then.not_saved",
  clone: "recon.then.not_saved",
  constraint: "recon.then.not_saved",
  unknown: "recon.then.not_saved",
  head_moved: "recon.then.not_saved",
  over_refund: "recon.then.not_saved",
  card_number_in_text: "recon.then.not_saved",
  other_device: "recon.then.not_saved",
  chain_ended: "recon.then.not_saved",
  copy_missing: "recon.then.not_saved",
  unexpected: "recon.then.not_saved",
} as const satisfies Record<ScreenFault["kind"], MessageKey>;

/** Storage speaks of a refund elsewhere; here it is a statement that was not kept. */
const titleKey = (fault: ScreenFault): MessageKey => {
  if (fault.kind === "quota") return "recon.import.quota";
  return thens[fault.kind] === "recon.then.not_saved"
    ? "recon.import.not_saved"
    : faultMessages[fault.kind];
};

const thenKey = (fault: ScreenFault): MessageKey => {
  if (fault.kind === "no_summary" && fault.summary.layout === "unionpay_zm")
    return "recon.then.no_summary_unionpay";
  return fault.kind === "packed_file" ? `recon.then.packed_${fault.reason}` : thens[fault.kind];
};

const tones: Readonly<Partial<Record<ScreenFault["kind"], Tone>>> = {
  aborted: "neutral",
  already_imported: "info",
  no_summary: "warn",
};

const firstDifference = (summary: StatementSummary, format: Format): Values => {
  const total = summary.totals.find(({ declared, read }) => declared !== read);
  if (total === undefined) return {};
  const { declared, read } = writeTotal(total, summary, format);
  return { name: total.name, declared, read };
};

const sizeOf = (most: number, unit: "bytes" | "rows", format: Format): string =>
  unit === "bytes"
    ? `${Math.round(most / 1024 / 1024)} MB`
    : t("recon.rows", { rows: format.number(most) });

type FaultOf<Kind extends ScreenFault["kind"]> = Extract<ScreenFault, { kind: Kind }>;

const importedFacts = (
  { at, rows }: FaultOf<"already_imported">,
  format: Format,
  calendar: Calendar,
): Values => ({ day: format.day(businessDate(at, calendar)), rows: format.number(rows) });

const factsOf = (fault: ScreenFault, format: Format, calendar: Calendar): Values => {
  if (fault.kind === "header_unknown") return { missing: fault.missing.join("、") };
  if (fault.kind === "packed_file") return { n: fault.files };
  if (fault.kind === "too_large") return { most: sizeOf(fault.most, fault.unit, format) };
  if (fault.kind === "ids_damaged")
    return { column: fault.column, line: format.number(fault.line) };
  if (fault.kind === "totals_differ") return firstDifference(fault.summary, format);
  if (fault.kind === "no_summary") return { rows: format.number(fault.summary.rows) };
  return fault.kind === "already_imported" ? importedFacts(fault, format, calendar) : {};
};

/** The sentences of every reason why a file was not imported. */
export const useFaultWords = (): ((fault: ScreenFault) => FaultWords) => {
  const format = useFormat();
  const { calendar } = useShell().shop;
  return (fault) => {
    const facts = factsOf(fault, format, calendar);
    return {
      title: tWith(titleKey(fault), facts),
      next: tWith(thenKey(fault), facts),
      tone: tones[fault.kind] ?? "danger",
    };
  };
};
