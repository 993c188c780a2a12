import * as v from "valibot";
import { amt, cur, h, id, int, jwk, kid, no, pre, seq, sid, tok, txt } from "./kinds/shapes.ts";

/** Payload shapes of every token but the record: `token_NAME` of refundlog.schema.json. */

const version = v.literal(1);
const most = 1000;

/** Certificate of a key, signed by the shop's root. */
export const enrolment = v.pipe(
  v.strictObject({
    exp: int,
    iat: int,
    label: txt,
    role: v.picklist(["device", "approver", "office"]),
    sub: kid,
    v: version,
    cur: v.exactOptional(cur),
    max: v.exactOptional(amt),
    pre: v.exactOptional(pre),
    sid: v.exactOptional(sid),
  }),
  v.check((claims) => (claims.role === "device") === (claims.pre !== undefined), "pre with role"),
  v.check((claims) => (claims.cur === undefined) === (claims.max === undefined), "cur with max"),
);

/** What a new device asks for: its key, its name, and the nonce that its shop gave it. */
export const enrolRequest = v.strictObject({ iat: int, jwk, label: txt, nonce: id, v: version });

/** Approval of one refund record by another key (refundlog.md §9): the intent, `iat` and perhaps `exp`. */
export const approval = v.strictObject({
  amt,
  cur,
  dev: kid,
  h,
  iat: int,
  k: int,
  no,
  on: v.picklist(["refund", "recall", "conflict", "reopen"]),
  res: v.picklist(["approve", "reject"]),
  seq,
  v: version,
  exp: v.exactOptional(int),
});

export const checkpoint = v.strictObject({
  head: h,
  iat: int,
  nonce: id,
  root: h,
  seq,
  v: version,
});

/** What the scanning device states about another chain's head. */
export const witnessStatement = v.strictObject({
  head: h,
  iat: int,
  k: kid,
  s: seq,
  v: version,
  cp: v.exactOptional(h),
});

const findingCode = v.pipe(v.string(), v.regex(/^[EWF]_[A-Z0-9_]+$/));

export const acknowledgement = v.strictObject({
  dev: kid,
  head: h,
  iat: int,
  root: h,
  seq,
  v: version,
  flags: v.exactOptional(v.pipe(v.array(v.strictTuple([seq, findingCode])), v.maxLength(most))),
  status: v.exactOptional(h),
  xid: v.exactOptional(tok),
});

const revocation = v.strictObject({
  h,
  kid,
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(-1), v.maxValue(9_999_999)),
  why: v.picklist(["stolen", "lost", "retired"]),
});

/** From when a key's records no longer count. */
export type Revocation = v.InferOutput<typeof revocation>;

/** Revoked keys, each with the last record that still counts (refundlog.md §8). */
export const statusList = v.strictObject({
  iat: int,
  list: v.pipe(v.array(revocation), v.maxLength(most)),
  v: version,
});

/** Manifest of an export file: its last line. */
export const manifest = v.strictObject({
  att: int,
  bytes: int,
  edge: v.pipe(v.array(h), v.maxLength(most)),
  from: seq,
  head: h,
  iat: int,
  rec: int,
  root: h,
  sha256: h,
  to: seq,
  v: version,
  xid: tok,
});

export type Enrolment = v.InferOutput<typeof enrolment>;
export type Approval = v.InferOutput<typeof approval>;
export type Checkpoint = v.InferOutput<typeof checkpoint>;
export type WitnessStatement = v.InferOutput<typeof witnessStatement>;
export type Acknowledgement = v.InferOutput<typeof acknowledgement>;
export type StatusList = v.InferOutput<typeof statusList>;
export type Manifest = v.InferOutput<typeof manifest>;
