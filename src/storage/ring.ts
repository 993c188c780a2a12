import type { DeviceId } from "../domain/ids.ts";
import type { JsonObject, PublicJwk } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { FindingCode } from "../ledger/findings.ts";
import { thumbprint } from "../ledger/keys.ts";
import type { Verify } from "../ledger/record.ts";
import type { Enrolment as Claims } from "../ledger/tokens.ts";
import { readKey, type Roots } from "../ledger/trust-ring.ts";
import type { Database } from "./database.ts";
import { findEnrolment } from "./envelopes.ts";
import type { EnvelopeRow } from "./rows.ts";
import { writing } from "./writing.ts";

/** A key with the certificate that a root gave it, as both travel. */
export type Certified = { readonly certificate: string; readonly jwk: PublicJwk };

/** A key that a pinned root vouches for: an approver's, an office's or another till's. */
export type ShopKey = Certified & { readonly kid: DeviceId; readonly claims: Claims };

/** Whom to believe, and with what to check it. */
export type Trust = { readonly roots: Roots; readonly verify: Verify };

/** No pinned root vouches for this key; `because` is the code of refundlog.md §17. */
export type RingFault = { readonly kind: "key_not_trusted"; readonly because: FindingCode };

/** This phone as an approver: which key, under which root, and what its PIN opens. */
export type Approver = ShopKey & {
  readonly root: PublicJwk;
  /** A key wrapped under the approver's PIN. */
  readonly lock: JsonObject;
  /** What the shop is called, as it was told when the phone was added. */
  readonly shop: string;
};

/** The root of the shop that this till belongs to. */
export const shopRoots = async (db: Database): Promise<Roots> => rootsOf(await findEnrolment(db));

/** The root that somebody pinned, by its kid. */
export const rootsOf = (pinned: { readonly root: PublicJwk } | undefined): Roots =>
  new Map(pinned === undefined ? [] : [[thumbprint(pinned.root), pinned.root]]);

/** Reads a certificate and its key, and believes both only under a pinned root. */
export const vouchedKey = async (
  { certificate, jwk }: Certified,
  { roots, verify }: Trust,
): Promise<Result<ShopKey, RingFault>> => {
  const { key, faults } = await readKey({ cert: certificate, jwk }, roots, verify);
  const [because = "E_ENROL"] = faults;
  if (key?.certificate === undefined || !key.isPinned || faults.length > 0)
    return fail({ kind: "key_not_trusted", because });
  return ok({ certificate, jwk: key.jwk, kid: key.kid, claims: key.certificate });
};

const nameOf = (kid: string): string => `ring:${kid}`;

const certifiedIn = ({ content }: EnvelopeRow): Certified => content as unknown as Certified;

/** Keeps a key of this shop; of two certificates for one key the later one counts, whichever comes first. */
export const saveRingKey = async (
  db: Database,
  certified: Certified,
  trust: Trust,
): Promise<Result<ShopKey, RingFault>> => {
  const vouched = await vouchedKey(certified, trust);
  if (!vouched.ok) return vouched;
  const { certificate, jwk, kid, claims } = vouched.value;
  const kept = await db.envelopes.get(nameOf(kid));
  const known = kept && (await vouchedKey(certifiedIn(kept), trust));
  if (known?.ok === true && known.value.kid === kid && known.value.claims.iat >= claims.iat)
    return known;
  await writing(db, [db.envelopes], () =>
    db.envelopes.put({ name: nameOf(kid), content: { certificate, jwk: { ...jwk } } }),
  );
  return vouched;
};

/** Every kept key that a pinned root still vouches for, by kid; checked again each time. */
export const readRing = async (
  db: Database,
  trust: Trust,
): Promise<ReadonlyMap<string, ShopKey>> => {
  const rows = await db.envelopes.where("name").startsWith("ring:").toArray();
  const read = await Promise.all(rows.map((row) => vouchedKey(certifiedIn(row), trust)));
  return new Map(read.flatMap((key) => (key.ok ? [[key.value.kid as string, key.value]] : [])));
};

type KeptApprover = Certified & Pick<Approver, "root" | "lock" | "shop">;

/** Makes this phone an approver's, after its root gave a certificate to the key that lies in the key store under its kid. */
export const saveApprover = async (
  db: Database,
  approver: KeptApprover,
  verify: Verify,
): Promise<Result<Approver, RingFault>> => {
  const read = await openApprover(approver, verify);
  if (!read.ok) return read;
  await writing(db, [db.envelopes], () =>
    db.envelopes.put({ name: "approver", content: { ...approver } }),
  );
  return read;
};

const openApprover = async (
  kept: KeptApprover,
  verify: Verify,
): Promise<Result<Approver, RingFault>> => {
  const vouched = await vouchedKey(kept, { roots: rootsOf(kept), verify });
  if (!vouched.ok) return vouched;
  return vouched.value.claims.role === "approver"
    ? ok({ ...kept, ...vouched.value })
    : fail({ kind: "key_not_trusted", because: "E_KEY_ROLE" });
};

/** What this phone is as an approver; undefined while it is none. */
export const readApprover = async (db: Database, verify: Verify): Promise<Approver | undefined> => {
  const kept = await db.envelopes.get("approver");
  if (kept === undefined) return undefined;
  const read = await openApprover(kept.content as unknown as KeptApprover, verify);
  return read.ok ? read.value : undefined;
};
