import * as v from "valibot";
import { findZone } from "../domain/instant.ts";
import type { Shop } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { decodeBase64url, encodeBase64url, toBytes } from "./base64url.ts";
import { parseStrictBytes, writeStrict } from "./canonical.ts";
import { cur, id, kid, txt } from "./kinds/shapes.ts";

/**
 * What a shop's device shows to a new one before anything is signed: the nonce that the request must carry
 * (refundlog.md §8), and what the new device would otherwise have to type. Nothing in it is believed.
 */
export type Invitation = {
  readonly nonce: string;
  /** What the new device is to be called. */
  readonly label: string;
  readonly shop: Shop;
  /** Kid of the shop's root, to see at once that an answer comes from another shop. */
  readonly root: string;
};

const prefix = "RLI1:";

const shape = v.strictObject({
  cur,
  label: txt,
  name: txt,
  nonce: id,
  root: kid,
  tz: id,
  v: v.literal(1),
});

/** The text of an invitation's code: `RLI1:` and base64url of its canonical JSON. */
export const writeInvitation = ({ nonce, label, shop, root }: Invitation): string => {
  const { name, currency, zone } = shop;
  const claims = { cur: currency, label, name, nonce, root, tz: zone, v: 1 };
  return prefix + encodeBase64url(toBytes(writeStrict(claims)));
};

export type InvitationFault = { readonly kind: "invitation_unreadable" };

/** Reads an invitation; only its one canonical spelling. */
export const parseInvitation = (text: string): Result<Invitation, InvitationFault> => {
  const unreadable = fail<InvitationFault>({ kind: "invitation_unreadable" });
  const bytes = text.startsWith(prefix) ? decodeBase64url(text.slice(prefix.length)) : undefined;
  const json = bytes === undefined ? unreadable : parseStrictBytes(bytes);
  const claims = v.safeParse(shape, json.ok ? json.value : undefined);
  if (!claims.success) return unreadable;
  const { cur: currency, label, name, nonce, root, tz } = claims.output;
  const zone = findZone(tz);
  if (zone === undefined) return unreadable;
  return ok({ nonce, label, shop: { name, currency, zone }, root });
};
