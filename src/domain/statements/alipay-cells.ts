import { splitQuoted } from "./delimited-text.ts";

/** Where a line with bare commas in its goods' name can be told: the name, and the times that stand behind it. */
export type CellPlaces = {
  readonly count: number;
  readonly name: number;
  readonly times: readonly number[];
};

type Cells = { readonly cells: readonly string[]; readonly repaired: boolean };

const time = /^\s*\d{4}-\d\d-\d\d\s+\d\d[:：]\d\d[:：]\d\d\s*$/;

/** The cells of a line of Alipay, quoted or not; undefined when their number cannot be put right. */
export const alipayCells = (line: string, places: CellPlaces): Cells | undefined => {
  const quoted = line.includes('"') ? splitQuoted(line) : undefined;
  if (quoted?.length === places.count) return { cells: quoted, repaired: false };
  const raw = line.split(",");
  if (raw.length === places.count) return { cells: raw, repaired: false };
  const cells = raw.length > places.count ? repairName(raw, places) : undefined;
  return cells && { cells, repaired: true };
};

/** Everything up to the times is the name, as only the name can have moved them. */
const repairName = (
  raw: readonly string[],
  { count, name, times }: CellPlaces,
): readonly string[] | undefined => {
  const extra = raw.length - count;
  if (!times.every((at) => time.test(raw[at + extra] ?? ""))) return undefined;
  const whole = raw.slice(name, name + extra + 1).join(",");
  return [...raw.slice(0, name), whole, ...raw.slice(name + extra + 1)];
};
