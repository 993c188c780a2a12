import type { JsonObject, PublicJwk } from "../domain/journal-event.ts";
import type { Result } from "../domain/result.ts";
import type { Sign } from "../ledger/record.ts";

/** A private key wrapped under a PIN or a recovery code, as plain data for the store. */
export type KeyEnvelope = JsonObject;

/** Keys of people and of the shop: made here, wrapped at once, unwrapped only to sign. */
export type SecretKeys = {
  readonly wrapNew: (
    secret: string,
  ) => Promise<{ readonly jwk: PublicJwk; readonly sign: Sign; readonly envelope: KeyEnvelope }>;
  readonly open: (
    secret: string,
    envelope: KeyEnvelope,
  ) => Promise<Result<Sign, { readonly kind: "wrong_secret" }>>;
};
