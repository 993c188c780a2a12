import type { RecordRef } from "../domain/ids.ts";
import { verifyJws } from "../ledger/jws.ts";
import { findRecord } from "../storage/queries.ts";
import { follows, openRecord, type StoredRecord } from "../storage/stored-record.ts";
import type { Deps } from "./deps.ts";

/** What the stored bytes of one record say: read again, every time they are asked. */
export type RecordCheck =
  | { readonly kind: "signature_good" }
  /** Another device wrote it; its key is not looked for here. */
  | { readonly kind: "other_device" }
  | {
      readonly kind: "signature_bad";
      readonly why: "missing" | "bytes" | "signature" | "chain";
      /** The records between which it stands, to be looked at by people. */
      readonly between: readonly [before: number, after: number];
    };

/** Whether the record names the one before it and the one after it, if there is one, names the record. */
const standsInChain = async (deps: Deps, stored: StoredRecord): Promise<boolean> => {
  const { db } = deps.journal;
  const { device, seq } = stored.record;
  const before = seq === 0 ? undefined : await findRecord(db, { device, seq: seq - 1 });
  if (seq > 0 && before === undefined) return false;
  const after = await findRecord(db, { device, seq: seq + 1 });
  const next = after && openRecord(after);
  const followed = after === undefined || (next !== undefined && follows(next, stored.record));
  return followed && follows(stored, before);
};

/** Verifies a record's stored bytes with this device's own key, and its place between its neighbours. */
export const checkRecord = async (deps: Deps, ref: RecordRef): Promise<RecordCheck> => {
  if (ref.device !== deps.device) return { kind: "other_device" };
  const bad = (why: "missing" | "bytes" | "signature" | "chain"): RecordCheck => ({
    kind: "signature_bad",
    why,
    between: [ref.seq - 1, ref.seq + 1],
  });
  const record = await findRecord(deps.journal.db, ref);
  if (record === undefined) return bad("missing");
  const stored = openRecord(record);
  if (stored === undefined) return bad("bytes");
  const findKey = (kid: string) => (kid === deps.device ? deps.jwk : undefined);
  const signed = await verifyJws(stored.record.jwt, "refund+sd-jwt", findKey, deps.verify);
  if (!signed.ok) return bad("signature");
  return (await standsInChain(deps, stored)) ? { kind: "signature_good" } : bad("chain");
};
