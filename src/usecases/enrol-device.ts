import type { DeviceId, StaffId } from "../domain/ids.ts";
import type { Money } from "../domain/money.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { newPrefix } from "../domain/refund-number.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { cutText } from "../domain/typed-text.ts";
import { encodeBase64url } from "../ledger/base64url.ts";
import { enrolKey, type Post } from "../ledger/enrol.ts";
import { readEnrolRequest, type EnrolRequest } from "../ledger/enrol-request.ts";
import { writeInvitation, type Invitation } from "../ledger/invitation.ts";
import { writeKeyCard } from "../ledger/key-card.ts";
import { fingerprint, thumbprint } from "../ledger/keys.ts";
import { findEnvelope } from "../storage/envelopes.ts";
import { shopAndDevice } from "../storage/queries.ts";
import { rootsOf, saveRingKey } from "../storage/ring.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { knownKeys } from "./known-keys.ts";
import { takenPlaces } from "./list-devices.ts";
import { openRoot, ownRoot, type RootFault } from "./own-root.ts";
import { writeRootCopy } from "./root-copy.ts";

/** An invitation that waits for its one request; it lives as long as the page that shows it. */
export type OpenInvitation = Invitation & {
  /** The text of its code. */
  readonly text: string;
  readonly untilMs: number;
};

const minutes = 30;

const freeLabel = (taken: ReadonlySet<string>): string => {
  for (let number = 2; ; number++) if (!taken.has(`T${number}`)) return `T${number}`;
};

/** Begins to take in another device: a nonce that only its request may carry. */
export const inviteDevice = async (
  deps: Deps,
): Promise<Result<OpenInvitation, LockedFault | NotEntitled>> => {
  const person = whoMay(deps, "manage_devices");
  if (!person.ok) return person;
  const { shop } = await shopAndDevice(deps.journal.db, deps.device);
  const { labels } = await takenPlaces(deps);
  const invitation = {
    nonce: encodeBase64url(deps.random(16)),
    label: freeLabel(labels),
    shop,
    root: thumbprint(await ownRoot(deps)),
  };
  const untilMs = deps.now() + minutes * 60_000;
  return ok({ ...invitation, text: writeInvitation(invitation), untilMs });
};

/** A request that answers the invitation, with what people compare; it serves as long as the invitation. */
export type ReadRequest = EnrolRequest &
  Pick<OpenInvitation, "untilMs"> & { readonly fingerprint: string };

export type RequestFault =
  | { readonly kind: "device_request_unreadable" }
  /** It carries another nonce: it answers another invitation, or an old one. */
  | { readonly kind: "device_request_other" }
  | { readonly kind: "request_known_key" }
  | { readonly kind: "invitation_expired" };

/** Reads what the new device answered; a request serves for its own invitation and for no other. */
export const readRequest = async (
  deps: Deps,
  invitation: OpenInvitation,
  text: string,
): Promise<Result<ReadRequest, RequestFault>> => {
  const request = await readEnrolRequest(text.trim(), deps.verify);
  if (!request.ok) return fail({ kind: "device_request_unreadable" });
  const { device, nonce } = request.value;
  if (nonce !== invitation.nonce) return fail({ kind: "device_request_other" });
  const { untilMs } = invitation;
  const fault = await findRequestFault(deps, { device, untilMs });
  return fault === undefined
    ? ok({ ...request.value, untilMs, fingerprint: fingerprint(device) })
    : fail(fault);
};

/** Looked at when a request is read, and again when it is answered: time has passed, and another may have been faster. */
const findRequestFault = async (
  deps: Deps,
  { device, untilMs }: Pick<ReadRequest, "device" | "untilMs">,
): Promise<RequestFault | undefined> => {
  if (deps.now() > untilMs) return { kind: "invitation_expired" };
  const { shopKeys } = await knownKeys(deps);
  return device === deps.device || shopKeys.has(device) ? { kind: "request_known_key" } : undefined;
};

/** What the owner decides about the new device after comparing the fingerprints. */
export type EnrolEntry = {
  readonly label: string;
  readonly role: "device" | "approver";
  /** The most that an approver's phone approves, or a till refunds without a second person; and who holds a phone. */
  readonly limit?: Money | undefined;
  readonly staff?: StaffId | undefined;
  /** Opens the shop's root for this one signature. */
  readonly recoveryCode: string;
};

export type EnrolFault =
  | LockedFault
  | NotEntitled
  | RequestFault
  | RootFault
  | { readonly kind: "label_missing" }
  | { readonly kind: "label_taken" };

/** What the new device scans: its key card, and for a till the wrapped root as well. */
export type EnrolAnswer = {
  readonly device: DeviceId;
  readonly card: string;
  readonly rootCopy: string | undefined;
  readonly rootFingerprint: string;
};

/** A prefix for refund numbers that no key of this shop ever had (X45). */
export const freePrefix = (deps: Pick<Deps, "random">, taken: ReadonlySet<string>): string => {
  for (;;) {
    const prefix = newPrefix(deps.random(6));
    if (!taken.has(prefix)) return prefix;
  }
};

const postOf = (deps: Deps, entry: EnrolEntry, prefixes: ReadonlySet<string>): Post =>
  entry.role === "device"
    ? { role: "device", prefix: freePrefix(deps, prefixes), limit: entry.limit }
    : { role: "approver", limit: entry.limit, staff: entry.staff };

const rootCopyFor = async (deps: Deps, role: EnrolEntry["role"]): Promise<string | undefined> => {
  const envelope = role === "device" ? await findEnvelope(deps.journal.db, "root") : undefined;
  return envelope && writeRootCopy(envelope);
};

/** Gives the new key its certificate. Called after a person saw the same fingerprint on both screens. */
export const enrolDevice = async (
  deps: Deps,
  request: ReadRequest,
  entry: EnrolEntry,
): Promise<Result<EnrolAnswer, EnrolFault>> => {
  const person = whoMay(deps, "manage_devices");
  if (!person.ok) return person;
  const fault = await findRequestFault(deps, request);
  if (fault !== undefined) return fail(fault);
  const label = cutText(entry.label, 12).toUpperCase();
  if (label === "") return fail({ kind: "label_missing" });
  const { labels, prefixes } = await takenPlaces(deps);
  if (labels.has(label)) return fail({ kind: "label_taken" });
  const root = await openRoot(deps, entry.recoveryCode);
  if (!root.ok) return root;
  const { device, jwk } = request;
  const post = postOf(deps, entry, prefixes);
  const now = Math.floor(deps.now() / 1000);
  const certificate = await enrolKey(root.value, { device, label, now, post });
  const trust = { roots: rootsOf({ root: root.value.jwk }), verify: deps.verify };
  const kept = await saveRingKey(deps.journal.db, { certificate, jwk }, trust);
  if (!kept.ok) throw new Error("the root just signed it");
  return ok({
    device,
    card: writeKeyCard({ certificate, jwk, root: root.value.jwk }),
    rootCopy: await rootCopyFor(deps, entry.role),
    rootFingerprint: fingerprint(thumbprint(root.value.jwk)),
  });
};
