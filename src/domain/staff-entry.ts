import type { Currency } from "./currency.ts";
import { given } from "./given.ts";
import type { Role, StaffEvent } from "./journal-event.ts";
import { maxRecordMinor, parseAmount, type AmountFault, type MinorUnits } from "./money.ts";
import { findCardNumbers } from "./pan-guard.ts";
import { fail, ok, type Result } from "./result.ts";
import { actions, grants, rightOf, type Action, type AmountLimits, type Right } from "./rights.ts";
import type { Staff } from "./staff.ts";
import { cutText } from "./typed-text.ts";

/** What is said about a person when they join or change. */
export type StaffEntry = {
  readonly name: string;
  readonly role: Role;
  /** The person's own limit; undefined for the one of their role. */
  readonly limit: MinorUnits | undefined;
  readonly grants: readonly string[];
};

/** The same as a form holds it. */
export type TypedStaff = {
  readonly name: string;
  readonly role: string;
  readonly limit: string;
  readonly grants: readonly string[];
};

export type NameFault =
  | { readonly kind: "person_name_missing" }
  | { readonly kind: "card_number_in_text" };

export const roles = ["clerk", "lead", "owner", "auditor"] as const satisfies readonly Role[];

const rightWith = (role: Role, grant: string | undefined, action: Action): Right =>
  rightOf({ role, grants: grant === undefined ? [] : [grant], active: true }, action);

/** The permissions that add something to a role. */
export const grantsFor = (role: Role): readonly string[] =>
  grants.filter((grant) =>
    actions.some((action) => rightWith(role, grant, action) !== rightWith(role, undefined, action)),
  );

const longestName = 60;

/** A name as it is recorded. */
export const cleanName = (typed: string): string => cutText(typed, longestName);

/** Why a name cannot be recorded; undefined when it can. */
export const findNameFault = (name: string): NameFault | undefined => {
  if (cleanName(name) === "") return { kind: "person_name_missing" };
  return findCardNumbers(name).length > 0 ? { kind: "card_number_in_text" } : undefined;
};

const parseLimit = (
  typed: string,
  currency: Currency,
): Result<MinorUnits | undefined, AmountFault> => {
  if (typed.trim() === "") return ok(undefined);
  const amount = parseAmount(typed, currency);
  if (!amount.ok) return amount;
  return amount.value.minor > maxRecordMinor
    ? fail({ kind: "amount_too_large" })
    : ok(amount.value.minor);
};

/** Reads a form about a person; an empty limit is the one of the role. */
export const parseStaff = (
  typed: TypedStaff,
  currency: Currency,
): Result<StaffEntry, NameFault | AmountFault> => {
  const fault = findNameFault(typed.name);
  if (fault !== undefined) return fail(fault);
  const role = roles.find((one) => one === typed.role) ?? "clerk";
  const limit = parseLimit(typed.limit, currency);
  return limit.ok
    ? ok({ name: cleanName(typed.name), role, limit: limit.value, grants: typed.grants })
    : limit;
};

/** An owner has no limit and an auditor refunds nothing. */
const limitIn = ({ role, limit }: StaffEntry, limits: AmountLimits): MinorUnits | undefined =>
  role === "owner" || role === "auditor"
    ? undefined
    : (limit ?? (limits[role] as MinorUnits | undefined));

/** Role, limit and permissions as a record tells them: the role's limit too, so that a verifier knows it. */
export const writeEntry = (entry: StaffEntry, limits: AmountLimits): Partial<StaffEvent> => {
  const useful = grantsFor(entry.role).filter((grant) => entry.grants.includes(grant));
  return {
    role: entry.role,
    ...given("limit", limitIn(entry, limits)),
    ...given("grants", useful.length === 0 ? undefined : useful),
  };
};

/** A person's own limit; undefined where it is the one of the role. */
export const ownLimit = (
  { role, limit }: Pick<Staff, "role" | "limit">,
  limits: AmountLimits,
): MinorUnits | undefined => (limit === limits[role] ? undefined : limit);
