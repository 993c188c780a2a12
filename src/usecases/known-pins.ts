import type { DeviceId } from "../domain/ids.ts";
import { secondsOf } from "../domain/instant.ts";
import type { Result } from "../domain/result.ts";
import { peekPayload } from "../ledger/jws.ts";
import { tokenReaders } from "../ledger/open-tokens.ts";
import { parseLine, type LineOf } from "../ledger/parse-refundlog.ts";
import type { Acknowledgement, WitnessStatement } from "../ledger/tokens.ts";
import { highest, lowest } from "../storage/paging.ts";
import { findRecord } from "../storage/queries.ts";
import type { TokenRow } from "../storage/rows.ts";
import { tokensOfKind } from "../storage/tokens.ts";
import type { Deps } from "./deps.ts";
import { knownKeys, type KeysDeps, type KnownKeys } from "./known-keys.ts";
import { openSigned, type Signed, type SignedFault } from "./open-signed.ts";

const headBytes = 4096;

/** The first line of a file, which names its device and its number; undefined where it is no file of records. */
export const readFileHead = async (file: Blob) => {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const end = bytes.indexOf(10);
  const line = parseLine({ number: 1, bytes: bytes.subarray(0, end + 1), isTerminated: true });
  return line.ok && line.line.t === "head" ? line.line : undefined;
};

/** Clocks of two devices differ by so much at most, else a person sets them right. */
const slack = 300;

/** One thing that was seen of a chain, and the second of that chain's own clock before which it was surely there. */
type Sighting = {
  readonly text: string;
  readonly seq: number;
  readonly by: number;
  /** Written down here or in a merged journal, not only signed or held. */
  readonly isSeen: boolean;
};

const iatOf = ({ token }: TokenRow): number => {
  const { iat } = peekPayload(token, "refund-cp+jwt") ?? {};
  return typeof iat === "number" ? iat : 0;
};

/** A noted mark: whoever brings it vouches for it. */
const mark = (device: string, seq: number, head: string): string => `${device} ${seq} ${head}`;

/** Sightings in the journals here as noted marks, and checkpoints that were kept. */
const sightingsOf = async (
  { journal: { db } }: Pick<Deps, "journal">,
  device: DeviceId,
): Promise<readonly Sighting[]> => {
  const seen = await db.witnessed
    .where("[device+seq]")
    .between([device, lowest], [device, highest])
    .toArray();
  const marks = seen.map(({ seq, head, at }) => ({
    text: mark(device, seq, head),
    seq,
    by: secondsOf(at) + slack,
    isSeen: true,
  }));
  const checkpoints = (await tokensOfKind(db, "cp", device)).map((row) => ({
    text: row.token,
    seq: row.seq,
    by: iatOf(row),
    isSeen: false,
  }));
  return [...marks, ...checkpoints];
};

/** Where the records of that chain end that were merged here; a device bears nothing out of its own. */
const mergedHead = async (
  { journal, device: own }: Pick<Deps, "journal" | "device">,
  device: DeviceId,
): Promise<readonly Sighting[]> => {
  const held = device === own ? undefined : await journal.db.heads.get(device);
  if (held === undefined) return [];
  const { seq, hash, iat } = held;
  return [{ text: mark(device, seq, hash), seq, by: iat, isSeen: false }];
};

/** What a file is held against, and whether the device was seen again after the file left. */
export type KnownPins = { readonly pins: readonly string[]; readonly younger: boolean };

/**
 * Everything this device knows that a file must bear out, so that a cut or a fork shows without anybody typing it. What
 * was seen after the file left cannot be missing from it; a device that was rolled back writes its file later than that.
 */
export const pinsFor = async (
  deps: Pick<Deps, "journal" | "device">,
  file: Blob,
): Promise<KnownPins> => {
  const head = await readFileHead(file);
  if (head === undefined) return { pins: [], younger: false };
  const merged = await mergedHead(deps, head.dev);
  return heldAgainst(head, [...(await sightingsOf(deps, head.dev)), ...merged]);
};

/** A mark of the very record that is here: a merge lays the file beside that record itself. */
const isHeldHere = async (
  { journal: { db } }: Pick<Deps, "journal">,
  device: DeviceId,
  { text, seq }: Sighting,
): Promise<boolean> => {
  const record = await findRecord(db, { device, seq });
  return record !== undefined && text === mark(device, seq, record.hash);
};

/** The same for a merge, which compares the records here one by one and keeps what forks. */
export const sightingsFor = async (
  deps: Pick<Deps, "journal">,
  file: Blob,
): Promise<readonly string[]> => {
  const head = await readFileHead(file);
  if (head === undefined) return [];
  const all = await sightingsOf(deps, head.dev);
  const compared = await Promise.all(
    all.map(async (one) => one.seq <= head.to && (await isHeldHere(deps, head.dev, one))),
  );
  return heldAgainst(
    head,
    all.filter((_, index) => compared[index] !== true),
  ).pins;
};

const heldAgainst = (head: LineOf<"head">, all: readonly Sighting[]): KnownPins => {
  const told = all.filter(({ seq, by }) => seq <= head.to || by < head.created);
  const pins = [...new Set(told.map(({ text }) => text))];
  const younger = all.some((one) => one.isSeen && !told.includes(one));
  return { pins, younger };
};

type Reader<T> = (keys: KnownKeys, text: string) => Promise<Result<Signed<T>, SignedFault>>;

const openStatement: Reader<WitnessStatement> = (keys, text) =>
  openSigned(keys, text, tokenReaders.statement, ["device", "approver"]);

const openAck: Reader<Acknowledgement> = (keys, text) =>
  openSigned(keys, text, tokenReaders.acknowledgement, ["root", "office"]);

const spellPin = async (keys: KnownKeys, text: string): Promise<string> => {
  const statement = await openStatement(keys, text);
  if (statement.ok && statement.value.by.kid !== statement.value.claims.k) {
    const { k, s, head } = statement.value.claims;
    return mark(k, s, head);
  }
  const ack = await openAck(keys, text);
  return ack.ok ? mark(ack.value.claims.dev, ack.value.claims.seq, ack.value.claims.head) : text;
};

/**
 * Pins that a person brought, as a file can be held against them: what a key of this shop signed is noted as a mark, as
 * the file need not carry that key.
 */
export const spellPins = async (
  deps: KeysDeps,
  texts: readonly string[],
): Promise<readonly string[]> => {
  const keys = await knownKeys(deps);
  return Promise.all(texts.map((text) => spellPin(keys, text)));
};
