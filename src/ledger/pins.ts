import { decodeBase64url } from "./base64url.ts";
import { isPlainObject, parseStrictBytes } from "./canonical.ts";
import { parseReceipt } from "./receipt-text.ts";
import { hashJwt, parseJws, readPayload, verifyParsed } from "./jws.ts";
import { acknowledgement, approval, checkpoint, manifest, witnessStatement } from "./tokens.ts";
import { findKey, openToken, type Trust } from "./verify-tokens.ts";

/** What something outside the device says of a chain: this record had this hash (refundlog.md §6). */
export type Pin = {
  readonly device: string;
  readonly seq: number;
  readonly hash: string;
  readonly root: string | undefined;
};

/** `foreign`: it speaks of another device; `invalid`: it does not verify. */
export type PinReading = Pin | "foreign" | "invalid";

const typeOf = (token: string): unknown => {
  const bytes = decodeBase64url(token.slice(0, Math.max(0, token.indexOf("."))));
  const header = bytes === undefined ? undefined : parseStrictBytes(bytes);
  return header?.ok === true && isPlainObject(header.value) ? header.value["typ"] : undefined;
};

/** A customer's receipt: the refund record itself. */
const readRecord = async (trust: Trust, token: string, device: string): Promise<PinReading> => {
  const jws = parseJws(token, "refund+sd-jwt");
  if (!jws.ok) return "invalid";
  const { kid, payload } = jws.value;
  if (kid !== device) return "foreign";
  const key = findKey(trust, kid);
  const verified =
    key === undefined ? undefined : await verifyParsed(jws.value, key.jwk, trust.verify);
  const read = readPayload(payload);
  const seq = read.ok ? read.value["seq"] : undefined;
  if (verified?.ok !== true || typeof seq !== "number") return "invalid";
  return { device, seq, hash: hashJwt(token), root: undefined };
};

type Reader = (trust: Trust, token: string, device: string) => Promise<PinReading>;

const readers: Readonly<Record<string, Reader>> = {
  "refund+sd-jwt": readRecord,
  "refund-wit+jwt": async (trust, token) => {
    const read = await openToken(trust, token, "refund-wit+jwt", witnessStatement);
    if (typeof read === "string") return "invalid";
    const { k, s, head } = read.claims;
    if (read.kid === k) return "invalid";
    return { device: k, seq: s, hash: head, root: undefined };
  },
  "refund-cp+jwt": async (trust, token) => {
    const read = await openToken(trust, token, "refund-cp+jwt", checkpoint);
    if (typeof read === "string") return "invalid";
    const { seq, head, root } = read.claims;
    return { device: read.kid, seq, hash: head, root };
  },
  "refund-ack+jwt": async (trust, token) => {
    const read = await openToken(trust, token, "refund-ack+jwt", acknowledgement);
    if (typeof read === "string" || (read.role !== "root" && read.role !== "office"))
      return "invalid";
    const { dev, seq, head, root } = read.claims;
    return { device: dev, seq, hash: head, root };
  },
  "refund-export+jwt": async (trust, token) => {
    const read = await openToken(trust, token, "refund-export+jwt", manifest);
    if (typeof read === "string") return "invalid";
    const { to, head, root } = read.claims;
    return { device: read.kid, seq: to, hash: head, root };
  },
  "refund-approve+jwt": async (trust, token) => {
    const read = await openToken(trust, token, "refund-approve+jwt", approval);
    if (typeof read === "string" || read.role !== "approver") return "invalid";
    const { dev, seq, h } = read.claims;
    return { device: dev, seq, hash: h, root: undefined };
  },
};

const plain = /^([A-Za-z0-9_-]{43})[\s:,]+(\d{1,7})[\s:,]+([A-Za-z0-9_-]{43})$/;

/** A noted mark `kid seq hash` is not signed: whoever brings it vouches for it. */
const readMark = (text: string): Pin | undefined => {
  const [, device, seq, hash] = plain.exec(text) ?? [];
  return device === undefined || seq === undefined || hash === undefined
    ? undefined
    : { device, seq: Number(seq), hash, root: undefined };
};

/** Reads one pin: a token of any kind that fixes a record, a receipt in any of its forms, or a noted mark. */
export const readPin = async (trust: Trust, text: string, device: string): Promise<PinReading> => {
  const mark = readMark(text);
  const receipt = parseReceipt(text);
  const token = receipt.ok ? receipt.value : text;
  const reader = mark === undefined ? readers[String(typeOf(token))] : undefined;
  const pin = mark ?? (await reader?.(trust, token, device)) ?? "invalid";
  return typeof pin !== "string" && pin.device !== device ? "foreign" : pin;
};

/** The pins of a text, one a line. */
export const splitPins = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
