import type { CaseId } from "../ids.ts";
import { parseRefundNumber } from "../refund-number.ts";
import type { OwnCode } from "./scanned-code.ts";

/** Base45 receipt, approval request and key card of refundlog.md §9 and §15. */
const prefixes = [
  ["RL1:", "own_slip"],
  ["RLA1:", "own_approval_request"],
  ["RLK1:", "own_key_card"],
  ["RLN1:", "own_nonce"],
  ["RLH1:", "own_heads"],
  ["RLF1:", "own_filter"],
  ["UR:BYTES/", "own_transfer"],
] as const;

/** Before the number of a blank application form, in its code (R32). */
const formPrefix = "RLC1:";

/** Before the number of a claim ticket or notice (X25). */
const claimPrefix = "RLO1:";

const claim = new RegExp(`^${claimPrefix}([0-9A-HJKMNP-TV-Z]{8})$`);

/** What the code of a claim ticket or notice holds: its number alone. */
export const writeClaimCode = (ticket: string): string => claimPrefix + ticket;

const form = new RegExp(`^${formPrefix}([0-9A-HJKMNP-TV-Z]{26})$`);

/** What the code of a blank application form holds. */
export const writeFormCode = (caseId: CaseId): string => formPrefix + caseId;

const linkToSlip = /^https?:\/\/[^\s#]*#(?:v=|\/v\/)([^#]+)$/i;
const token = /^([\w-]+)\.[\w-]+\.[\w-]+(?:~[\w-]*)*$/;
const trainingSlip = /^TRAINING ([0-9A-Z]{16,28})$/;

/** A text this app printed itself: only recognised here, verified in the ledger. */
export const recogniseOwnCode = (text: string): OwnCode | undefined => {
  const prefix = prefixes.find(([start]) => text.startsWith(start));
  if (prefix !== undefined) return { kind: prefix[1], text };
  const training = parseRefundNumber(trainingSlip.exec(text)?.[1] ?? "");
  if (training.ok) return { kind: "own_training_slip", number: training.value };
  const ticket = claim.exec(text)?.[1];
  if (ticket !== undefined) return { kind: "own_claim", ticket };
  const formCase = form.exec(text)?.[1];
  if (formCase !== undefined) return { kind: "own_form", caseId: formCase as CaseId };
  return recogniseToken(linkToSlip.exec(text)?.[1] ?? text);
};

const recogniseToken = (text: string): OwnCode | undefined => {
  const type = typeOf(token.exec(text)?.[1] ?? "");
  if (type === "refund+sd-jwt") return { kind: "own_slip", text };
  if (type === "refund-approve+jwt") return { kind: "own_approval", text };
  return type === undefined ? undefined : { kind: "own_token", type, text };
};

/** The `typ` of a header; the ledger insists on its exact bytes, so looking for the member is enough. */
const typeOf = (header: string): string | undefined =>
  /"typ":"(refund[a-z+-]{1,20})"/.exec(latinOfBase64url(header))?.[1];

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const latinOfBase64url = (text: string): string => {
  const characters: string[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text.slice(0, 400)) {
    held = ((held << 6) | alphabet.indexOf(character)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    characters.push(String.fromCharCode((held >> bits) & 0xff));
  }
  return characters.join("");
};
