import type { DeviceId } from "../domain/ids.ts";
import { instantFromSeconds, type Instant } from "../domain/instant.ts";
import type { RecordHash } from "../ledger/record.ts";
import type { HeadRow } from "./rows.ts";

/** The head as it stood outside IndexedDB and the safety copy: a hint that data was there. */
export type Mark = {
  readonly device: DeviceId;
  readonly seq: number;
  readonly head: RecordHash;
  readonly at: Instant;
};

/** Where the newest mark of one database lies; neither function throws. */
export type Marks = {
  readonly read: () => Mark | undefined;
  readonly write: (mark: Mark) => void;
};

/** Says outside both stores where a chain stands. */
export const markHead = (
  marks: Marks,
  head: Pick<HeadRow, "device" | "seq" | "hash" | "iat">,
): void => {
  const { device, seq, hash, iat } = head;
  marks.write({ device, seq, head: hash, at: instantFromSeconds(iat) });
};

/** The part of localStorage that marks need. */
export type TextStore = Pick<Storage, "getItem" | "setItem">;

const isMark = (value: unknown): value is Mark => {
  if (typeof value !== "object" || value === null) return false;
  const mark: Partial<Record<keyof Mark, unknown>> = value;
  const { device, seq, head, at } = mark;
  const texts = [device, head, at].every((text) => typeof text === "string");
  return texts && typeof seq === "number" && Number.isSafeInteger(seq);
};

const parseMark = (text: string | null): Mark | undefined => {
  if (text === null) return undefined;
  const value: unknown = JSON.parse(text);
  return isMark(value) ? value : undefined;
};

/** Marks in localStorage under the database's name; a storage that refuses is ignored, a mark is only a hint. */
export const marksIn = (store: TextStore, databaseName: string): Marks => {
  const name = `mark:${databaseName}`;
  return {
    read: () => {
      try {
        return parseMark(store.getItem(name));
      } catch {
        return undefined;
      }
    },
    write: (mark) => {
      try {
        store.setItem(name, JSON.stringify(mark));
      } catch {
        // full or forbidden: the two copies hold the record
      }
    },
  };
};
