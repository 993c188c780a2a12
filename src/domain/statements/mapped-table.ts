import { cleanCell, headerWord, splitQuoted } from "./delimited-text.ts";

const separators = [",", "\t", ";", "|"] as const;

type Separator = (typeof separators)[number];

const countOf = (line: string, separator: Separator): number =>
  (splitQuoted(line, separator) ?? line.split(separator)).length;

/** What parts the cells of a header line; tabs that only pad cells before a comma do not. */
const separatorOf = (line: string): Separator => {
  const bare = line.replace(/\t+(?=[,;|]|$)/g, "");
  return separators.reduce((best, one) => (countOf(bare, one) > countOf(bare, best) ? one : best));
};

/** Names as they can be told apart: the second of one name is `金额 (2)`. */
const apart = (words: readonly string[]): readonly string[] =>
  words.map((word, at) => {
    const before = words.slice(0, at).filter((one) => one === word).length;
    return word === "" || before === 0 ? word : `${word} (${before + 1})`;
  });

/** A header line of a file nobody knows: its names, and how the lines under it part into cells. */
export type TableHeader = {
  readonly words: readonly string[];
  /** Cells without the white space around them; undefined for another number of cells than the header has. */
  readonly split: (line: string) => readonly string[] | undefined;
};

const isEmpty = (cell: string): boolean => cell === "";

/** Reads a line as the header of a table. */
export const openHeader = (line: string): TableHeader => {
  const separator = separatorOf(line);
  const cellsOf = (text: string) => splitQuoted(text, separator);
  const words = apart((cellsOf(line) ?? line.split(separator)).map(headerWord));
  return {
    words,
    split: (text) => {
      const cells = cellsOf(text)?.map(cleanCell);
      if (cells === undefined || cells.length < words.length) return undefined;
      return cells.slice(words.length).every(isEmpty) ? cells : undefined;
    },
  };
};

/** The first lines of a file with one of them as its header. */
export type StatementTable = {
  /** Which line it is, from 0. */
  readonly at: number;
  readonly words: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

const fewestColumns = 3;

const isName = (word: string): boolean => word !== "" && !/^[-+\d.:/\s]+$/.test(word);

const telling = /金额|日期|时间|单号|流水|订单|交易|商户|终端|参考号|amount|date|time|order|trans/i;

/** How much a line looks like a header: its names, those that statements use three times. */
const weightOf = (line: string): number => {
  const { words } = openHeader(line);
  const names = words.filter(isName);
  if (names.length < fewestColumns || words.some((word) => /^\d/.test(word))) return 0;
  return names.length + 2 * names.filter((name) => telling.test(name)).length;
};

/** Which of the first lines may be the header. */
export const headerLines = (lines: readonly string[]): readonly number[] =>
  lines.flatMap((line, at) => (weightOf(line) > 0 ? [at] : []));

/** The table that these lines hold under one of them; undefined where none looks like a header. */
export const findTable = (
  lines: readonly string[],
  at = headerLines(lines).reduce<number | undefined>(
    (best, one) =>
      best === undefined || weightOf(lines[one] ?? "") > weightOf(lines[best] ?? "") ? one : best,
    undefined,
  ),
): StatementTable | undefined => {
  const line = at === undefined ? undefined : lines[at];
  if (at === undefined || line === undefined) return undefined;
  const { words, split } = openHeader(line);
  return {
    at,
    words,
    rows: lines
      .slice(at + 1)
      .flatMap((one) => [split(one) ?? []])
      .filter((cells) => cells.length > 0),
  };
};
