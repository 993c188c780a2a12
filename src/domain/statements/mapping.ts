import type { Channel } from "../channels.ts";
import { fail, ok, type Result } from "../result.ts";
import { identityHash } from "./number-hash.ts";

/** What a column of somebody else's statement may hold; `day` may hold the time too, `clock` holds it apart. */
export const columnRoles = [
  "amount",
  "day",
  "clock",
  "order",
  "transaction",
  "original",
  "refund",
  "channelRefund",
  "kind",
  "status",
  "channel",
  "merchant",
  "terminal",
  "name",
] as const;

export type ColumnRole = (typeof columnRoles)[number];

/** How a row says whether it is a payment or a refund. */
export const directions = ["payments", "sign", "column"] as const;

export const mappingUnits = ["yuan", "fen"] as const;

/** Words of the kind column, and those of the status column that say that it is done. */
export const wordLists = ["payment", "refund", "revoked", "done"] as const;

type WordList = (typeof wordLists)[number];

/** How a person reads the statements of an acquirer nobody knows the layout of (payments-cn.md §4.7). */
export type StatementMapping = {
  /** Fingerprint of the header line, whatever the order of its columns. */
  readonly header: string;
  /** Names of the columns as the header has them. */
  readonly columns: { readonly [role in ColumnRole]?: string };
  readonly unit: (typeof mappingUnits)[number];
  readonly direction: (typeof directions)[number];
  readonly words: { readonly [list in WordList]: readonly string[] };
};

/** A mapping with the profile it belongs to, and the wallet of rows that name none. */
export type SavedMapping = {
  readonly acquirer: string;
  readonly channel: Channel;
  readonly mapping: StatementMapping;
};

/** A mapping as one of this profile. */
export const savedMapping = (
  { id, channels }: { readonly id: string; readonly channels: readonly Channel[] },
  mapping: StatementMapping,
): SavedMapping => ({ acquirer: id, channel: channels[0] ?? "other", mapping });

/** Knows a header again: the same names in any order; where two have one name the order counts too. */
export const headerMark = (words: readonly string[]): string => {
  const isClear = new Set(words).size === words.length;
  const spelled = isClear ? [...words].sort() : words;
  return identityHash(spelled.join("\u0000")).toString(36);
};

/** What a mapping lacks, or what contradicts itself in it. */
export type MappingFault = {
  readonly kind:
    | "no_amount_column"
    | "no_day_column"
    | "no_number_column"
    | "column_twice"
    | "no_kind_column"
    | "no_kind_words"
    | "word_twice"
    | "no_done_words";
};

const hasTwins = (texts: readonly string[]): boolean => new Set(texts).size !== texts.length;

/** Why a mapping reads nothing or the wrong thing; undefined when it can be used. */
export const findMappingFault = ({
  columns,
  direction,
  words,
}: StatementMapping): MappingFault | undefined => {
  const { payment, refund, revoked, done } = words;
  if (columns.amount === undefined) return { kind: "no_amount_column" };
  if (columns.day === undefined) return { kind: "no_day_column" };
  if (columns.order === undefined && columns.transaction === undefined)
    return { kind: "no_number_column" };
  if (hasTwins(Object.values(columns))) return { kind: "column_twice" };
  if (columns.status !== undefined && done.length === 0) return { kind: "no_done_words" };
  if (direction !== "column") return undefined;
  if (columns.kind === undefined) return { kind: "no_kind_column" };
  if (payment.length + refund.length === 0) return { kind: "no_kind_words" };
  return hasTwins([...payment, ...refund, ...revoked]) ? { kind: "word_twice" } : undefined;
};

/** The words that somebody typed one after another. */
export const wordsIn = (typed: string): readonly string[] => [
  ...new Set(
    typed
      .split(/[,，、;；\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== ""),
  ),
];

/** Words of a list as a field shows them. */
export const writeWords = (words: readonly string[]): string => words.join("、");

/** Reads the form in which a person says which column is what. */
export const parseTypedMapping = (
  header: string,
  text: (name: string) => string,
): Result<StatementMapping, MappingFault> => {
  const columns = Object.fromEntries(
    columnRoles.flatMap((role) => (text(role) === "" ? [] : [[role, text(role)]])),
  );
  const mapping: StatementMapping = {
    header,
    columns,
    unit: mappingUnits.find((unit) => unit === text("unit")) ?? "yuan",
    direction: directions.find((one) => one === text("direction")) ?? "payments",
    words: Object.fromEntries(
      wordLists.map((list) => [list, wordsIn(text(`${list}_words`))]),
    ) as StatementMapping["words"],
  };
  const fault = findMappingFault(mapping);
  return fault === undefined ? ok(mapping) : fail(fault);
};
