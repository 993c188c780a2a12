import { parseCode } from "../../../domain/codes/index.ts";
import type { NumberKind, ScannedCode } from "../../../domain/codes/scanned-code.ts";
import type { SeenCode } from "../../../usecases/abilities.ts";
import { readCode, type Books, type Reading } from "./read-code.ts";

type OfferedKind =
  | NumberKind
  | "own_slip"
  | "own"
  | "merchant"
  | "payment_code"
  | "ask"
  | "unreadable";

/** One of several codes in view: what it is, the end of its number, where it stands, and what it leads to. */
export type Offered = {
  readonly kind: OfferedKind;
  readonly tail: string | undefined;
  readonly corners: NonNullable<SeenCode["corners"]>;
  readonly reading: Reading;
};

/** Several codes that lead to different things. */
type Choice = { readonly kind: "choose"; readonly offered: readonly Offered[] };

const kindOf = (code: ScannedCode): OfferedKind => {
  switch (code.kind) {
    case "number":
      return code.numbers[0]?.kind ?? "merchant_order_no";
    case "own":
      return code.code.kind === "own_slip" ? "own_slip" : "own";
    case "merchant":
    case "payment_code":
    case "ask":
    case "unreadable":
      return code.kind;
  }
};

const offer = async ({ text, corners = [] }: SeenCode, books: Books): Promise<Offered> => {
  const code = parseCode(text, books.today);
  const tail = code.kind === "number" ? code.text.slice(-4) : undefined;
  return { kind: kindOf(code), tail, corners, reading: await readCode(text, books) };
};

/** Codes that lead to the same thing are one. */
const nameOf = (reading: Reading): string => {
  if (reading.kind === "go") return reading.to;
  return reading.kind === "ask" ? reading.number : `${reading.what} ${reading.text ?? ""}`;
};

const distinct = (offers: readonly Offered[]): readonly Offered[] => [
  ...new Map(offers.map((one) => [nameOf(one.reading), one])).values(),
];

const isKnown = ({ reading }: Offered): boolean => reading.kind === "go" && reading.known;

const middle = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** As a person reads: from the top down, and from the left where two stand side by side. */
const byPlace = (one: SeenCode, other: SeenCode): number => {
  const [a = [], b = []] = [one.corners, other.corners];
  const down = middle(a.map(({ y }) => y)) - middle(b.map(({ y }) => y));
  const across = middle(a.map(({ x }) => x)) - middle(b.map(({ x }) => x));
  return Math.abs(down) > 0.1 ? down : across;
};

/**
 * What codes that were seen together lead to: the one payment that all its numbers name, else the only one known
 * here, else a choice. A code that leads nowhere is only offered where none of them leads anywhere.
 */
export const readCodes = async (
  codes: readonly SeenCode[],
  books: Books,
): Promise<Reading | Choice> => {
  const sorted = [...codes].sort(byPlace);
  const all = distinct(await Promise.all(sorted.map((code) => offer(code, books))));
  const leading = all.filter(({ reading }) => reading.kind !== "said");
  const offered = leading.length > 0 ? leading : all;
  const known = offered.filter(isKnown);
  const [best, ...more] = known.length === 1 ? known : offered;
  if (best === undefined) return readCode("", books);
  return more.length === 0 ? best.reading : { kind: "choose", offered };
};
