import { checkCharacter } from "../../src/domain/refund-number.ts";
import { encodeBase64url, hashBytes, hashText, toBytes } from "../../src/ledger/base64url.ts";
import { canonicalize, type JsonObject } from "../../src/ledger/canonical.ts";
import { makeJws } from "../../src/ledger/jws.ts";
import { saleOf } from "../../src/ledger/sale-key.ts";
import { sha256 } from "../../src/ledger/sha256.ts";
import { aKey } from "../support/crypto.ts";
import {
  aBareBench,
  add,
  addGenesis,
  claimsOf,
  start,
  type Bench,
  type Circumstances,
} from "./rules-bench.ts";

export const policyDocument = { approve_over: 3000, window_days: 7 };
const policyHash = hashText(canonicalize(policyDocument));

/** What every test shop has: an owner s1, a clerk s2, a lead s3, a policy, an import. */
export const places = { genesis: 0, owner: 1, clerk: 2, lead: 3, passkey: 4, policy: 5, import: 6 };

export const aBench = async (genesis: JsonObject = {}): Promise<Bench> => {
  const bench = await aBareBench();
  await addGenesis(bench, genesis);
  await add(
    bench,
    { kind: "staff", sid: "s1", op: "added", jwk: bench.owner.jwk },
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
    { kind: "staff", sid: "s3", op: "added", jwk: bench.owner.jwk },
    { role: "lead", max: 3000 },
    { staff: "s1" },
  );
  await add(
    bench,
    { kind: "staff", sid: "s1", op: "passkey_set", jwk: bench.passkey.jwk, cid: "Y3JlZA" },
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
  return {
    seq,
    key: ["transaction_id", number],
    sale: typeof core["sale"] === "string" ? core["sale"] : sale,
    amt: Number(core["amt"] ?? 6800),
  };
};

export const aNumber = (bench: Bench): string => {
  for (;;) {
    const body = `R7K2Q4${String(++bench.refunds).padStart(9, "0")}`;
    return body + checkCharacter(body);
  }
};

/** What a refund needs to know of its payment, and in which circumstances it is recorded. */
type Paid = {
  readonly seq: number;
  readonly sale: string;
  readonly amt: number;
  readonly at?: Circumstances;
};

/** A partial refund of ¥20.00 that needs no approval. */
export const aRefund = async (
  bench: Bench,
  payment: Paid,
  core: JsonObject = {},
  det: JsonObject = {},
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
    payment.at,
  );
};

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
export const told = (bench: Bench, ref: number, st: string, det: JsonObject = {}) =>
  add(
    bench,
    { kind: "money", st, by: "row", refs: [ref] },
    { imp: places.import, row: hashText(`row ${bench.records.length}`), ...det },
  );

export const anAttachment = (bytes: Uint8Array, type = "image/png") => ({
  line: { b64: encodeBase64url(bytes), sha256: hashBytes(bytes), t: "att", type },
  ev: { k: "slip", sha256: hashBytes(bytes), size: bytes.length, type },
});
