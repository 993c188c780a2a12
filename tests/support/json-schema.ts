type Schema = { readonly [keyword: string]: unknown };
type Members = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const typeOf = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
};

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const list = (value: unknown): readonly Schema[] => (value ?? []) as readonly Schema[];
const names = (value: unknown): readonly string[] => (value ?? []) as readonly string[];
const within = (size: number, low: unknown, high: unknown): boolean =>
  size >= Number(low ?? -Infinity) && size <= Number(high ?? Infinity);

/** The keywords of JSON Schema 2020-12 that refundlog.schema.json uses, and no others. */
export const makeValidator = (root: { readonly $defs: { readonly [name: string]: Schema } }) => {
  const resolve = (schema: Schema): Schema =>
    typeof schema["$ref"] === "string"
      ? (root.$defs[schema["$ref"].replace("#/$defs/", "")] ?? {})
      : schema;

  const fitsText = (s: Schema, value: string): boolean =>
    within(Array.from(value).length, s["minLength"], s["maxLength"]) &&
    (s["pattern"] === undefined || new RegExp(s["pattern"] as string, "u").test(value));

  const fitsList = (s: Schema, value: readonly unknown[]): boolean => {
    const first = list(s["prefixItems"]);
    return (
      within(value.length, s["minItems"], s["maxItems"]) &&
      first.every((item, index) => index >= value.length || fits(item, value[index])) &&
      (s["items"] !== false || value.length <= first.length) &&
      (!isObject(s["items"]) ||
        value.slice(first.length).every((one) => fits(s["items"] as Schema, one))) &&
      (s["uniqueItems"] !== true ||
        new Set(value.map((one) => JSON.stringify(one))).size === value.length)
    );
  };

  const fitsMember = (s: Schema, name: string, value: unknown): boolean => {
    const known = (s["properties"] ?? {}) as { readonly [name: string]: Schema };
    if (Object.hasOwn(known, name)) return fits(known[name] ?? {}, value);
    const more = s["additionalProperties"];
    return more === undefined || (more !== false && fits(more as Schema, value));
  };

  const fitsObject = (s: Schema, value: Members): boolean =>
    names(s["required"]).every((name) => Object.hasOwn(value, name)) &&
    within(Object.keys(value).length, s["minProperties"], s["maxProperties"]) &&
    Object.entries((s["dependentRequired"] ?? {}) as { [name: string]: string[] }).every(
      ([name, wanted]) =>
        !Object.hasOwn(value, name) || wanted.every((one) => Object.hasOwn(value, one)),
    ) &&
    Object.entries(value).every(
      ([name, member]) =>
        (s["propertyNames"] === undefined || fits(s["propertyNames"] as Schema, name)) &&
        fitsMember(s, name, member),
    );

  const fitsLogic = (s: Schema, value: unknown): boolean => {
    const branch = s["if"] !== undefined && fits(s["if"] as Schema, value) ? s["then"] : s["else"];
    return (
      list(s["allOf"]).every((one) => fits(one, value)) &&
      (s["anyOf"] === undefined || list(s["anyOf"]).some((one) => fits(one, value))) &&
      (s["oneOf"] === undefined ||
        list(s["oneOf"]).filter((one) => fits(one, value)).length === 1) &&
      (s["not"] === undefined || !fits(s["not"] as Schema, value)) &&
      (s["if"] === undefined || branch === undefined || fits(branch as Schema, value))
    );
  };

  const fitsValue = (s: Schema, value: unknown): boolean => {
    if (typeof value === "string") return fitsText(s, value);
    if (typeof value === "number") return within(value, s["minimum"], s["maximum"]);
    if (Array.isArray(value)) return fitsList(s, value);
    return !isObject(value) || fitsObject(s, value);
  };

  const fits = (schema: Schema, value: unknown): boolean => {
    const s = resolve(schema);
    return (
      (s["type"] === undefined || s["type"] === typeOf(value)) &&
      (s["const"] === undefined || equal(s["const"], value)) &&
      (s["enum"] === undefined || list(s["enum"]).some((one) => equal(one, value))) &&
      fitsValue(s, value) &&
      fitsLogic(s, value)
    );
  };

  return (name: string, value: unknown): boolean => fits({ $ref: `#/$defs/${name}` }, value);
};
