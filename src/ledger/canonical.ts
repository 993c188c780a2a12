import { fail, ok, type Result } from "../domain/result.ts";
import { inRoom, newRoom } from "./room.ts";

/** Why bytes are no strict text of refundlog/1, by the finding code (refundlog.md §3, §17). */
export type CanonicalFault = { readonly kind: "E_UTF8" | "E_CANON" | "E_LIMIT" };

export type JsonObject = { readonly [name: string]: unknown };

/** Deepest nesting of objects and arrays. */
const maxDepth = 64;

const loneSurrogate = /\p{Surrogate}/u;

/** A lone surrogate is escaped, so a text that needs no escape has none. */
const quote = (text: string): string => {
  const quoted = JSON.stringify(text);
  if (quoted.length > text.length + 2 && loneSurrogate.test(text))
    throw new Error("a lone surrogate has no canonical form");
  return quoted;
};

/** Whether a value is an object literal: neither array nor an instance of anything. */
export const isPlainObject = (value: unknown): value is JsonObject => {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const writeObject = (value: JsonObject): string => {
  const members = Object.keys(value)
    .sort()
    .map((name) => `${quote(name)}:${canonicalize(value[name])}`);
  return `{${members.join(",")}}`;
};

const writeNumber = (value: number): string => {
  if (!Number.isFinite(value)) throw new Error("only finite numbers have a canonical form");
  return JSON.stringify(value);
};

/** RFC 8785 text of a value; anything that JSON cannot say exactly is a bug and throws, nothing is dropped. */
export const canonicalize = (value: unknown): string => {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return writeNumber(value);
  // Array.from visits the holes that map would skip
  if (Array.isArray(value)) return `[${Array.from(value, canonicalize).join(",")}]`;
  if (isPlainObject(value)) return writeObject(value);
  throw new Error(`${typeof value} has no canonical form`);
};

const memberFault = (value: JsonObject, depth: number): CanonicalFault | undefined => {
  for (const name of Object.keys(value)) {
    const fault = findFault(name, depth) ?? findFault(value[name], depth);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const itemFault = (value: readonly unknown[], depth: number): CanonicalFault | undefined => {
  for (const item of value) {
    const fault = findFault(item, depth);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** The first thing of a value that refundlog/1 forbids: fractions, huge numbers, bad strings, odd objects, depth. */
const findFault = (value: unknown, depth: number): CanonicalFault | undefined => {
  if (value === null || typeof value === "boolean") return undefined;
  if (typeof value === "string") return loneSurrogate.test(value) ? { kind: "E_CANON" } : undefined;
  if (typeof value === "number")
    return Number.isSafeInteger(value) ? undefined : { kind: "E_CANON" };
  if (depth >= maxDepth) return { kind: "E_LIMIT" };
  if (Array.isArray(value)) return itemFault(value, depth + 1);
  if (isPlainObject(value)) return memberFault(value, depth + 1);
  return { kind: "E_CANON" };
};

/** Canonical text of what the app itself made; a value that refundlog/1 forbids is a bug and throws. */
export const writeStrict = (value: unknown): string => {
  const fault = findFault(value, 0);
  if (fault !== undefined) throw new Error(`not a value of refundlog/1: ${fault.kind}`);
  return canonicalize(value);
};

const parseJson = (text: string): Result<unknown, CanonicalFault> => {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return fail({ kind: "E_CANON" });
  }
};

const isSorted = (names: readonly string[]): boolean =>
  names.every((name, index) => index === 0 || (names[index - 1] ?? "") < name);

/** Whether everything in it is allowed, however long its texts, and its names stand in their order. */
const isOrderly = (value: unknown, depth: number): boolean => {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth >= maxDepth) return false;
  if (Array.isArray(value)) return value.every((item) => isOrderly(item, depth + 1));
  const names = Object.keys(value);
  return (
    isSorted(names) && names.every((name) => isOrderly((value as JsonObject)[name], depth + 1))
  );
};

/** What the browser spells in the same way, without looking at each text: nearly everything that is canonical. */
const isPlainlyCanonical = (value: unknown, text: string): boolean =>
  isOrderly(value, 0) &&
  JSON.stringify(value) === text &&
  !text.includes("\\ud") &&
  !loneSurrogate.test(text);

/** Reads a text that must be the one canonical spelling of its value (refundlog.md §3 rules 3–5). */
export const parseStrict = (text: string): Result<unknown, CanonicalFault> => {
  const parsed = parseJson(text);
  if (!parsed.ok || isPlainlyCanonical(parsed.value, text)) return parsed;
  const fault = findFault(parsed.value, 0);
  if (fault !== undefined) return fail(fault);
  return canonicalize(parsed.value) === text ? parsed : fail({ kind: "E_CANON" });
};

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const room = newRoom();

/** UTF-8 text of bytes, a byte order mark kept as a character; undefined when it is not UTF-8. */
export const readUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(inRoom(room, bytes));
  } catch {
    return undefined;
  }
};

/** Like `parseStrict`, from bytes. */
export const parseStrictBytes = (bytes: Uint8Array): Result<unknown, CanonicalFault> => {
  const text = readUtf8(bytes);
  return text === undefined ? fail({ kind: "E_UTF8" }) : parseStrict(text);
};
