import type * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { DeviceId, Hash, RecordRef } from "../../domain/ids.ts";
import {
  findZone,
  parseInstant,
  writeWithOffset,
  type Instant,
  type Zone,
} from "../../domain/instant.ts";
import type { EvidenceFile, GoodsLine, Personal } from "../../domain/journal-event.ts";
import type { Customer, ev, item } from "./shapes.ts";

/** Words that an event says in several kinds, and their short claim names. */

/** Whose chain is written: references go by number within it, times of the channel by its zone. */
export type Home = { readonly device: DeviceId; readonly zone: Zone };

/** The record's number in its own chain; another chain's record cannot be named by its number alone. */
export const ownSeq = (ref: RecordRef, home: Home): number => {
  if (ref.device !== home.device) throw new Error("a record of another chain needs dev and rh");
  return ref.seq;
};

/** A refund of this chain by its number, one of another by its device and hash too (refundlog.md §4). */
export const refundClaims = (ref: RecordRef, hash: Hash | undefined, home: Home) =>
  hash === undefined ? { ref: ownSeq(ref, home) } : { ref: ref.seq, dev: ref.device, rh: hash };

/** An optional reference within the own chain, as a claim of that name. */
export const givenSeq = <K extends string>(name: K, ref: RecordRef | undefined, home: Home) =>
  given(name, ref === undefined ? undefined : ownSeq(ref, home));

export const givenRef = <K extends string>(name: K, seq: number | undefined, device: DeviceId) =>
  given(name, seq === undefined ? undefined : { device, seq });

export const givenTime = <K extends string>(name: K, at: Instant | undefined, home: Home) =>
  given(name, at === undefined ? undefined : writeWithOffset(at, home.zone));

/** A time whose shape was checked. */
const readTime = (text: string): Instant => {
  const instant = parseInstant(text);
  if (!instant.ok) throw new Error("a checked time does not parse");
  return instant.value;
};

export const givenInstant = <K extends string>(name: K, text: string | undefined) =>
  given(name, text === undefined ? undefined : readTime(text));

/** The zone of a record; one that this browser does not know is shown as UTC. */
export const readZone = (name: string): Zone => findZone(name) ?? ("UTC" as Zone);

type EvidenceClaims = v.InferOutput<typeof ev>;
type LineClaims = v.InferOutput<typeof item>;

export const writeEvidence = (files: readonly EvidenceFile[]): EvidenceClaims[] =>
  files.map(({ kind, sha256, size, type }) => ({ k: kind, sha256, size, type }));

export const readEvidence = (claims: readonly EvidenceClaims[]): readonly EvidenceFile[] =>
  claims.map(({ k, sha256, size, type }) => ({ kind: k, sha256, size, type }));

export const writeLines = (lines: readonly GoodsLine[]): LineClaims[] =>
  lines.map((line) => ({
    i: line.index,
    qty: line.quantity,
    ...given("amt", line.amount),
    ...given("name", line.name),
    ...given("sku", line.sku),
    ...given("cond", line.condition),
  }));

export const readLines = (claims: readonly LineClaims[]): readonly GoodsLine[] =>
  claims.map((line) => ({
    index: line.i,
    quantity: line.qty,
    ...given("amount", line.amt),
    ...given("name", line.name),
    ...given("sku", line.sku),
    ...given("condition", line.cond),
  }));

type Extension = { readonly [name: string]: unknown } | undefined;

/** `x` with its members that have a value, or none at all: terms the format has no name for. */
export const extension = (members: { readonly [name: string]: unknown }) => {
  const told = Object.entries(members).filter(([, value]) => value !== undefined);
  return given("x", told.length === 0 ? undefined : Object.fromEntries(told));
};

export const readText = (x: Extension, name: string): string | undefined => {
  const value = x?.[name];
  return typeof value === "string" ? value : undefined;
};

export const readFlag = (x: Extension, name: string): boolean | undefined => {
  const value = x?.[name];
  return typeof value === "boolean" ? value : undefined;
};

export const readCodes = (x: Extension, name: string): readonly string[] | undefined => {
  const value = x?.[name];
  return Array.isArray(value) && value.every((one): one is string => typeof one === "string")
    ? value
    : undefined;
};

type Imported = { readonly record: RecordRef; readonly row: Hash };

/** `imp` and `row` of a statement row. */
export const writeImported = (imported: Imported | undefined, home: Home) =>
  imported === undefined ? {} : { imp: ownSeq(imported.record, home), row: imported.row };

export const readImported = (
  det: { readonly imp?: number; readonly row?: Hash },
  device: DeviceId,
): { readonly imported?: Imported } =>
  det.imp === undefined || det.row === undefined
    ? {}
    : { imported: { record: { device, seq: det.imp }, row: det.row } };

/** `cust` of a record. */
export const writePersonal = (personal: Personal): Customer => ({
  ...given("acct", personal.account),
  ...given("addr", personal.address),
  ...given("ev", personal.evidence && writeEvidence(personal.evidence)),
  ...given("mail", personal.mail),
  ...given("name", personal.name),
  ...given("payer", personal.payer),
  ...given("phone", personal.phone),
  ...given("text", personal.text),
});

export const readPersonal = (cust: Customer): Personal => ({
  ...given("account", cust.acct),
  ...given("address", cust.addr),
  ...given("evidence", cust.ev && readEvidence(cust.ev)),
  ...given("mail", cust.mail),
  ...given("name", cust.name),
  ...given("payer", cust.payer),
  ...given("phone", cust.phone),
  ...given("text", cust.text),
});
