import { given } from "../given.ts";
import type { JsonObject } from "../journal-event.ts";
import { cutText } from "../typed-text.ts";
import { acquirerIds, shippedProfile } from "./index.ts";
import {
  expectedMembers,
  factMembers,
  members,
  readMembers,
  supportMembers,
} from "./profile-members.ts";
import type { AcquirerProfile } from "./profile.ts";

/** Members that a profile may do without: an edit can take them away. */
const clearable = [
  "refundWindowDays",
  "refundHours",
  "closesAfterDays",
  "handbackDays",
  "noRecordFinalAfterDays",
  "voidCutoffMinutes",
  "partialLimit",
  "minIntervalSeconds",
  "dailyRefunds",
  "dailyAmount",
  "refundNoPrefix",
] as const satisfies readonly (keyof AcquirerProfile)[];

type Clearable = (typeof clearable)[number];

const isShipped = (id: unknown): boolean => acquirerIds.some((one) => one === id);

/** The shipped profile under an id, or the one that an owner's own profile was copied from. */
export const baseProfile = ({
  id,
  copyOf,
}: Pick<AcquirerProfile, "id" | "copyOf">): AcquirerProfile =>
  shippedProfile(isShipped(id) ? id : (copyOf ?? id));

const objectIn = (document: JsonObject, name: string): JsonObject => {
  const value = Object.hasOwn(document, name) ? document[name] : undefined;
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
};

const clearedIn = ({ without }: JsonObject): readonly Clearable[] =>
  Array.isArray(without) ? clearable.filter((name) => without.includes(name)) : [];

const leaveOut = (profile: AcquirerProfile, names: readonly Clearable[]): AcquirerProfile =>
  Object.fromEntries(
    Object.entries(profile).filter(([name]) => !names.some((one) => one === name)),
  ) as AcquirerProfile;

const copyIn = (id: string, { copyOf }: JsonObject): string | undefined =>
  typeof copyOf === "string" && isShipped(copyOf) && !isShipped(id) ? copyOf : undefined;

/** A profile as the journal has it: the shipped one, with what the owner changed over it. Bad members count for nothing. */
export const parseProfile = (id: string, document: JsonObject): AcquirerProfile => {
  const copyOf = copyIn(id, document);
  const base = baseProfile({ id, ...given("copyOf", copyOf) });
  return {
    ...leaveOut(base, clearedIn(document)),
    ...readMembers(members, document),
    id,
    ...given("copyOf", copyOf),
    expected: {
      ...base.expected,
      ...readMembers(expectedMembers, objectIn(document, "expected")),
    },
    support: { ...base.support, ...readMembers(supportMembers, objectIn(document, "support")) },
    facts: { ...base.facts, ...readMembers(factMembers, objectIn(document, "facts")) },
  };
};

/** Whether two members say the same. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The named members of an object that differ from another one's; what is missing is left out. */
const differing = (
  names: Readonly<Record<string, unknown>>,
  of: object,
  from: object,
): JsonObject => {
  const before = new Map<string, unknown>(Object.entries(from));
  return Object.fromEntries(
    Object.entries(of).filter(
      ([name, value]) =>
        Object.hasOwn(names, name) && value !== undefined && !isSame(value, before.get(name)),
    ),
  );
};

const unlessEmpty = (name: string, value: JsonObject | readonly string[]): JsonObject =>
  Object.keys(value).length === 0 ? {} : { [name]: value };

/** What a profile changes of the shipped one, as a policy record keeps it: integers, texts, booleans and lists of them. */
export const writeProfile = (
  edited: AcquirerProfile,
  shipped: AcquirerProfile = baseProfile(edited),
): JsonObject => {
  const cleared = clearable.filter(
    (name) => shipped[name] !== undefined && edited[name] === undefined,
  );
  return {
    acquirer: edited.id,
    ...(edited.copyOf === undefined ? {} : { copyOf: edited.copyOf }),
    ...differing(members, edited, shipped),
    ...unlessEmpty("expected", differing(expectedMembers, edited.expected, shipped.expected)),
    ...unlessEmpty("support", differing(supportMembers, edited.support, shipped.support)),
    ...unlessEmpty("facts", differing(factMembers, edited.facts, shipped.facts)),
    ...unlessEmpty("without", cleared),
  };
};

/** A new id for a copy, after the profile it comes from: `lakala_2`. */
export const newProfileId = (source: AcquirerProfile, taken: readonly string[]): string => {
  const base = baseProfile(source).id;
  for (let number = 2; ; number++) {
    const id = `${base}_${number}`;
    if (!taken.includes(id)) return id;
  }
};

/** The same profile as one of the owner's own, under a new id and the owner's name. */
export const copyProfile = (
  source: AcquirerProfile,
  { id, name }: { readonly id: string; readonly name: string },
): AcquirerProfile => ({
  ...source,
  id,
  name: cutText(name, 40),
  copyOf: baseProfile(source).id,
});
