type CodeSet = "A" | "B" | "C";

const shift = 98;
const functions = new Set([96, 97, 102]);
const sets: Readonly<Record<number, CodeSet>> = { 99: "C", 100: "B", 101: "A" };
const startSets: Readonly<Record<number, CodeSet>> = { 103: "A", 104: "B", 105: "C" };

/** In set A control characters stand where B has lower case letters (ISO/IEC 15417 table 1). */
const letterOf = (value: number, set: CodeSet): number =>
  set === "A" && value >= 64 ? value - 64 : value + 32;

/** FNC4 is 101 in set A and 100 in set B: the next character, or after two of them all, lie in the upper half of Latin-1. */
const isUpper = (value: number, set: CodeSet): boolean =>
  (set === "A" && value === 101) || (set === "B" && value === 100);

const other = (set: CodeSet): CodeSet => (set === "A" ? "B" : "A");

type Reader = { set: CodeSet; next: CodeSet; latched: boolean; upper: boolean; text: string };

const addLetter = (reader: Reader, value: number, set: CodeSet): void => {
  const isHigh = reader.upper !== reader.latched;
  reader.text += String.fromCharCode(letterOf(value, set) + (isHigh ? 128 : 0));
  reader.upper = false;
};

const obey = (reader: Reader, value: number, set: CodeSet): void => {
  if (value === shift) reader.next = other(set);
  else if (isUpper(value, set)) {
    if (reader.upper) reader.latched = !reader.latched;
    reader.upper = !reader.upper;
  } else if (!functions.has(value)) {
    reader.set = sets[value] ?? reader.set;
    reader.next = reader.set;
  }
};

/** The text of symbol values from the start on, check symbol and stop left out; function characters say nothing. */
export const code128Text = (values: readonly number[]): string => {
  const [start = 0, ...symbols] = values;
  const set = startSets[start] ?? "B";
  const reader: Reader = { set, next: set, latched: false, upper: false, text: "" };
  for (const value of symbols) {
    const now = reader.next;
    reader.next = reader.set; // a shift is for one symbol
    if (now === "C" && value < 100) reader.text += String(value).padStart(2, "0");
    else if (value < 96) addLetter(reader, value, now);
    else obey(reader, value, now);
  }
  return reader.text;
};
