import { fail, ok, type Result } from "../domain/result.ts";
import { decodeBase64url, encodeBase64url } from "./base64url.ts";
import type { FindingCode } from "./findings.ts";
import { parseJws } from "./jws.ts";
import { parseJwk, thumbprint } from "./keys.ts";
import type { Jwk, Verify } from "./record.ts";
import { readKey, type RingKey } from "./trust-ring.ts";
import type { Enrolment } from "./tokens.ts";

/** A key, its certificate and the root that gave it: poster, settings, and the answer to a request (refundlog.md §15). */
export type KeyCard = {
  readonly certificate: string;
  readonly jwk: Jwk;
  readonly root: Jwk;
};

const prefix = "RLK1:";
const coordinateSize = 32;

const writePoint = ({ x, y }: Jwk): string =>
  encodeBase64url(
    Uint8Array.from([x, y].flatMap((part) => Array.from(decodeBase64url(part) ?? []))),
  );

/** `RLK1:<certificate>~<x‖y of the key>~<x‖y of the root>`. */
export const writeKeyCard = ({ certificate, jwk, root }: KeyCard): string =>
  `${prefix}${[certificate, writePoint(jwk), writePoint(root)].join("~")}`;

const parsePoint = (text: string): Jwk | undefined => {
  const bytes = decodeBase64url(text);
  if (bytes?.length !== 2 * coordinateSize) return undefined;
  const [x, y] = [bytes.subarray(0, coordinateSize), bytes.subarray(coordinateSize)];
  const jwk = parseJwk({ crv: "P-256", kty: "EC", x: encodeBase64url(x), y: encodeBase64url(y) });
  return jwk.ok ? jwk.value : undefined;
};

export type KeyCardFault = { readonly kind: "key_card_unreadable" };

/** Takes a key card apart; every part must be strictly what it claims to be, and nothing is believed yet. */
export const parseKeyCard = (text: string): Result<KeyCard, KeyCardFault> => {
  const unreadable = fail<KeyCardFault>({ kind: "key_card_unreadable" });
  if (!text.startsWith(prefix)) return unreadable;
  const [certificate = "", key = "", shop = "", ...more] = text.slice(prefix.length).split("~");
  const [jwk, root] = [parsePoint(key), parsePoint(shop)];
  const jws = parseJws(certificate, "refund-enrol+jwt");
  const whole = jws.ok && more.length === 0;
  return whole && jwk !== undefined && root !== undefined
    ? ok({ certificate, jwk, root })
    : unreadable;
};

/** A key card whose root gave the certificate to this very key; whether the root is the shop's a person says. */
export type OpenedCard = KeyCard & {
  readonly kid: RingKey["kid"];
  readonly claims: Enrolment;
  readonly rootKid: RingKey["kid"];
};

/** Checks the certificate of a card under the root of the same card. */
export const openKeyCard = async (
  card: KeyCard,
  verify: Verify,
): Promise<Result<OpenedCard, { readonly kind: FindingCode }>> => {
  const rootKid = thumbprint(card.root);
  const roots = new Map([[rootKid as string, card.root]]);
  const line = { cert: card.certificate, jwk: card.jwk };
  const { key, faults } = await readKey(line, roots, verify);
  const [fault] = faults;
  if (fault !== undefined) return fail({ kind: fault });
  if (key?.certificate === undefined) return fail({ kind: "E_ENROL" });
  return ok({ ...card, kid: key.kid, claims: key.certificate, rootKid });
};
