/** One spelling for numbers that people confuse when they type them: 0 and O, 1, I and L, either case, any grouping. */
export const confusableKey = (text: string): string =>
  text.replace(/[\s-]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");

/** The last four characters, as bills show them. */
export const tail = (text: string): string => text.slice(-4);
