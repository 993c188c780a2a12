import { findCardNumbers } from "../pan-guard.ts";
import type { PolicyFault } from "../policy/shop-policy.ts";
import {
  expectedMembers,
  factMembers,
  findBadMember,
  members,
  supportMembers,
} from "./profile-members.ts";
import type { AcquirerProfile } from "./profile.ts";

/** Why a profile cannot be kept: a member by its name, or a card number in one of its texts. */
export type ProfileFault = PolicyFault | { readonly kind: "card_number_in_text" };

/** Ids that records take. */
const idPattern = /^[a-z0-9_]{1,32}$/;

const shortestRefundNo = 16;

const identityFault = ({ id, name, copyOf }: AcquirerProfile): string | undefined => {
  if (!idPattern.test(id)) return "id";
  return copyOf !== undefined && name === undefined ? "name" : undefined;
};

/** A prefix has the length that the acquirer gives out, and leaves room for the shortest number. */
const prefixFault = (profile: AcquirerProfile): string | undefined => {
  const { refundNoPrefix: prefix = "", refundNoPrefixLength: length, refundNoMax } = profile;
  if (prefix !== "" && length !== undefined && prefix.length !== length) return "refundNoPrefix";
  return prefix.length + shortestRefundNo > refundNoMax ? "refundNoMax" : undefined;
};

const badMember = (profile: AcquirerProfile): string | undefined =>
  identityFault(profile) ??
  findBadMember(members, profile) ??
  findBadMember(expectedMembers, profile.expected) ??
  findBadMember(supportMembers, profile.support) ??
  findBadMember(factMembers, profile.facts) ??
  prefixFault(profile);

/** Everything that a mapping quotes of a file. */
const wordsOf = ({
  columns,
  words,
}: {
  readonly columns: { readonly [role: string]: string | undefined };
  readonly words: { readonly [list: string]: readonly string[] | undefined };
}): readonly string[] =>
  [columns, words].flatMap((lists) => Object.values(lists).flatMap((texts) => texts ?? []));

const textsOf = ({
  name = "",
  support,
  ownErrors,
  statements = [],
  results = [],
  layout = {},
}: AcquirerProfile): readonly string[] => [
  name,
  support.phone ?? "",
  support.hours ?? "",
  ...ownErrors.flatMap(({ codes }) => codes),
  ...statements.flatMap(wordsOf),
  ...results.flatMap(wordsOf),
  JSON.stringify(layout),
];

/** Why an edited profile cannot be kept; undefined when it can. */
export const findProfileFault = (profile: AcquirerProfile): ProfileFault | undefined => {
  const at = badMember(profile);
  if (at !== undefined) return { kind: "bad_policy", at };
  return textsOf(profile).some((text) => findCardNumbers(text).length > 0)
    ? { kind: "card_number_in_text" }
    : undefined;
};
