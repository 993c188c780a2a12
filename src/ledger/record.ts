import type { DeviceId, Hash } from "../domain/ids.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Public P-256 key, these four members only (refundlog.md §3 rule 8). */
export type Jwk = {
  readonly crv: "P-256";
  readonly kty: "EC";
  readonly x: string;
  readonly y: string;
};

/** ES256 over bytes: 64 bytes r‖s; a high s is turned low by `jws.ts`. */
export type Sign = (bytes: Bytes) => Promise<Uint8Array>;

/** Plain ES256; the strict rules of refundlog.md §3 are checked before it is asked. */
export type Verify = (jwk: Jwk, signature: Bytes, bytes: Bytes) => Promise<boolean>;

/** That many bytes nobody can guess. */
export type Random = (length: number) => Uint8Array;

declare const ofRecord: unique symbol;

/** `h(r)`: base64url SHA-256 of the whole compact JWT, without disclosures. */
export type RecordHash = Hash & { readonly [ofRecord]: true };

/** Every record kind of refundlog/1, in the order of refundlog.md §4. */
export const recordKinds = [
  "genesis",
  "payment",
  "import",
  "refund",
  "decide",
  "money",
  "withdraw",
  "goods",
  "notice",
  "contact",
  "close",
  "policy",
  "staff",
  "claim",
  "export",
  "ack",
  "wit",
  "erase",
  "rotate",
  "gap",
] as const;

export type RecordKind = (typeof recordKinds)[number];

export const isRecordKind = (name: unknown): name is RecordKind =>
  recordKinds.some((kind) => kind === name);

/** One record as it is stored; `disclosures` are in wire order: det, ctx, cust. */
export type SignedRecord = {
  readonly device: DeviceId;
  readonly seq: number;
  readonly kind: RecordKind;
  readonly jwt: string;
  readonly disclosures: readonly string[];
  readonly hash: RecordHash;
};
