import * as v from "valibot";
import type { Currency } from "../../domain/currency.ts";
import type { BatchId, CaseId, DeviceId, Hash, PaymentId, StaffId } from "../../domain/ids.ts";
import { parseBusinessDate, parseInstant, type BusinessDate } from "../../domain/instant.ts";
import type { MinorUnits } from "../../domain/money.ts";
import type { RefundNumber } from "../../domain/refund-number.ts";
import { isPlainObject } from "../canonical.ts";

/** The pieces that several record kinds and tokens share: `$defs` of refundlog.schema.json under the same names. */

const integer = <T extends number>(from: number, to: number) =>
  v.custom<T>(
    (value) =>
      typeof value === "number" && Number.isSafeInteger(value) && value >= from && value <= to,
    `no integer of ${from} to ${to}`,
  );

const text = <T extends string>(pattern: RegExp) =>
  v.custom<T>(
    (value) => typeof value === "string" && pattern.test(value),
    `not like ${pattern.source}`,
  );

const hash = /^[A-Za-z0-9_-]{43}$/;
const identifier = /^[!-~]{1,64}$/;

export const h = text<Hash>(hash);
export const kid = text<DeviceId>(hash);
export const tok = text<string>(/^[A-Za-z0-9_-]{22}$/);
export const b64u = text<string>(/^[A-Za-z0-9_-]{1,4000}$/);
export const jws = text<string>(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/);
export const cur = text<Currency>(/^[A-Z]{3}$/);
export const sale = text<PaymentId>(/^[0-9A-HJKMNP-TV-Z]{16}$/);
export const no = text<RefundNumber>(/^[0-9A-Z]{16,28}$/);
export const pre = text<string>(/^[0-9A-Z]{2,8}$/);
export const sid = text<StaffId>(/^[a-z0-9-]{1,24}$/);
export const id = text<string>(identifier);
export const caseId = text<CaseId>(identifier);
export const batchId = text<BatchId>(identifier);
export const code = text<string>(/^[a-z0-9_.]{1,32}$/);
const qty = text<string>(/^(0|[1-9][0-9]{0,8})([.][0-9]{1,4})?$/);
export const mime = text<string>(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/);
export const txt = v.pipe(v.string(), v.minLength(1), v.maxLength(500));

/** A day that exists. */
export const date = v.custom<BusinessDate>(
  (value) => typeof value === "string" && parseBusinessDate(value).ok,
  "no day of the calendar",
);

const timePattern = /T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** RFC 3339 with offset; the day and the time exist. */
export const time = v.custom<string>(
  (value) => typeof value === "string" && timePattern.test(value) && parseInstant(value).ok,
  "no time of the calendar",
);

export const seq = integer(0, 9_999_999);
export const int = integer(0, Number.MAX_SAFE_INTEGER);
export const signed = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
export const amt = integer<MinorUnits>(0, 99_999_999);
export const pos = integer<MinorUnits>(1, 99_999_999);
export const ver = integer(1, 9_999_999);
export const n99 = integer(1, 99);
export const n5 = integer(1, 5);

/** One to a thousand of something. */
export const list = <const S extends v.GenericSchema>(item: S) =>
  v.pipe(v.array(item), v.minLength(1), v.maxLength(1000));

/** A free object: read by people, without meaning to a verifier. */
export const obj = v.custom<{ readonly [name: string]: unknown }>(isPlainObject, "no object");

/** An object used as a map; valibot's own record skips names like `__proto__` unseen. */
export const mapOf = <T>(name: v.GenericSchema<string>, value: v.GenericSchema<T>, most = 1000) =>
  v.custom<{ readonly [key: string]: T }>(
    (input) =>
      isPlainObject(input) &&
      Object.keys(input).length <= most &&
      Object.entries(input).every(([key, item]) => v.is(name, key) && v.is(value, item)),
    "no such map",
  );

export const pair = v.strictTuple([int, int]);
export const strs = mapOf(code, v.pipe(v.string(), v.minLength(1), v.maxLength(200)), 20);
export const sums = mapOf(cur, pair);
const tot = mapOf(cur, int);
export const rem = v.strictTuple([amt, amt]);

const isIncreasing = (values: readonly (number | string)[]): boolean =>
  values.every((value, index) => {
    const before = values[index - 1];
    return before === undefined || before < value;
  });

/** `k` names a file's use; the words are those of refundlog.md §4. */
const evidenceKinds = [
  "voucher",
  "screenshot",
  "form",
  "chat",
  "email",
  "audio",
  "photo",
  "id",
  "slip",
  "other",
] as const;

/** Strictly increasing record numbers. */
export const refs = v.pipe(
  list(seq),
  v.check((values) => isIncreasing(values), "not strictly increasing"),
);

const coordinate = text<string>(hash);
export const jwk = v.strictObject({
  crv: v.literal("P-256"),
  kty: v.literal("EC"),
  x: coordinate,
  y: coordinate,
});
export const ev = v.strictObject({
  k: v.picklist(evidenceKinds),
  sha256: h,
  size: int,
  type: mime,
});
export const item = v.strictObject({
  i: int,
  qty,
  amt: v.exactOptional(amt),
  name: v.exactOptional(txt),
  sku: v.exactOptional(id),
  cond: v.exactOptional(v.picklist(["resell", "damaged", "disposed", "not_returned"])),
});

/** `ctx` of every record; `tot` stands on refund and close and nowhere else. */
export const ctx = v.strictObject({
  app: id,
  clk: pair,
  staff: sid,
  tz: id,
  tot: v.exactOptional(tot),
});

/** `cust` of any record: everything personal, and all that people typed. */
export const cust = v.strictObject({
  acct: v.exactOptional(txt),
  addr: v.exactOptional(txt),
  ev: v.exactOptional(list(ev)),
  mail: v.exactOptional(txt),
  name: v.exactOptional(txt),
  payer: v.exactOptional(txt),
  phone: v.exactOptional(txt),
  text: v.exactOptional(txt),
});

export type Context = v.InferOutput<typeof ctx>;
export type Customer = v.InferOutput<typeof cust>;

/** Claims of every record besides its kind. */
export const common = {
  v: v.literal(1),
  _sd: v.strictTuple([h]),
  iat: int,
  prev: h,
  seq,
  trn: v.exactOptional(v.literal(true)),
};

const digests = v.pipe(
  v.array(h),
  v.minLength(1),
  v.maxLength(2),
  v.check((values) => isIncreasing(values), "not ascending"),
);

/** What every `det` may carry: the digests below it, and an extension without meaning. */
export const below = { _sd: digests, x: v.exactOptional(obj) };

/** `det` of the kinds that say all in their core. */
export const emptyDet = v.strictObject(below);

/** The optional pair that names another device's record. */
export const foreign = { dev: v.exactOptional(kid), rh: v.exactOptional(h) };

/** `dev` and `rh` stand together or not at all. */
export const pairedForeign = (claims: { readonly dev?: unknown; readonly rh?: unknown }): boolean =>
  (claims.dev === undefined) === (claims.rh === undefined);

type CommonClaim = keyof typeof common;

/** What an event says in claims: the common ones and the digests come when it is sealed. */
export type Unsealed<Core, Det> = {
  readonly core: Readonly<Omit<Core, CommonClaim>>;
  readonly det: Readonly<Omit<Det, "_sd">>;
};
