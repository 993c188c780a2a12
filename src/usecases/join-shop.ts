import type { DeviceId } from "../domain/ids.ts";
import type { PublicJwk } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { PinFault } from "../domain/pin.ts";
import { makeEnrolRequest } from "../ledger/enrol-request.ts";
import { parseInvitation, type Invitation, type InvitationFault } from "../ledger/invitation.ts";
import { openKeyCard, parseKeyCard, type OpenedCard } from "../ledger/key-card.ts";
import { fingerprint, thumbprint } from "../ledger/keys.ts";
import type { Sign } from "../ledger/record.ts";
import { isWithin } from "../ledger/validity.ts";
import { saveEnvelope } from "../storage/envelopes.ts";
import { dropKey } from "../storage/key-store.ts";
import { saveApprover } from "../storage/ring.ts";
import { beginChain, nameOf } from "./begin-chain.ts";
import { findPinFault } from "./new-pin.ts";
import { isOpened, type DeviceKeyFault, type SetUpDeps } from "./open-shop.ts";
import type { RecordFault } from "./record-event.ts";
import { parseRootCopy } from "./root-copy.ts";
import type { KeyEnvelope } from "./secret-keys.ts";

/** A new device between its request and the answer; nothing but its key is stored. */
export type Joining = {
  readonly invitation: Invitation;
  readonly device: DeviceId;
  readonly jwk: PublicJwk;
  readonly sign: Sign;
  /** What the shop's device scans. */
  readonly request: string;
  readonly fingerprint: string;
};

/** Makes this device's key and the request that answers the invitation. */
export const requestToJoin = async (
  deps: SetUpDeps,
  text: string,
): Promise<Result<Joining, InvitationFault | DeviceKeyFault>> => {
  const invitation = parseInvitation(text.trim());
  if (!invitation.ok) return invitation;
  const key = await deps.newDeviceKey();
  if (!key.ok) return key;
  const { label, nonce } = invitation.value;
  const device = thumbprint(key.value.jwk);
  const iat = Math.floor(deps.now() / 1000);
  const request = await makeEnrolRequest(key.value, { label, nonce, iat });
  return ok({
    invitation: invitation.value,
    device,
    ...key.value,
    request,
    fingerprint: fingerprint(device),
  });
};

/** The answer of the shop, right in itself; the root is the shop's when a person says so. */
export type JoinAnswer = {
  readonly card: OpenedCard;
  readonly role: "device" | "approver";
  readonly rootFingerprint: string;
  readonly rootCopy: KeyEnvelope | undefined;
};

export type AnswerFault =
  | { readonly kind: "answer_unreadable" }
  /** The certificate is for another key. */
  | { readonly kind: "answer_other_key" }
  | { readonly kind: "answer_other_shop" }
  | { readonly kind: "answer_expired" };

/** Reads the shop's answer: the key card, and beside it perhaps the wrapped root. */
export const readAnswer = async (
  deps: SetUpDeps,
  joining: Joining,
  text: string,
): Promise<Result<JoinAnswer, AnswerFault>> => {
  const texts = text.split(/\s+/);
  const card = parseKeyCard(texts.find((one) => one.startsWith("RLK1:")) ?? "");
  if (!card.ok) return fail({ kind: "answer_unreadable" });
  if (thumbprint(card.value.jwk) !== joining.device) return fail({ kind: "answer_other_key" });
  const opened = await openKeyCard(card.value, deps.verify);
  if (!opened.ok)
    return fail({
      kind: opened.fault.kind === "E_KEY_MISMATCH" ? "answer_other_key" : "answer_unreadable",
    });
  const { claims, rootKid } = opened.value;
  if ((rootKid as string) !== joining.invitation.root) return fail({ kind: "answer_other_shop" });
  if (!isWithin(Math.floor(deps.now() / 1000), claims)) return fail({ kind: "answer_expired" });
  if (claims.role === "office") return fail({ kind: "answer_unreadable" });
  const copies = texts.map((one) => parseRootCopy(one, rootKid));
  return ok({
    card: opened.value,
    role: claims.role,
    rootFingerprint: fingerprint(rootKid),
    rootCopy: copies.find((copy) => copy !== undefined),
  });
};

/** The wrapped root of the shop that answered, out of the second code; undefined for any other text. */
export const readRootCopy = ({ card }: JoinAnswer, text: string): KeyEnvelope | undefined =>
  parseRootCopy(text.trim(), card.rootKid);

export type JoinEntry = {
  /** Who works here; an approver's phone asks for the PIN only. */
  readonly name: string;
  readonly pin: string;
};

export type JoinFault =
  | PinFault
  | RecordFault
  | { readonly kind: "owner_name_missing" }
  | { readonly kind: "key_not_trusted" };

/** What this device asked for, and what the shop answered. */
type Placing = { readonly joining: Joining; readonly answer: JoinAnswer };

const beApprover = async (
  deps: SetUpDeps,
  { joining, answer }: Placing,
  { pin }: JoinEntry,
): Promise<Result<undefined, JoinFault>> => {
  const { certificate, jwk, root } = answer.card;
  const { envelope: lock } = await deps.secretKeys.wrapNew(pin);
  const shop = joining.invitation.shop.name;
  const approver = { certificate, jwk, root, lock, shop };
  const saved = await saveApprover(deps.journal.db, approver, deps.verify);
  return saved.ok ? ok(undefined) : fail({ kind: "key_not_trusted" });
};

const beTill = async (
  deps: SetUpDeps,
  { joining, answer }: Placing,
  entry: JoinEntry,
): Promise<Result<undefined, JoinFault>> => {
  if (nameOf(entry.name) === "") return fail({ kind: "owner_name_missing" });
  if (await isOpened(deps)) return fail({ kind: "head_moved" });
  const { certificate, root, claims } = answer.card;
  const { device, jwk, sign, invitation } = joining;
  const { label, pre: prefix = "" } = claims;
  const placed = { device, jwk, sign, certificate, label, prefix, root };
  if (answer.rootCopy !== undefined) await saveEnvelope(deps.journal.db, "root", answer.rootCopy);
  const first = { shop: invitation.shop, ownerName: entry.name, pin: entry.pin };
  const saved = await beginChain(deps, placed, first);
  return saved.ok ? ok(undefined) : saved;
};

/** Takes the place that the shop gave. Called after a person saw the same root fingerprint on both screens. */
export const joinShop = async (
  deps: SetUpDeps,
  placing: Placing,
  entry: JoinEntry,
): Promise<Result<undefined, JoinFault>> => {
  const fault = findPinFault(entry.pin);
  if (fault !== undefined) return fail(fault);
  return placing.answer.role === "approver"
    ? beApprover(deps, placing, entry)
    : beTill(deps, placing, entry);
};

/** Gives up before anything was agreed: the key goes too. */
export const giveUpJoining = ({ journal }: SetUpDeps, { device }: Joining): Promise<void> =>
  dropKey(journal.db, device);
