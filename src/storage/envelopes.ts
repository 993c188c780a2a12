import type { DeviceId } from "../domain/ids.ts";
import type { JsonObject, PublicJwk } from "../domain/journal-event.ts";
import { graver, lockOut, noTries, type LockOut, type Tries } from "../domain/lock-out.ts";
import type { Database } from "./database.ts";
import { writing } from "./writing.ts";

/** A key wrapped under a PIN or a recovery code; plain data, useless without the secret. */
export const saveEnvelope = async (
  db: Database,
  name: string,
  content: JsonObject,
): Promise<void> => {
  await writing(db, [db.envelopes], () => db.envelopes.put({ name, content }));
};

const findContent = async <T>(db: Database, name: string): Promise<T | undefined> =>
  (await db.envelopes.get(name))?.content as T | undefined;

/** Puts a key that was kept aside in the place of the one before it. */
export const promoteEnvelope = async (
  db: Database,
  { aside, name }: { readonly aside: string; readonly name: string },
): Promise<void> => {
  await writing(db, [db.envelopes], async () => {
    const kept = await db.envelopes.get(aside);
    if (kept === undefined) return;
    await db.envelopes.put({ name, content: kept.content });
    await db.envelopes.delete(aside);
  });
};

export const dropEnvelope = async (db: Database, name: string): Promise<void> => {
  await writing(db, [db.envelopes], () => db.envelopes.delete(name));
};

export const findEnvelope = async (db: Database, name: string): Promise<JsonObject | undefined> =>
  findContent(db, name);

/** Everything that lies here, by name, as it stood at one moment. */
export const readEnvelopes = async (db: Database): Promise<Envelopes> => {
  const rows = await db.envelopes.toArray();
  return new Map(rows.map(({ name, content }) => [name, content as JsonObject]));
};

/** What lies here by name: wrapped keys, and failed tries as `triesIn` reads them. */
export type Envelopes = ReadonlyMap<string, JsonObject>;

export const triesIn = (envelopes: Envelopes, person: string): Tries | undefined =>
  envelopes.get(`tries:${person}`) as Tries | undefined;

/** Failed tries of a person, kept beside the envelopes and written before a PIN is looked at. */
export const readTries = async (db: Database, person: string): Promise<Tries | undefined> =>
  findContent(db, `tries:${person}`);

export const writeTries = async (db: Database, person: string, tries: Tries): Promise<void> => {
  await writing(db, [db.envelopes], () =>
    db.envelopes.put({ name: `tries:${person}`, content: tries }),
  );
};

/**
 * Counts a try before its PIN is looked at, so that neither a reload nor five windows at once give a free one (F57, F58);
 * while the person has to wait nothing is counted. `journalled` is what the records tell; the answer is how they stood
 * before and stand now.
 */
export const countTry = async (
  db: Database,
  person: string,
  nowMs: number,
  journalled: Tries = noTries,
): Promise<{ readonly before: LockOut; readonly tries: Tries }> =>
  writing(db, [db.envelopes], async () => {
    const known = graver((await readTries(db, person)) ?? noTries, journalled);
    const before = lockOut(known, nowMs);
    if (before.kind !== "open") return { before, tries: known };
    const tries = { fails: known.fails + 1, lastFailMs: nowMs };
    await db.envelopes.put({ name: `tries:${person}`, content: tries });
    return { before, tries };
  });

/** This device's place in the shop: its certificate and the root key that signed it. */
export type Enrolment = {
  readonly device: DeviceId;
  readonly certificate: string;
  readonly root: PublicJwk;
};

/** Under which name it lies. */
export const enrolmentName = "enrolment";

export const saveEnrolment = async (db: Database, enrolment: Enrolment): Promise<void> => {
  await writing(db, [db.envelopes], () =>
    db.envelopes.put({ name: enrolmentName, content: enrolment }),
  );
};

export const findEnrolment = async (db: Database): Promise<Enrolment | undefined> =>
  findContent(db, enrolmentName);

/** The place that waits for this device under a new key; the old one stands until its chain has ended. */
export type NextPlace = Enrolment & {
  readonly jwk: PublicJwk;
  readonly label: string;
  readonly prefix: string;
  /** The old key is gone: its chain cannot be ended by a record of its own. */
  readonly lost?: true;
};

/** Under which name it lies. */
export const nextPlaceName = "enrolment_next";

/** Keeps the new place aside before anything irrevocable is done, so that a start can go on from there. */
export const keepNextPlace = (db: Database, place: NextPlace): Promise<void> =>
  saveEnvelope(db, nextPlaceName, place);

export const findNextPlace = async (db: Database): Promise<NextPlace | undefined> =>
  (await findEnvelope(db, nextPlaceName)) as NextPlace | undefined;
