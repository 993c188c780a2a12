import { sha256 } from "@noble/hashes/sha2.js";
import type { Hash } from "../../src/domain/ids.ts";
import { checkCharacter } from "../../src/domain/refund-number.ts";
import { encodeBase64url, hashBytes, hashText, toBytes } from "../../src/ledger/base64url.ts";
import { canonicalize, writeStrict, type JsonObject } from "../../src/ledger/canonical.ts";
import { makeDisclosures } from "../../src/ledger/disclosure.ts";
import { hashJwt, makeJws, type TokenType } from "../../src/ledger/jws.ts";
import { appendLeaf, emptyEdge, leafHash, rootOf } from "../../src/ledger/merkle.ts";
import type { RecordKind } from "../../src/ledger/record.ts";
import { saleOf } from "../../src/ledger/sale-key.ts";
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

export type Written = { readonly j: string; readonly d: readonly string[]; readonly hash: string };

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

export const policyDocument = { approve_over: 3000, window_days: 7 };
const policyHash = hashText(canonicalize(policyDocument));

/** What every test shop has: an owner s1, a clerk s2, a lead s3, a policy, an import. */
export const places = { genesis: 0, owner: 1, clerk: 2, lead: 3, passkey: 4, policy: 5, import: 6 };

export const aBench = async (): Promise<Bench> => {
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
  const shop = { cur: "CNY", name: "张记小吃", tz: "Asia/Shanghai" };
  await add(
    bench,
    { kind: "genesis", jwk: till.jwk, label: "T7", pre: "R7K2Q4" },
    { shop },
    { staff: "sys" },
  );
  await add(
    bench,
    { kind: "staff", sid: "s1", op: "added", jwk: owner.jwk },
    { role: "owner" },
    { staff: "sys" },
  );
  await add(
    bench,
    { kind: "staff", sid: "s2", op: "added", jwk: (await aKey()).jwk },
    { role: "clerk", max: 5000, grant: ["export", "result"] },
    { staff: "s1" },
  );
  await add(
    bench,
    { kind: "staff", sid: "s3", op: "added", jwk: owner.jwk },
    { role: "lead", max: 3000 },
    { staff: "s1" },
  );
  await add(
    bench,
    { kind: "staff", sid: "s1", op: "passkey_set", jwk: passkey.jwk, cid: "Y3JlZA" },
    {},
    { staff: "s1" },
  );
  await add(
    bench,
    { kind: "policy", pol: policyHash, ver: 1, what: "policy" },
    { doc: policyDocument },
    { staff: "s1" },
  );
  await add(
    bench,
    { kind: "import", file: hashText("file"), n: 3 },
    { acq: "wechatpay", fmt: "trade", sums: { CNY: [9000, 0] } },
  );
  return bench;
};

/** A payment of ¥68.00 whose key is derived from a number of its own. */
export const aPayment = async (
  bench: Bench,
  core: JsonObject = {},
  det: JsonObject = {},
  at: Circumstances = {},
) => {
  const number = `4200${String(bench.records.length).padStart(8, "0")}`;
  const sale = saleOf("wechatpay", { name: "transaction_id", number });
  const seq = await add(
    bench,
    { kind: "payment", amt: 6800, cur: "CNY", sale, src: "scan", st: "paid", ...core },
    { acq: "wechatpay", ch: "wechat", grade: "B", key: ["transaction_id", number], ...det },
    at,
  );
  return { seq, sale: String(core["sale"] ?? sale), amt: Number(core["amt"] ?? 6800), det };
};

export const aNumber = (bench: Bench): string => {
  for (;;) {
    const body = `R7K2Q4${String(++bench.refunds).padStart(9, "0")}`;
    return body + checkCharacter(body);
  }
};

/** A partial refund of ¥20.00 that needs no approval. */
export const aRefund = async (
  bench: Bench,
  payment: { readonly seq: number; readonly sale: string; readonly amt: number },
  core: JsonObject = {},
  det: JsonObject = {},
  at: Circumstances = {},
): Promise<number> => {
  const amt = Number(core["amt"] ?? 2000);
  return await add(
    bench,
    {
      kind: "refund",
      amt,
      cur: "CNY",
      mode: "referenced",
      no: aNumber(bench),
      rem: [payment.amt, payment.amt - amt],
      sale: payment.sale,
      try: 1,
      type: amt === payment.amt ? "full" : "partial",
      ...core,
    },
    {
      acq: "wechatpay",
      case: `C${bench.records.length}`,
      dst: "original",
      ev: [],
      pay: payment.seq,
      org: { total: payment.amt },
      pol: { h: policyHash, seq: places.policy },
      rsn: "faulty",
      ...det,
    },
    at,
  );
};

export const claimsOf = (bench: Bench, seq: number): JsonObject =>
  JSON.parse(
    Buffer.from(bench.records[seq]?.j.split(".")[1] ?? "", "base64url").toString(),
  ) as JsonObject;

const intentOf = (bench: Bench, ref: number, over: JsonObject): JsonObject => {
  const { amt, cur, no } = claimsOf(bench, ref);
  const h = bench.records[ref]?.hash;
  const dev = bench.till.kid;
  return { amt, cur, dev, h, k: 0, no, on: "refund", res: "approve", seq: ref, v: 1, ...over };
};

/** An approval as the owner's phone, or the owner's PIN key, signs it. */
export const anApproval = (bench: Bench, ref: number, over: JsonObject = {}, key = bench.phone) =>
  makeJws(
    "refund-approve+jwt",
    { ...intentOf(bench, ref, over), iat: start + ref * 37, ...pick(over, "iat", "exp") },
    key,
  );

const pick = (from: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));

/** Decides on a refund by the owner's phone. */
export const decide = async (
  bench: Bench,
  ref: number,
  over: JsonObject = {},
  at: Circumstances = {},
): Promise<number> => {
  const res = over["res"] ?? "approve";
  return await add(
    bench,
    { kind: "decide", on: over["on"] ?? "refund", m: "device", res, ref },
    { apr: await anApproval(bench, ref, over), ...(res === "reject" ? { rsn: "no_proof" } : {}) },
    at,
  );
};

const integerOf = (bytes: Uint8Array): readonly number[] => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = [...bytes.subarray(first)];
  return (digits[0] ?? 0) > 127 ? [0, ...digits] : digits;
};

/** A passkey assertion of the owner over an intent. */
export const anAssertion = async (bench: Bench, ref: number, flags = 5): Promise<JsonObject> => {
  const challenge = hashText(canonicalize(intentOf(bench, ref, {})));
  const client = toBytes(JSON.stringify({ type: "webauthn.get", challenge, origin: "https://x" }));
  const ad = new Uint8Array([...sha256(toBytes("x")), flags, 0, 0, 0, 0]);
  const raw = await bench.passkey.sign(new Uint8Array([...ad, ...sha256(client)]));
  const [r, s] = [integerOf(raw.subarray(0, 32)), integerOf(raw.subarray(32))];
  const body = [2, r.length, ...r, 2, s.length, ...s];
  const sig = new Uint8Array([48, body.length, ...body]);
  const [adText, cd, sigText] = [ad, client, sig].map(encodeBase64url);
  return { ad: adText, cd, cid: "Y3JlZA", rp: "x", sig: sigText };
};

export const aBatch = (amt: number, rows = 1) => ({
  batch: { cur: "CNY", fmt: "csv", id: "B1", rows, sum: amt },
});

/** Takes one refund out in a batch that was shared. */
export const exported = (bench: Bench, ref: number, det: JsonObject = {}, at: Circumstances = {}) =>
  add(
    bench,
    { kind: "money", st: "exported", by: "file", refs: [ref], file: hashText("batch") },
    { ...aBatch(Number(claimsOf(bench, ref)["amt"])), out: "shared", ...det },
    at,
  );

/** A result from a statement row. */
export const told = (
  bench: Bench,
  ref: number,
  st: string,
  det: JsonObject = {},
  core: JsonObject = {},
) =>
  add(
    bench,
    { kind: "money", st, by: "row", refs: [ref], ...core },
    { imp: places.import, row: hashText(`row ${bench.records.length}`), ...det },
  );

export const token = (typ: TokenType, claims: JsonObject, key: TestKey) =>
  makeJws(typ, claims, key);

export const rootAt = (bench: Bench, seq: number): Hash =>
  rootOf(
    bench.records
      .slice(0, seq + 1)
      .map(({ j }) => leafHash(j))
      .reduce(appendLeaf, emptyEdge),
  );

export const anAttachment = (bytes: Uint8Array, type = "image/png") => ({
  line: { b64: encodeBase64url(bytes), sha256: hashBytes(bytes), t: "att", type },
  ev: { k: "slip", sha256: hashBytes(bytes), size: bytes.length, type },
});

export type RecordText = { readonly j: string; readonly d: readonly string[] };

export type FileOptions = {
  readonly from?: number;
  readonly head?: JsonObject;
  readonly manifest?: JsonObject;
  readonly records?: (all: readonly RecordText[]) => readonly RecordText[];
  readonly attachments?: readonly JsonObject[];
  readonly signer?: TestKey;
  /** Changes the finished text before the manifest is made. */
  readonly edit?: (lines: string[]) => string[];
};

const xid = "KLba6s7ilXERDUH7OLbMqg";

/** Writes the file with an export record at its end; a manifest of what it holds, unless told otherwise. */
export const writeFile = async (bench: Bench, options: FileOptions = {}): Promise<Uint8Array> => {
  const to = await add(bench, { kind: "export", xid }, {}, { staff: "s1" });
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
