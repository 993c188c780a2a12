import type { DeviceId } from "../domain/ids.ts";
import { secondsOf } from "../domain/instant.ts";
import { parseJws, readPayload } from "../ledger/jws.ts";
import { parseLine } from "../ledger/parse-refundlog.ts";
import { highest, lowest } from "../storage/paging.ts";
import type { TokenRow } from "../storage/rows.ts";
import { tokensOfKind } from "../storage/tokens.ts";
import type { Deps } from "./deps.ts";

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

/** Sightings in the journals here as noted marks, checkpoints that were kept, and the records that were merged. */
const sightingsOf = async (
  { journal: { db } }: Pick<Deps, "journal">,
  device: DeviceId,
): Promise<readonly Sighting[]> => {
  const seen = await db.witnessed
    .where("[device+seq]")
    .between([device, lowest], [device, highest])
    .toArray();
  const mark = (seq: number, head: string): string => `${device} ${seq} ${head}`;
  const marks = seen.map(({ seq, head, at }) => ({
    text: mark(seq, head),
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
    held === undefined ? [] : [{ text: mark(held.seq, held.hash), seq: held.seq, at: held.iat }];
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
