import type { Hash } from "../domain/ids.ts";
import { instantFromSeconds, type Instant } from "../domain/instant.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { encodeBase64url } from "../ledger/base64url.ts";
import { makeJws } from "../ledger/jws.ts";
import { shortCode } from "../ledger/keys.ts";
import { rootOf } from "../ledger/merkle.ts";
import { recordLabel } from "../ledger/receipt-text.ts";
import { dropEnvelope, findEnvelope, saveEnvelope } from "../storage/envelopes.ts";
import { shopAndDevice } from "../storage/queries.ts";
import { saveTokens } from "../storage/tokens.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";

/** This till's head, signed, as another till scans it. */
export type Checkpoint = {
  readonly token: string;
  /** `T1-000042`. */
  readonly place: string;
  readonly shopName: string;
  readonly seq: number;
  readonly head: Hash;
  /** What people read out of it. */
  readonly short: string;
  readonly at: Instant;
};

export type CheckpointFault =
  | LockedFault
  /** Not the one-time number of another till. */
  | { readonly kind: "code_unreadable" }
  | { readonly kind: "nothing_recorded" };

const nonceName = "checkpoint_nonce";
const prefix = "RLN1:";
const pattern = /^RLN1:([A-Za-z0-9_-]{22})$/;

/** The one-time number in a till's code; undefined for any other text. */
const parseNonce = (text: string): string | undefined => pattern.exec(text.trim())?.[1];

/** A fresh one-time number for the other till's checkpoint: what comes back with it was made just now. */
export const newNonce = async (deps: Deps): Promise<string> => {
  const nonce = encodeBase64url(deps.random(16));
  await saveEnvelope(deps.journal.db, nonceName, { nonce });
  return `${prefix}${nonce}`;
};

/** Whether a checkpoint answers the number that this till showed last. */
export const isOwnNonce = async (deps: Pick<Deps, "journal">, nonce: string): Promise<boolean> =>
  (await findEnvelope(deps.journal.db, nonceName))?.["nonce"] === nonce;

/** The number was answered: no other checkpoint is live by it. */
export const spendNonce = ({ journal }: Pick<Deps, "journal">): Promise<void> =>
  dropEnvelope(journal.db, nonceName);

/** Signs where this till's chain stands; `code` is the other till's one-time number, if it showed one. */
export const makeCheckpoint = async (
  deps: Deps,
  code?: string,
): Promise<Result<Checkpoint, CheckpointFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  const nonce = code === undefined ? encodeBase64url(deps.random(16)) : parseNonce(code);
  if (nonce === undefined) return fail({ kind: "code_unreadable" });
  const { db } = deps.journal;
  const head = await db.heads.get(deps.device);
  if (head === undefined) return fail({ kind: "nothing_recorded" });
  const { shop, device } = await shopAndDevice(db, deps.device);
  const iat = Math.floor(deps.now() / 1000);
  const { seq, hash, edge } = head;
  const claims = { head: hash, iat, nonce, root: rootOf(edge), seq, v: 1 };
  const token = await makeJws("refund-cp+jwt", claims, { kid: deps.device, sign: deps.sign });
  await saveTokens(db, [{ kind: "cp", device: deps.device, seq, head: hash, token }]);
  return ok({
    token,
    place: recordLabel(device.label, seq),
    shopName: shop.name,
    seq,
    head: hash,
    short: shortCode(hash),
    at: instantFromSeconds(iat),
  });
};
