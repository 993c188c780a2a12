import { isPlainObject, parseStrictBytes, writeStrict } from "../ledger/canonical.ts";
import { decodeBase64url, encodeBase64url, toBytes } from "../ledger/base64url.ts";
import { parseJwk, thumbprint } from "../ledger/keys.ts";
import type { KeyEnvelope } from "./secret-keys.ts";

/**
 * The shop's root as it lies wrapped under the recovery code, on its way to another till: with it the code resets a
 * PIN there too, and the shop goes on when the first device is lost. Without the code it opens nothing.
 */
const prefix = "RLR1:";

export const writeRootCopy = (envelope: KeyEnvelope): string =>
  prefix + encodeBase64url(toBytes(writeStrict(envelope)));

/** The wrapped root of this kid, or undefined for any other text. */
export const parseRootCopy = (text: string, root: string): KeyEnvelope | undefined => {
  const bytes = text.startsWith(prefix) ? decodeBase64url(text.slice(prefix.length)) : undefined;
  const json = bytes === undefined ? undefined : parseStrictBytes(bytes);
  if (json?.ok !== true || !isPlainObject(json.value)) return undefined;
  const jwk = parseJwk(json.value["jwk"]);
  return jwk.ok && (thumbprint(jwk.value) as string) === root
    ? (json.value as KeyEnvelope)
    : undefined;
};
