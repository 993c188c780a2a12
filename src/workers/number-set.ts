/** Numbers that were seen: a table of its own, as a Set of a million numbers takes four times the room and the time. */
export const newNumberSet = () => {
  let table = new Float64Array(4096).fill(NaN);
  let size = 0;
  const placeOf = (value: number): number => {
    const mask = table.length - 1;
    let at = (Math.imul(value % 2 ** 32, 0x9e3779b1) >>> 7) & mask;
    while (table[at] !== value && !Number.isNaN(table[at])) at = (at + 1) & mask;
    return at;
  };
  const grow = (): void => {
    const before = table;
    table = new Float64Array(2 * before.length).fill(NaN);
    for (const value of before) if (!Number.isNaN(value)) table[placeOf(value)] = value;
  };
  return {
    /** Whether it was not there yet. */
    add: (value: number): boolean => {
      const at = placeOf(value);
      if (table[at] === value) return false;
      table[at] = value;
      size++;
      if (2 * size > table.length) grow();
      return true;
    },
    all: (): Float64Array<ArrayBuffer> => table.filter((value) => !Number.isNaN(value)),
  };
};
