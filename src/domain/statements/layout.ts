import type { StatementMapping } from "./mapping.ts";
import type {
  LayoutName,
  ProblemReason,
  ReadRow,
  StatementNote,
  StatementRow,
  StatementTotal,
} from "./statement-row.ts";

/** What one line after the header turned out to be. */
export type LineReading =
  | {
      readonly kind: "row";
      readonly row: ReadRow;
      readonly day: string;
      /** Column whose number a spreadsheet program ruined: the row is counted, never kept. */
      readonly damaged?: string;
    }
  | { readonly kind: "problem"; readonly reason: ProblemReason }
  | { readonly kind: "summary" };

/** A file whose header was understood; holds the sums that its own summary is compared with. */
export type OpenedLayout = {
  readonly name: LayoutName;
  readonly acquirer: StatementRow["acquirer"];
  /** How a person named its columns, where no layout of ours did. */
  readonly mapping?: StatementMapping;
  readonly read: (line: string, lineNumber: number) => LineReading;
  /** `totals` undefined: the file has no summary, or only a part of it. */
  readonly finish: () => {
    readonly totals: readonly StatementTotal[] | undefined;
    readonly notes: readonly StatementNote[];
  };
};

export type HeaderReading =
  | { readonly kind: "opened"; readonly layout: OpenedLayout }
  | { readonly kind: "missing"; readonly columns: readonly string[] };

/** One family of statements: undefined when a line is not its header. */
export type StatementLayout = (
  header: readonly string[],
  preamble: readonly string[],
) => HeaderReading | undefined;
