import { fail, ok, type Result } from "../domain/result.ts";
import { hashText } from "../ledger/base64url.ts";
import { parseJws } from "../ledger/jws.ts";
import { fingerprint } from "../ledger/keys.ts";
import type { TokenReader } from "../ledger/open-tokens.ts";
import type { KnownKey } from "../ledger/verify-tokens.ts";
import type { Hash } from "../domain/ids.ts";
import { knownAs, type Known, type KnownKeys } from "./known-keys.ts";

/** Why a signed code of another device is not believed. */
export type SignedFault =
  | { readonly kind: "code_unreadable" }
  | { readonly kind: "code_altered" }
  /** Nobody here vouches for the key: its card must be scanned or its file merged first. */
  | { readonly kind: "signer_unknown"; readonly fingerprint: string }
  | { readonly kind: "signer_role" };

/** A code whose signature is right and whose signer may say this. */
export type Signed<T> = {
  readonly token: string;
  readonly hash: Hash;
  readonly by: Known;
  readonly role: KnownKey["role"];
  readonly claims: T;
};

/** Opens a code by the keys of the shop; what it says is returned only when it may be believed. */
export const openSigned = async <T>(
  keys: KnownKeys,
  token: string,
  reader: TokenReader<T>,
  roles: readonly KnownKey["role"][],
): Promise<Result<Signed<T>, SignedFault>> => {
  const jws = parseJws(token, reader.typ);
  if (!jws.ok)
    return fail({ kind: jws.fault.kind === "E_SIG" ? "code_altered" : "code_unreadable" });
  const opened = await reader.open(keys, token);
  if (opened === "E_KEY_UNKNOWN" || opened === "E_ENROL_ISSUER")
    return fail({ kind: "signer_unknown", fingerprint: fingerprint(jws.value.kid) });
  if (typeof opened === "string")
    return fail({ kind: opened === "E_SIG" ? "code_altered" : "code_unreadable" });
  const { kid, role, claims } = opened;
  if (!roles.includes(role)) return fail({ kind: "signer_role" });
  return ok({ token, hash: hashText(token), by: knownAs(keys, kid), role, claims });
};
