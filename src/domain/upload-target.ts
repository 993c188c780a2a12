import { fail, ok, type Result } from "./result.ts";
import { cleanText } from "./typed-text.ts";

/** Where this device sends its files, as the owner set it; it stays on this device. */
export type UploadTarget = {
  /** `folder`: one address for all files, `{name}` stands for the file's · `presigned`: an own address for every file. */
  readonly way: "folder" | "presigned";
  /** The address with `{name}`; of presigned ones only the beginning that all share. */
  readonly address: string;
  readonly method: "PUT" | "POST";
  /** The answers that count as taken. */
  readonly accepts: readonly number[];
  /** Proves to the server who sends; never in the journal, in no export, never shown again. */
  readonly secret?: UploadSecret;
};

export type UploadSecret = { readonly name: string; readonly value: string };

export type TargetFault = {
  readonly kind:
    | "upload_address_wrong"
    | "upload_address_insecure"
    | "upload_name_missing"
    | "upload_secret_wrong"
    | "upload_other_origin";
};

const longestAddress = 4000;

const shape =
  /^(https?):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?((?:[/?][^\s#\\<>"]*)?)$/i;

/**
 * The beginning of an address as a policy names it: scheme, host and port. https, or this very device, whose answers no
 * network carries; nothing with a name and password in it.
 */
export const originOf = (address: string): Result<string, TargetFault> => {
  const [, scheme = "", host = "", port, path] = shape.exec(address) ?? [];
  if (path === undefined || address.length > longestAddress)
    return fail({ kind: "upload_address_wrong" });
  const isSecure = scheme.toLowerCase() === "https";
  if (!isSecure && host !== "127.0.0.1") return fail({ kind: "upload_address_insecure" });
  const usual = isSecure ? "443" : "80";
  const shown = port === undefined || port === usual ? "" : `:${Number(port)}`;
  return ok(`${scheme.toLowerCase()}://${host.toLowerCase()}${shown}`);
};

const hasUnknownPlace = (address: string): boolean => /[{}]/.test(address.replaceAll("{name}", ""));

/** The address of one file. */
export const addressFor = ({ address }: UploadTarget, name: string): string =>
  address.replaceAll("{name}", encodeURIComponent(name));

/** An address as it may be shown: what stands behind `?` may be a key. */
export const shownAddress = (address: string): string => address.replace(/\?.*$/, "?…");

/** The target as a form holds it. */
export type TypedTarget = {
  readonly way: string;
  readonly address: string;
  readonly method: string;
  readonly accepts: string;
  readonly proof: string;
  readonly secretName: string;
  readonly secretValue: string;
};

/** The answers that may be agreed on, by what the form calls them. */
const answers = {
  folder: [201, 204],
  ok: [200],
  all: [200, 201, 204],
} as const;

const parseAccepts = (typed: string): readonly number[] =>
  typed === "folder" || typed === "ok" ? answers[typed] : answers.all;

/** Names that browsers keep for themselves, or that this app fills. */
const taken =
  /^(?:accept-|access-control-|connection$|content-|cookie|date$|expect$|host$|idempotency-key$|origin$|proxy-|referer$|sec-|te$|trailer$|transfer-encoding$|upgrade$|via$)/i;

const isHeader = ({ name, value }: UploadSecret): boolean =>
  /^[A-Za-z0-9-]{1,60}$/.test(name) &&
  !taken.test(name) &&
  /^[\x21-\x7e][\x20-\x7e]{0,3999}$/.test(value);

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const base64 = (text: string): string => {
  const bytes = [...new TextEncoder().encode(text)];
  const letters = Array.from({ length: Math.ceil(bytes.length / 3) }, (_, index) => {
    const [one = 0, two, three] = bytes.slice(index * 3, index * 3 + 3);
    const bits = (one << 16) | ((two ?? 0) << 8) | (three ?? 0);
    const letter = (shift: number): string => alphabet[(bits >> shift) & 63] ?? "";
    return `${letter(18)}${letter(12)}${two === undefined ? "=" : letter(6)}${three === undefined ? "=" : letter(0)}`;
  });
  return letters.join("");
};

/** A name and password as servers of folders ask for them (RFC 7617), or any header as it was typed. */
const parseSecret = (
  { proof, secretName, secretValue }: TypedTarget,
  known: UploadSecret | undefined,
): Result<UploadSecret | undefined, TargetFault> => {
  if (proof === "keep")
    return known === undefined ? fail({ kind: "upload_secret_wrong" }) : ok(known);
  if (proof !== "password" && proof !== "header") return ok(undefined);
  const [name, value] = [cleanText(secretName), cleanText(secretValue)];
  if (proof === "password")
    return name === "" || name.includes(":") || value === ""
      ? fail({ kind: "upload_secret_wrong" })
      : ok({ name: "Authorization", value: `Basic ${base64(`${name}:${value}`)}` });
  const secret = { name, value };
  return isHeader(secret) ? ok(secret) : fail({ kind: "upload_secret_wrong" });
};

/** Reads the form of the owner; `known` is what this device has, whose secret may be kept. */
export const parseTypedTarget = (
  typed: TypedTarget,
  known: UploadTarget | undefined,
): Result<UploadTarget, TargetFault> => {
  const address = cleanText(typed.address);
  const origin = originOf(address);
  if (!origin.ok) return origin;
  const accepts = parseAccepts(typed.accepts);
  if (typed.way === "presigned")
    return ok({ way: "presigned", address: origin.value, method: "PUT", accepts });
  const method = typed.method === "POST" ? "POST" : "PUT";
  if (hasUnknownPlace(address)) return fail({ kind: "upload_address_wrong" });
  if (method === "PUT" && !address.includes("{name}")) return fail({ kind: "upload_name_missing" });
  const isSame = known !== undefined && sameOrigin(known.address, origin.value);
  const secret = parseSecret(typed, isSame ? known.secret : undefined);
  if (!secret.ok) return secret;
  const own = secret.value === undefined ? {} : { secret: secret.value };
  return ok({ way: "folder", address, method, accepts, ...own });
};

const sameOrigin = (address: string, origin: string): boolean => {
  const own = originOf(address);
  return own.ok && own.value === origin;
};

/** Reads the presigned address of one file; it must lead to where the owner said. */
export const parsePresigned = (
  { address }: UploadTarget,
  typed: string,
): Result<string, TargetFault> => {
  const presigned = cleanText(typed);
  const origin = originOf(presigned);
  if (!origin.ok) return origin;
  return sameOrigin(address, origin.value) ? ok(presigned) : fail({ kind: "upload_other_origin" });
};
