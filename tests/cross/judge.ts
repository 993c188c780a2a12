import { createHash } from "node:crypto";
import { calculateJwkThumbprint, compactVerify, importJWK, type JWK } from "jose";

/** What an outsider finds in a file with nothing but jose and a hash; empty when all is well. Shares no code with the app. */
export type Verdict = {
  readonly faults: readonly string[];
  readonly records: number;
  /** Refund numbers in the order they were recorded. */
  readonly refunds: readonly string[];
};

type Line = Readonly<Record<string, unknown>>;
type Claims = Readonly<Record<string, unknown>>;

const hash = (text: string | Uint8Array): string =>
  createHash("sha256").update(text).digest("base64url");

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
};

const readStrict = (text: string, where: string): Line => {
  const value: unknown = JSON.parse(text);
  if (JSON.stringify(sorted(value)) !== text) throw new Error(`${where}: not canonical`);
  return value as Line;
};

const decode = (part: string, where: string): string => {
  const bytes = Buffer.from(part, "base64url");
  if (bytes.toString("base64url") !== part) throw new Error(`${where}: base64url`);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
};

const text = (line: Line, name: string): string => {
  const value = line[name];
  if (typeof value !== "string") throw new Error(`no ${name}`);
  return value;
};

type Key = { readonly kid: string; readonly key: Awaited<ReturnType<typeof importJWK>> };

const readKey = async (lines: readonly Line[], device: string): Promise<Key> => {
  for (const { t, jwk } of lines) {
    if (t !== "key") continue;
    if ((await calculateJwkThumbprint(jwk as JWK)) === device)
      return { kid: device, key: await importJWK(jwk as JWK, "ES256") };
  }
  throw new Error("no key of the device");
};

const verifyJws = async (
  jws: string,
  key: Key,
  { typ, where }: { readonly typ: string; readonly where: string },
): Promise<Claims> => {
  const [head = "", body = "", signature = ""] = jws.split(".");
  const header = readStrict(decode(head, where), `${where} header`);
  if (header["alg"] !== "ES256" || header["kid"] !== key.kid || header["typ"] !== typ)
    throw new Error(`${where}: header`);
  if (Buffer.from(signature, "base64url").toString("base64url") !== signature)
    throw new Error(`${where}: signature spelling`);
  await compactVerify(jws, key.key, { algorithms: ["ES256"] });
  return readStrict(decode(body, where), `${where} claims`);
};

/** Every disclosure must be named by a digest that is signed, or by one that such a disclosure names. */
const checkDisclosures = (claims: Claims, disclosures: readonly string[], where: string): void => {
  const named = new Set(claims["_sd"] as readonly string[]);
  const [salt = "", ...others] = disclosures;
  const opened = JSON.parse(decode(salt, where)) as readonly [string, string, Line];
  if (!named.has(hash(salt)) || opened[1] !== "det") throw new Error(`${where}: det`);
  const below = new Set(opened[2]["_sd"] as readonly string[]);
  for (const other of others)
    if (!below.delete(hash(other))) throw new Error(`${where}: a disclosure that nobody signed`);
};

const checkRecords = async (lines: readonly Line[], key: Key, head: Line) => {
  const refunds: string[] = [];
  let previous: string | undefined;
  let seq = Number(head["from"]);
  for (const line of lines.filter(({ t }) => t === "rec")) {
    const where = `record ${seq}`;
    const jws = text(line, "j");
    const claims = await verifyJws(jws, key, { typ: "refund+sd-jwt", where });
    checkDisclosures(claims, line["d"] as readonly string[], where);
    if (claims["seq"] !== seq) throw new Error(`${where}: numbered ${String(claims["seq"])}`);
    if (previous !== undefined && claims["prev"] !== previous) throw new Error(`${where}: prev`);
    if (claims["kind"] === "refund") refunds.push(text(claims, "no"));
    previous = hash(jws);
    seq++;
  }
  if (previous === undefined || seq - 1 !== head["to"]) throw new Error("records missing");
  return { newest: previous, refunds };
};

const checkManifest = async (bytes: Uint8Array, key: Key, last: string, head: string) => {
  const end = readStrict(last, "last line");
  const claims = await verifyJws(text(end, "j"), key, { typ: "refund-export+jwt", where: "end" });
  const before = bytes.subarray(0, bytes.length - Buffer.byteLength(last) - 1);
  if (end["t"] !== "end" || Object.keys(end).length !== 2) throw new Error("end: form");
  if (claims["bytes"] !== before.length) throw new Error("end: bytes");
  if (claims["sha256"] !== hash(before)) throw new Error("end: sha256");
  if (claims["head"] !== head) throw new Error("end: head");
};

const judgeOrThrow = async (bytes: Uint8Array): Promise<Omit<Verdict, "faults">> => {
  const whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  if (!whole.endsWith("\n")) throw new Error("no final line feed");
  const texts = whole.slice(0, -1).split("\n");
  const lines = texts.map((one, index) => readStrict(one, `line ${index + 1}`));
  const [head] = lines;
  if (head?.["t"] !== "head" || head["fmt"] !== "refundlog/1") throw new Error("head");
  const key = await readKey(lines, text(head, "dev"));
  const { newest, refunds } = await checkRecords(lines, key, head);
  await checkManifest(bytes, key, texts.at(-1) ?? "", newest);
  return { records: lines.filter(({ t }) => t === "rec").length, refunds };
};

/** Checks every signature, the chain, every disclosure and the manifest. */
export const judge = async (bytes: Uint8Array): Promise<Verdict> => {
  try {
    return { faults: [], ...(await judgeOrThrow(bytes)) };
  } catch (error) {
    return { faults: [String(error)], records: 0, refunds: [] };
  }
};
