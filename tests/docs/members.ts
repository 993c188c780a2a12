import { ev, item, jwk } from "../../src/ledger/kinds/shapes.ts";

/** What of a valibot schema says which members there are. */
export type Shape = {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly wrapped?: Shape;
  readonly item?: Shape;
  readonly options?: readonly unknown[];
};

export type Member = {
  readonly name: string;
  readonly presence: "always" | "optional";
  /** A closed list of values; undefined for everything else. */
  readonly values: readonly string[] | undefined;
};

/** Shapes with a table of their own. */
const named: ReadonlySet<unknown> = new Set([ev, item, jwk]);

const valuesOf = ({ type, options, item: each }: Shape): readonly string[] | undefined =>
  type === "picklist" ? options?.map(String).sort() : each && valuesOf(each);

const membersOf = (name: string, shape: Shape): readonly Member[] => {
  const isOptional = shape.type === "exact_optional";
  const inner = (isOptional ? shape.wrapped : undefined) ?? shape;
  const own: Member = {
    name,
    presence: isOptional ? "optional" : "always",
    values: valuesOf(inner),
  };
  return inner.entries === undefined || named.has(inner)
    ? [own]
    : [own, ...flatten(inner, new Set(), `${name}.`)];
};

/** All members of an object shape; those of an object inside it as `outer.inner`. */
export const flatten = (
  shape: Shape,
  without: ReadonlySet<string> = new Set(),
  prefix = "",
): readonly Member[] =>
  Object.entries(shape.entries ?? {})
    .filter(([name]) => !without.has(name))
    .flatMap(([name, member]) => membersOf(`${prefix}${name}`, member));
