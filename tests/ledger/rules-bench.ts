import type { Hash } from "../../src/domain/ids.ts";
import { hashBytes, toBytes } from "../../src/ledger/base64url.ts";
import { writeStrict, type JsonObject } from "../../src/ledger/canonical.ts";
import { makeDisclosures } from "../../src/ledger/disclosure.ts";
import { hashJwt, makeJws, type TokenType } from "../../src/ledger/jws.ts";
import { appendLeaf, emptyEdge, leafHash, rootOf } from "../../src/ledger/merkle.ts";
import type { RecordKind } from "../../src/ledger/record.ts";
import type { Roots } from "../../src/ledger/trust-ring.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import type { VerifyReport } from "../../src/ledger/verify-report.ts";
import type { VerifyInput } from "../../src/ledger/verify-session.ts";
import { aKey, random, verify, type TestKey } from "../support/crypto.ts";

/** A holder of every key who may write whatever he likes: the attacker of refundlog.md §21.3. */
export type Bench = {
  readonly root: TestKey;
  readonly till: TestKey;
  readonly phone: TestKey;
  readonly office: TestKey;
  readonly owner: TestKey;
  readonly passkey: TestKey;
  readonly keys: { cert: string; jwk: unknown }[];
  readonly records: Written[];
  readonly tail: JsonObject[];
  readonly totals: Map<string, number>;
  refunds: number;
};

type Written = { readonly j: string; readonly d: readonly string[]; readonly hash: string };

export const start = 1_767_600_000;

export type Circumstances = {
  readonly staff?: string;
  readonly trn?: true;
  readonly payload?: JsonObject;
  readonly ctx?: JsonObject;
  readonly cust?: JsonObject;
};

export const enrol = (bench: Pick<Bench, "root">, key: TestKey, claims: JsonObject) =>
  makeJws(
    "refund-enrol+jwt",
    { exp: start + 63_072_000, iat: start - 600, label: "T7", sub: key.kid, v: 1, ...claims },
    bench.root,
  );

const totalsOf = (bench: Bench, core: JsonObject, { trn }: Circumstances): JsonObject => {
  if (core["kind"] === "refund" && trn === undefined)
    bench.totals.set(
      String(core["cur"]),
      (bench.totals.get(String(core["cur"])) ?? 0) + Number(core["amt"]),
    );
  const bears = core["kind"] === "refund" || core["kind"] === "close";
  return bears ? { tot: Object.fromEntries(bench.totals) } : {};
};

/** Appends a record and tells its number. */
export const add = async (
  bench: Bench,
  core: JsonObject & { readonly kind: RecordKind },
  det: JsonObject = {},
  at: Circumstances = {},
): Promise<number> => {
  const seq = bench.records.length;
  const ctx = {
    app: "test",
    clk: [1, seq * 37_000],
    staff: at.staff ?? "s2",
    tz: "Asia/Shanghai",
    ...totalsOf(bench, core, at),
    ...at.ctx,
  };
  const { sd, disclosures } = makeDisclosures({ det, ctx, cust: at.cust }, random);
  const payload = {
    ...core,
    ...(at.trn === undefined ? {} : { trn: at.trn }),
    _sd: sd,
    iat: start + seq * 37,
    prev: bench.records.at(-1)?.hash ?? bench.till.kid,
    seq,
    v: 1,
    ...at.payload,
  };
  const j = await makeJws("refund+sd-jwt", payload, bench.till);
  bench.records.push({ j, d: disclosures, hash: hashJwt(j) });
  return seq;
};

/** Keys and certificates, and no record yet. */
export const aBareBench = async (): Promise<Bench> => {
  const [root, till, phone, office, owner, passkey] = await Promise.all(
    Array.from({ length: 6 }, aKey),
  );
  if (!root || !till || !phone || !office || !owner || !passkey) throw new Error("six keys");
  const bench: Bench = {
    root,
    till,
    phone,
    office,
    owner,
    passkey,
    keys: [],
    records: [],
    tail: [],
    totals: new Map(),
    refunds: 0,
  };
  const roles = [
    [till, { role: "device", pre: "R7K2Q4", max: 5000, cur: "CNY" }],
    [phone, { role: "approver", max: 100_000, cur: "CNY", sid: "s1" }],
    [office, { role: "office" }],
  ] as const;
  for (const [key, claims] of roles)
    bench.keys.push({ cert: await enrol(bench, key, claims), jwk: key.jwk });
  return bench;
};

/** The first record of the till, and what it continues. */
export const addGenesis = async (bench: Bench, more: JsonObject = {}): Promise<void> => {
  const shop = { cur: "CNY", name: "张记小吃", tz: "Asia/Shanghai" };
  await add(
    bench,
    { kind: "genesis", jwk: bench.till.jwk, label: "T7", pre: "R7K2Q4", ...more },
    { shop },
    { staff: "sys" },
  );
};

export const claimsOf = (bench: Bench, seq: number): JsonObject =>
  JSON.parse(
    Buffer.from(bench.records[seq]?.j.split(".")[1] ?? "", "base64url").toString(),
  ) as JsonObject;

export const token = (typ: TokenType, claims: JsonObject, key: TestKey) =>
  makeJws(typ, claims, key);

export const rootAt = (bench: Bench, seq: number): Hash =>
  rootOf(
    bench.records
      .slice(0, seq + 1)
      .map(({ j }) => leafHash(j))
      .reduce(appendLeaf, emptyEdge),
  );

type RecordText = { readonly j: string; readonly d: readonly string[] };

export type FileOptions = {
  readonly from?: number;
  readonly head?: JsonObject;
  readonly manifest?: JsonObject;
  readonly records?: (all: readonly RecordText[]) => readonly RecordText[];
  readonly attachments?: readonly JsonObject[];
  readonly signer?: TestKey;
  /** Who makes the export record; the owner s1 unless told otherwise. */
  readonly exporter?: string;
  /** Changes the finished text before the manifest is made. */
  readonly edit?: (lines: string[]) => string[];
};

const xid = "KLba6s7ilXERDUH7OLbMqg";

/** Writes the file with an export record at its end; a manifest of what it holds, unless told otherwise. */
export const writeFile = async (bench: Bench, options: FileOptions = {}): Promise<Uint8Array> => {
  const to = await add(bench, { kind: "export", xid }, {}, { staff: options.exporter ?? "s1" });
  const { from = 0 } = options;
  const all = bench.records.slice(from).map(({ j, d }) => ({ j, d }));
  const records = options.records?.(all) ?? all;
  const created = start + to * 37;
  const head = {
    created,
    dev: bench.till.kid,
    fmt: "refundlog/1",
    from,
    omit: [],
    t: "head",
    to,
    xid,
  };
  const lines = [
    { ...head, ...options.head },
    ...bench.keys.map((key) => ({ ...key, t: "key" })),
    ...records.map(({ j, d }) => ({ d, j, t: "rec" })),
    ...bench.tail,
    ...(options.attachments ?? []),
  ].map((line) => writeStrict(line));
  const text = `${(options.edit ?? ((same) => same))(lines).join("\n")}\n`;
  const edge = bench.records
    .slice(0, from)
    .map(({ j }) => leafHash(j))
    .reduce(appendLeaf, emptyEdge);
  const manifest = {
    att: options.attachments?.length ?? 0,
    bytes: toBytes(text).length,
    edge: [...edge.hashes],
    from,
    head: bench.records[to]?.hash,
    iat: created,
    rec: to - from + 1,
    root: rootAt(bench, to),
    sha256: hashBytes(toBytes(text)),
    to,
    v: 1,
    xid,
    ...options.manifest,
  };
  const j = await makeJws("refund-export+jwt", manifest, options.signer ?? bench.till);
  return toBytes(`${text}${writeStrict({ j, t: "end" })}\n`);
};

export const rootsOf = (bench: Bench): Roots => new Map([[bench.root.kid, bench.root.jwk]]);

export const judge = async (
  bench: Bench,
  source: Uint8Array,
  more: Partial<VerifyInput> = {},
): Promise<VerifyReport> => {
  const report = await verifyRefundlog({ source, verify, roots: rootsOf(bench), ...more });
  if (!report.ok) throw new Error("nobody cancelled");
  return report.value;
};

export const codesOf = ({ findings }: VerifyReport): readonly string[] => [
  ...new Set(findings.map(({ code }) => code)),
];
