import {
  givesBack,
  packBlock,
  rowKey,
  type StatementBlock,
} from "../domain/statements/statement-block.ts";
import {
  hasSorted,
  newStatementIndex,
  type IndexPiece,
} from "../domain/statements/statement-index.ts";
import type { ReadRow, StatementRow } from "../domain/statements/statement-row.ts";
import type { HandingContext } from "./call.ts";
import type { Digests } from "./digests.ts";
import { newNumberSet } from "./number-set.ts";

/** What the page stores of a file: its new rows in blocks, and by what they are found. */
export type StatementPart =
  | {
      readonly kind: "blocks";
      /** Place of the first of them among all blocks of the file. */
      readonly first: number;
      readonly blocks: readonly StatementBlock[];
    }
  | { readonly kind: "index"; readonly piece: IndexPiece };

/** About 64 kB: up to that the browsers keep a value beside its key, larger ones lie in files of their own. */
const rowsPerBlock = 160;
const blocksAtOnce = 16;
/** So many parts may be on their way to be stored, and so many batches to be digested, before the reading waits. */
const mostWaiting = 3;

type HandOver = HandingContext<StatementPart>["handOver"];

/** Waits while too much of what was begun is not done yet; throws where something of it fails. */
const newDoor = () => {
  const waiting = new Set<Promise<void>>();
  return {
    pass: (work: Promise<unknown>): void => {
      const ended = work.then(() => {
        waiting.delete(ended);
      });
      ended.catch(() => undefined); // told by the next who waits
      waiting.add(ended);
    },
    below: async (most: number): Promise<void> => {
      while (waiting.size >= most) await Promise.race(waiting);
    },
  };
};

const buffersOf = ({ rows, ends }: StatementBlock): Transferable[] =>
  ends === undefined ? [rows] : [rows, ends.buffer];

/** Rows that give money back lie in blocks of their own: a comparison opens no others. */
const newPacker = (pass: (part: StatementPart, moved: Transferable[]) => void) => {
  const index = newStatementIndex();
  const open = { back: [] as StatementRow[], other: [] as StatementRow[] };
  let packed: StatementBlock[] = [];
  let first = 0;
  const send = (): void => {
    if (packed.length > 0)
      pass({ kind: "blocks", first, blocks: packed }, packed.flatMap(buffersOf));
    first += packed.length;
    packed = [];
  };
  const close = (which: keyof typeof open): void => {
    if (open[which].length === 0) return;
    index.add(open[which]);
    packed.push(packBlock(open[which]));
    open[which] = [];
    if (packed.length === blocksAtOnce) send();
  };
  return {
    add: (row: StatementRow): void => {
      const which = givesBack(row) ? "back" : "other";
      open[which].push(row);
      if (open[which].length === rowsPerBlock) close(which);
    },
    finish: (): typeof index => {
      close("back");
      close("other");
      send();
      return index;
    },
  };
};

type FilterOptions = {
  /** Sorted identities of the rows that are here already. */
  readonly known: Float64Array;
  readonly handOver: HandOver;
  readonly digest: Digests["ofLines"];
  readonly onNew: (row: StatementRow) => void;
};

/** Leaves out rows that are here already or stood earlier in this file, and hands the others over in blocks. */
export const newRowFilter = ({ known, handOver, digest, onNew }: FilterOptions) => {
  const seen = newNumberSet();
  const digesting = newDoor();
  const door = newDoor();
  const pass = (part: StatementPart, moved: Transferable[]): void =>
    door.pass(handOver(part, moved));
  const packer = newPacker(pass);
  let newRows = 0;
  let knownRows = 0;
  let before = Promise.resolve();
  const isNew = (row: ReadRow): boolean => {
    const key = rowKey(row);
    return !hasSorted(known, key) && seen.add(key);
  };
  const keep = async (
    rows: readonly ReadRow[],
    digests: Promise<readonly string[]>,
    earlier: Promise<void>,
  ): Promise<void> => {
    await earlier;
    const made = await digests;
    for (const [at, row] of rows.entries()) {
      const whole = Object.assign(row, { digest: made[at] ?? "" });
      onNew(whole);
      packer.add(whole);
    }
  };
  return {
    take: (rows: readonly ReadRow[], lines: readonly string[]): void => {
      const fresh = rows.map(isNew);
      const newOnes = rows.filter((_, at) => fresh[at] === true);
      newRows += newOnes.length;
      knownRows += rows.length - newOnes.length;
      if (newOnes.length === 0) return;
      const theirs = lines.filter((_, at) => fresh[at] === true);
      before = keep(newOnes, digest(theirs), before);
      digesting.pass(before);
    },
    /** Settles once enough of what was taken is digested, and enough of what was handed over is stored. */
    room: async (): Promise<void> => {
      await digesting.below(mostWaiting);
      await door.below(mostWaiting);
    },
    finish: async (signal: AbortSignal): Promise<void> => {
      await digesting.below(1);
      const index = packer.finish();
      for (const piece of newRows === 0 ? [] : index.pieces(seen.all())) {
        if (signal.aborted) return;
        await door.below(mostWaiting);
        pass({ kind: "index", piece }, piece.part === "merchants" ? [] : [piece.values.buffer]);
      }
      await door.below(1);
    },
    count: () => ({ newRows, knownRows }),
  };
};

export type RowFilter = ReturnType<typeof newRowFilter>;
