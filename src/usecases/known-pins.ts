import type { DeviceId } from "../domain/ids.ts";
import { secondsOf } from "../domain/instant.ts";
import type { Result } from "../domain/result.ts";
import { parseJws, readPayload } from "../ledger/jws.ts";
import { tokenReaders } from "../ledger/open-tokens.ts";
import { parseLine } from "../ledger/parse-refundlog.ts";
import type { Acknowledgement, WitnessStatement } from "../ledger/tokens.ts";
import { highest, lowest } from "../storage/paging.ts";
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

/** One thing that was seen of a chain, and the second at which it was seen. */
type Sighting = { readonly text: string; readonly seq: number; readonly at: number };

const iatOf = ({ token }: TokenRow): number => {
  const jws = parseJws(token, "refund-cp+jwt");
  const payload = jws.ok ? readPayload(jws.value.payload) : undefined;
  const iat = payload?.ok === true ? payload.value["iat"] : undefined;
  return typeof iat === "number" ? iat : 0;
};

/** A noted mark: whoever brings it vouches for it. */
const mark = (device: string, seq: number, head: string): string => `${device} ${seq} ${head}`;

/** Sightings in the journals here as noted marks, checkpoints that were kept, and the records that were merged. */
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
    at: secondsOf(at),
  }));
  const checkpoints = (await tokensOfKind(db, "cp", device)).map((row) => ({
    text: row.token,
    seq: row.seq,
    at: iatOf(row),
  }));
  const held = await db.heads.get(device);
  const merged =
    held === undefined
      ? []
      : [{ text: mark(device, held.seq, held.hash), seq: held.seq, at: held.iat }];
  return [...marks, ...checkpoints, ...merged];
};

/** Clocks of two devices differ by so much at most, else a person sets them right. */
const slack = 300;

/** What a file is held against, and how many sightings are younger than the file and say nothing about it. */
export type KnownPins = { readonly pins: readonly string[]; readonly younger: number };

/**
 * Everything this device knows that a file must bear out, so that a cut or a fork shows without anybody typing it. What
 * was seen after the file left cannot be missing from it; a device that was rolled back writes its file later than that.
 */
export const pinsFor = async (deps: Pick<Deps, "journal">, file: Blob): Promise<KnownPins> => {
  const head = await readFileHead(file);
  if (head === undefined) return { pins: [], younger: 0 };
  const all = await sightingsOf(deps, head.dev);
  const told = all.filter(({ seq, at }) => seq <= head.to || at <= head.created + slack);
  const pins = [...new Set(told.map(({ text }) => text))];
  return { pins, younger: all.length - told.length };
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
