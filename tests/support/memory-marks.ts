import type { Mark, Marks } from "../../src/storage/marks.ts";

/** Marks in memory; `mark` may be set by a test. */
export type MemoryMarks = Marks & { mark: Mark | undefined };

export const memoryMarks = (): MemoryMarks => {
  const marks: MemoryMarks = {
    mark: undefined,
    read: () => marks.mark,
    write: (mark) => {
      marks.mark = mark;
    },
  };
  return marks;
};
