/** Files chosen or dropped on one screen for the one that opens next; a page address cannot carry them. */
let waiting: readonly File[] = [];

export const handOver = (files: readonly File[]): void => {
  waiting = files;
};

/** The files handed over, once. */
export const takeHanded = (): readonly File[] => {
  const files = waiting;
  waiting = [];
  return files;
};
