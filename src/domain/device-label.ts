const longest = 12;

/** `T1` goes on as `T1B`, and that as `T1C`; every label is one device's for ever (F50). */
export const nextLabel = (label: string, taken: ReadonlySet<string>): string => {
  const base = /^(.*\d)[A-Z]?$/.exec(label)?.[1] ?? label;
  for (let number = 1; ; number++) {
    const end = number < 26 ? String.fromCodePoint(65 + number) : `-${number}`;
    const next = base.slice(0, longest - end.length) + end;
    if (!taken.has(next)) return next;
  }
};
