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
import type { StatementRow } from "../domain/statements/statement-row.ts";
import type { HandingContext } from "./call.ts";
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
/** So many parts may be on their way to be stored before the reading waits. */
const mostWaiting = 3;

type HandOver = HandingContext<StatementPart>["handOver"];

/** Waits while too many parts are not taken yet. */
const newDoor = (handOver: HandOver) => {
  const waiting = new Set<Promise<void>>();
  return {
    pass: (part: StatementPart, moved: Transferable[]): void => {
      const taken = handOver(part, moved).then(() => {
        waiting.delete(taken);
      });
      waiting.add(taken);
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

/** Leaves out rows that are here already or stood earlier in this file, and hands the others over in blocks. */
export const newRowFilter = (
  known: Float64Array,
  handOver: HandOver,
  onNew: (row: StatementRow) => void,
) => {
  const seen = newNumberSet();
  const door = newDoor(handOver);
  const packer = newPacker(door.pass);
  let newRows = 0;
  let knownRows = 0;
  const take = (row: StatementRow): void => {
    const key = rowKey(row);
    if (hasSorted(known, key) || !seen.add(key)) {
      knownRows++;
      return;
    }
    newRows++;
    onNew(row);
    packer.add(row);
  };
  return {
    take: (rows: readonly StatementRow[]): void => rows.forEach(take),
    /** Settles once enough of what was handed over is stored. */
    room: (): Promise<void> => door.below(mostWaiting),
    finish: async (signal: AbortSignal): Promise<void> => {
      const index = packer.finish();
      for (const piece of newRows === 0 ? [] : index.pieces(seen.all())) {
        if (signal.aborted) return;
        await door.below(mostWaiting);
        door.pass(
          { kind: "index", piece },
          piece.part === "merchants" ? [] : [piece.values.buffer],
        );
      }
      await door.below(1);
    },
    count: () => ({ newRows, knownRows }),
  };
};

export type RowFilter = ReturnType<typeof newRowFilter>;
