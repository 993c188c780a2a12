import type { DeviceId } from "../domain/ids.ts";
import type { JsonObject, PublicJwk } from "../domain/journal-event.ts";
import type { Tries } from "../domain/lock-out.ts";
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

export const findEnvelope = async (db: Database, name: string): Promise<JsonObject | undefined> =>
  findContent(db, name);

/** Failed tries of a person, kept beside the envelopes and written before a PIN is looked at. */
export const readTries = async (db: Database, person: string): Promise<Tries | undefined> =>
  findContent(db, `tries:${person}`);

export const writeTries = async (db: Database, person: string, tries: Tries): Promise<void> => {
  await writing(db, [db.envelopes], () =>
    db.envelopes.put({ name: `tries:${person}`, content: tries }),
  );
};

/** This device's place in the shop: its certificate and the root key that signed it. */
export type Enrolment = {
  readonly device: DeviceId;
  readonly certificate: string;
  readonly root: PublicJwk;
};

export const saveEnrolment = async (db: Database, enrolment: Enrolment): Promise<void> => {
  await writing(db, [db.envelopes], () =>
    db.envelopes.put({ name: "enrolment", content: enrolment }),
  );
};

export const findEnrolment = async (db: Database): Promise<Enrolment | undefined> =>
  findContent(db, "enrolment");
