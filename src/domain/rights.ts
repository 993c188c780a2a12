import type { Role } from "./journal-event.ts";
import type { Staff } from "./staff.ts";

/** How far a person may do something: alone, up to their own limit, only when another one approves, or not at all. */
export type Right = "yes" | "limit" | "approval" | "no";

type Row = readonly [clerk: Right, lead: Right, owner: Right, auditor: Right];

/** Who may do what (refund-model.md §7); a new action is one line here. */
const table = {
  look_up: ["yes", "yes", "yes", "yes"],
  record_payment: ["yes", "yes", "yes", "no"],
  import_file: ["yes", "yes", "yes", "no"],
  refund: ["limit", "limit", "yes", "no"],
  refund_elsewhere: ["approval", "approval", "yes", "no"],
  decline: ["yes", "yes", "yes", "no"],
  approve: ["no", "limit", "yes", "no"],
  override: ["no", "limit", "yes", "no"],
  withdraw_own: ["yes", "yes", "yes", "no"],
  withdraw_other: ["no", "yes", "yes", "no"],
  export: ["no", "yes", "yes", "no"],
  export_unproven: ["no", "no", "yes", "no"],
  recall: ["no", "approval", "yes", "no"],
  result_seen: ["no", "yes", "yes", "no"],
  result_heard: ["yes", "yes", "yes", "no"],
  retract: ["no", "yes", "yes", "no"],
  decide_conflict: ["no", "yes", "yes", "no"],
  new_attempt: ["no", "yes", "yes", "no"],
  tell: ["yes", "yes", "yes", "no"],
  log_contact: ["yes", "yes", "yes", "no"],
  receive_goods: ["yes", "yes", "yes", "no"],
  close_day: ["yes", "yes", "yes", "no"],
  reconcile: ["no", "yes", "yes", "no"],
  manage_policy: ["no", "no", "yes", "no"],
  manage_staff: ["no", "no", "yes", "no"],
  manage_devices: ["no", "no", "yes", "no"],
  back_up: ["yes", "yes", "yes", "no"],
  restore: ["no", "no", "yes", "no"],
  erase: ["no", "no", "yes", "no"],
  report_own: ["yes", "yes", "yes", "yes"],
  report_staff: ["no", "yes", "yes", "yes"],
  audit_export: ["no", "yes", "yes", "yes"],
} as const satisfies Record<string, Row>;

export type Action = keyof typeof table;

export const actions = Object.keys(table) as readonly Action[];

const columns: readonly Role[] = ["clerk", "lead", "owner", "auditor"];

/** What a single permission of the record format adds to a role (refundlog.md §4, `grant`). */
const granted: Readonly<Record<string, Partial<Record<Action, Right>>>> = {
  approve: { approve: "limit", override: "limit" },
  export: { export: "yes" },
  result: { result_seen: "yes" },
  retract: { retract: "yes", new_attempt: "yes" },
  conflict: { decide_conflict: "yes" },
  erase: { erase: "yes" },
  staff: { manage_staff: "yes" },
  policy: { manage_policy: "yes" },
};

/** The permissions that an owner may give to a person besides the role. */
export const grants = Object.keys(granted);

const strength: readonly Right[] = ["no", "approval", "limit", "yes"];

const stronger = (a: Right, b: Right): Right =>
  strength.indexOf(a) >= strength.indexOf(b) ? a : b;

/** The right of a role with its permissions; someone switched off has none. */
export const rightOf = (
  person: Pick<Staff, "role" | "grants" | "active">,
  action: Action,
): Right => {
  if (!person.active) return "no";
  const base = table[action][columns.indexOf(person.role)] ?? "no";
  // an auditor stays a reader, whatever was granted
  if (person.role === "auditor") return base;
  return person.grants.reduce<Right>(
    (right, grant) => stronger(right, granted[grant]?.[action] ?? "no"),
    base,
  );
};

/** Largest amount a person decides alone, minor units of the shop's currency; undefined for no limit. */
export type AmountLimits = Readonly<Partial<Record<Role, number>>>;

/** A person's own limit, else that of the role; the owner has none. */
export const limitOf = (
  person: Pick<Staff, "role" | "limit">,
  limits: AmountLimits,
): number | undefined =>
  person.role === "owner" ? undefined : (person.limit ?? limits[person.role]);

/** Whether a person may do this with that amount, alone or when another one approves. */
export const mayDo = (
  person: Staff,
  action: Action,
  within: { readonly amount: number; readonly limits: AmountLimits } = { amount: 0, limits: {} },
): "yes" | "approval" | "no" => {
  const right = rightOf(person, action);
  if (right !== "limit") return right;
  const limit = limitOf(person, within.limits);
  if (limit === undefined || within.amount <= limit) return "yes";
  return action === "refund" ? "approval" : "no";
};

/** The people who may do something alone, for "ask someone who may". */
export const whoMay = (
  people: readonly Staff[],
  action: Action,
  within?: { readonly amount: number; readonly limits: AmountLimits },
): readonly Staff[] => people.filter((person) => mayDo(person, action, within) === "yes");
