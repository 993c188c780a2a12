import type { DeviceId, Hash } from "../domain/ids.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { thumbprint } from "../ledger/keys.ts";
import { writeRefundAck } from "../ledger/refundack.ts";
import { joinRevocations, makeStatusList } from "../ledger/status-list.ts";
import { toBytes } from "../ledger/base64url.ts";
import type { Revocation } from "../ledger/tokens.ts";
import { hashesAt } from "../storage/borne.ts";
import { tokensOfKind } from "../storage/tokens.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { fileName } from "./file-name.ts";
import { openRoot, type OpenRoot, type RootFault } from "./own-root.ts";
import { keepStatusList, revocations, statusLists } from "./status-lists.ts";

/** What the owner says of a device that is gone; `seq` is the last record that counts, -1 for none. */
export type RevokeEntry = {
  readonly kid: DeviceId;
  readonly seq: number;
  readonly why: Revocation["why"];
  readonly recoveryCode: string;
};

export type RevokeFault =
  | LockedFault
  | NotEntitled
  | RootFault
  | { readonly kind: "own_key" }
  /** No record with this number is known here, so nothing could be cut behind it. */
  | { readonly kind: "cut_unknown" }
  | { readonly kind: "revoked_before"; readonly seq: number };

/** The hash that the cut stands on: of the last good record, and before the first one the key itself. */
const hashOfCut = async (
  { journal }: Deps,
  { kid, seq }: RevokeEntry,
): Promise<Hash | undefined> => {
  if (seq === -1) return kid as string as Hash;
  const [hash] = await hashesAt(journal.db, kid, seq);
  return hash;
};

/** Later than every list before it, so that the newest is known by its time. */
const nextSecond = async (deps: Deps): Promise<number> => {
  const stored = await tokensOfKind(deps.journal.db, "status");
  return Math.max(Math.floor(deps.now() / 1000), ...stored.map(({ seq }) => seq + 1));
};

/** Adds a cut to every one that is known here and keeps the new list, signed by the root, so that one code tells all. */
export const signCut = async (deps: Deps, root: OpenRoot, cut: Revocation): Promise<string> => {
  const before = await revocations(deps);
  const signer = { kid: thumbprint(root.jwk), sign: root.sign };
  const iat = await nextSecond(deps);
  const list = joinRevocations([...before.values(), cut]);
  const token = await makeStatusList(signer, { iat, list });
  await keepStatusList(deps, { token, signer: signer.kid, iat });
  return token;
};

/**
 * Revokes a key by sequence (X45): what it signed up to there stays good, everything later is refused wherever the
 * list is known.
 */
export const revokeKey = async (
  deps: Deps,
  entry: RevokeEntry,
): Promise<Result<string, RevokeFault>> => {
  const person = whoMay(deps, "manage_devices");
  if (!person.ok) return person;
  if (entry.kid === deps.device) return fail({ kind: "own_key" });
  const before = await revocations(deps);
  const known = before.get(entry.kid);
  if (known !== undefined && known.seq <= entry.seq)
    return fail({ kind: "revoked_before", seq: known.seq });
  const h = await hashOfCut(deps, entry);
  if (h === undefined) return fail({ kind: "cut_unknown" });
  const root = await openRoot(deps, entry.recoveryCode);
  if (!root.ok) return root;
  const { kid, seq, why } = entry;
  return ok(await signCut(deps, root.value, { h, kid, seq, why }));
};

/** The newest list of this shop; one of an office need not repeat those of others. Undefined while nothing was revoked. */
export const newestStatusList = async (deps: Deps): Promise<string | undefined> =>
  (await statusLists(deps)).at(-1);

/** All status lists as a `.refundack` file for other devices. */
export const statusFile = async (deps: Deps): Promise<OutFile> => ({
  name: fileName(deps, "status", "refundack"),
  type: "text/plain",
  bytes: toBytes(writeRefundAck({ acks: [], statuses: await statusLists(deps) })),
});
