import { fail, ok, type Result } from "../domain/result.ts";
import type { Hash } from "../domain/ids.ts";
import { decodeBase64url, encodeBase64url, hashText, toBytes } from "./base64url.ts";
import {
  isPlainObject,
  parseStrictBytes,
  writeStrict,
  type CanonicalFault,
  type JsonObject,
} from "./canonical.ts";
import type { Random } from "./record.ts";

/** Names of disclosures in the order in which they travel. */
export const disclosureNames = ["det", "ctx", "cust"] as const;
export type DisclosureName = (typeof disclosureNames)[number];

export type DisclosureFault = CanonicalFault | { readonly kind: "E_B64" | "E_SD_FORMAT" };

export type Disclosure = {
  readonly name: DisclosureName;
  readonly value: JsonObject;
  readonly text: string;
  readonly digest: Hash;
};

/** Digest of a disclosure: of the text as it travels, never of its value. */
export const digestOf = (text: string): Hash => hashText(text);

/** A disclosure with its own salt of 16 random bytes. */
export const makeDisclosure = (
  name: DisclosureName,
  value: JsonObject,
  random: Random,
): Disclosure => {
  const salt = encodeBase64url(random(16));
  const text = encodeBase64url(toBytes(writeStrict([salt, name, value])));
  return { name, value, text, digest: digestOf(text) };
};

/** What a record keeps outside its core: `det`, `ctx` and, when something personal was entered, `cust`. */
export type DisclosedParts = {
  readonly det: JsonObject;
  readonly ctx: JsonObject;
  readonly cust: JsonObject | undefined;
};

/** The tree of refundlog.md §2: one digest for the payload, the texts in wire order. */
export const makeDisclosures = (
  parts: DisclosedParts,
  random: Random,
): { readonly sd: readonly [Hash]; readonly disclosures: readonly string[] } => {
  const below = [makeDisclosure("ctx", parts.ctx, random)];
  if (parts.cust !== undefined) below.push(makeDisclosure("cust", parts.cust, random));
  const digests = below.map((one) => one.digest).sort();
  const det = makeDisclosure("det", { ...parts.det, _sd: digests }, random);
  return { sd: [det.digest], disclosures: [det.text, ...below.map((one) => one.text)] };
};

const isSalt = (value: unknown): boolean =>
  typeof value === "string" && (decodeBase64url(value)?.length ?? 0) >= 16;

/** Reads one disclosure as it travels. */
export const parseDisclosure = (text: string): Result<Disclosure, DisclosureFault> => {
  const bytes = decodeBase64url(text);
  if (bytes === undefined) return fail({ kind: "E_B64" });
  const parsed = parseStrictBytes(bytes);
  if (!parsed.ok) return parsed;
  if (!Array.isArray(parsed.value) || parsed.value.length !== 3 || !isSalt(parsed.value[0]))
    return fail({ kind: "E_SD_FORMAT" });
  const [, label, value] = parsed.value as readonly unknown[];
  const name = disclosureNames.find((one) => one === label);
  return name !== undefined && isPlainObject(value)
    ? ok({ name, value, text, digest: digestOf(text) })
    : fail({ kind: "E_SD_FORMAT" });
};

/** What a record's disclosures say, what of them is not there, and everything wrong about them. */
export type Opened = {
  readonly det: JsonObject | undefined;
  readonly ctx: JsonObject | undefined;
  readonly cust: JsonObject | undefined;
  /** Digests of the carried `ctx` and `cust`. */
  readonly digests: { readonly ctx: Hash | undefined; readonly cust: Hash | undefined };
  /** Digests that the record names and the text does not carry: withheld, erased or missing. */
  readonly absent: readonly Hash[];
  readonly faults: readonly (
    | DisclosureFault
    | { readonly kind: "E_SD_UNREFERENCED" | "E_SD_DUP" }
  )[];
};

const digestsIn = (value: JsonObject | undefined): readonly Hash[] => {
  const list = value?.["_sd"];
  return Array.isArray(list) ? list.filter((one): one is Hash => typeof one === "string") : [];
};

const hasRepeat = (list: readonly unknown[]): boolean => new Set(list).size < list.length;

const inWireOrder = (found: readonly Disclosure[]): boolean =>
  found.every(
    (one, index) =>
      index === 0 ||
      disclosureNames.indexOf(found[index - 1]?.name ?? "det") < disclosureNames.indexOf(one.name),
  );

/** A disclosure belongs where its digest stands: `det` in the payload, `ctx` and `cust` in `det`. */
const isReferenced = (one: Disclosure, top: readonly Hash[], below: readonly Hash[]): boolean =>
  (one.name === "det" ? top : below).includes(one.digest);

/** Matches the disclosures of a record, in wire order, to the digests its payload names. */
export const openDisclosures = (payload: JsonObject, texts: readonly string[]): Opened => {
  const parsed = texts.map(parseDisclosure);
  const found = parsed.flatMap((one) => (one.ok ? [one.value] : []));
  const top = digestsIn(payload);
  const det = found.find((one) => one.name === "det" && top.includes(one.digest));
  const below = digestsIn(det?.value);
  const good = found.filter((one) => isReferenced(one, top, below));
  const faults: Opened["faults"][number][] = parsed.flatMap((one) => (one.ok ? [] : [one.fault]));
  if (good.length < found.length) faults.push({ kind: "E_SD_UNREFERENCED" });
  if (hasRepeat(texts) || hasRepeat([...top, ...below])) faults.push({ kind: "E_SD_DUP" });
  else if (!inWireOrder(found)) faults.push({ kind: "E_SD_FORMAT" });
  const carried = new Set(good.map((one) => one.digest));
  const [ctx, cust] = (["ctx", "cust"] as const).map((name) =>
    good.find((one) => one.name === name),
  );
  return {
    det: det?.value,
    ctx: ctx?.value,
    cust: cust?.value,
    digests: { ctx: ctx?.digest, cust: cust?.digest },
    absent: [...top, ...below].filter((digest) => !carried.has(digest)),
    faults,
  };
};
