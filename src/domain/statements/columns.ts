import { fail, ok, type Result } from "../result.ts";

/** Where each named column stands in a header, or the names it lacks. */
export const findColumns = <Key extends string>(
  header: readonly string[],
  names: Readonly<Record<Key, string>>,
): Result<{ readonly [key in Key]: number }, readonly string[]> => {
  const places = Object.entries<string>(names).map(
    ([key, name]) => [key, header.indexOf(name), name] as const,
  );
  const missing = places.filter(([, at]) => at === -1).map(([, , name]) => name);
  return missing.length > 0
    ? fail(missing)
    : ok(Object.fromEntries(places) as { readonly [key in Key]: number });
};
