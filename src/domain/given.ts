/** `{ name: value }`, or nothing at all when there is no value: an optional member is either there or absent. */
export const given = <K extends string, V>(
  name: K,
  value: V | undefined,
): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [P in K]?: V });
