import Dexie, { type IndexableType, type Table } from "dexie";

/** Sorts before and after every part of a key. */
export const lowest: IndexableType = Dexie.minKey;
export const highest: IndexableType = Dexie.maxKey;

/** The place of a row in a list: its time, then its id. */
export type Cursor = readonly [at: string, id: string];

type Page = {
  /** Leading parts of the index that stay fixed. */
  readonly within: readonly (string | number)[];
  readonly before: Cursor | undefined;
  readonly limit: number;
};

/** The rows below a cursor of a compound index that ends in time and id, highest first. */
export const newestBelow = async <Row>(
  table: Pick<Table<Row>, "where">,
  index: string,
  { within, before, limit }: Page,
): Promise<readonly Row[]> =>
  table
    .where(index)
    .between(
      [...within, lowest, lowest],
      [...within, ...(before ?? [highest, highest])],
      true,
      false,
    )
    .reverse()
    .limit(limit)
    .toArray();
