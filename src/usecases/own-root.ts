import type { PublicJwk } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { thumbprint } from "../ledger/keys.ts";
import { startOf } from "../ledger/known-heads.ts";
import type { Sign } from "../ledger/record.ts";
import { findEnvelope, findEnrolment } from "../storage/envelopes.ts";
import type { Deps } from "./deps.ts";

/** The root of this shop, which somebody pinned here. */
export const ownRoot = async ({ journal }: Pick<Deps, "journal">): Promise<PublicJwk> => {
  const enrolment = await findEnrolment(journal.db);
  if (enrolment === undefined) throw new Error("an open shop has an enrolment");
  return enrolment.root;
};

/** The first characters of its name, as codes that have to be short carry them. */
export const rootStart = async (deps: Pick<Deps, "journal">): Promise<string> =>
  startOf(thumbprint(await ownRoot(deps)));

/** The shop's root, unwrapped for one use. */
export type OpenRoot = { readonly jwk: PublicJwk; readonly sign: Sign };

export type RootFault =
  /** The wrapped root lies on the device that opened the shop. */
  { readonly kind: "root_not_here" } | { readonly kind: "wrong_recovery_code" };

/** Unwraps the shop's root for one use; it is kept nowhere. */
export const openRoot = async (
  deps: Pick<Deps, "journal" | "secretKeys">,
  recoveryCode: string,
): Promise<Result<OpenRoot, RootFault>> => {
  const envelope = await findEnvelope(deps.journal.db, "root");
  if (envelope === undefined) return fail({ kind: "root_not_here" });
  const sign = await deps.secretKeys.open(recoveryCode.trim().toUpperCase(), envelope);
  return sign.ok
    ? ok({ jwk: await ownRoot(deps), sign: sign.value })
    : fail({ kind: "wrong_recovery_code" });
};
