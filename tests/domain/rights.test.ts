import { describe, expect, it } from "vitest";

import type { StaffId } from "../../src/domain/ids.ts";
import type { Role } from "../../src/domain/journal-event.ts";
import {
  actions,
  grants,
  limitOf,
  mayDo,
  rightOf,
  whoMay,
  type Action,
} from "../../src/domain/rights.ts";
import { aStaff, units } from "../support/a.ts";

const roles = ["clerk", "lead", "owner", "auditor"] as const satisfies readonly Role[];

/** refund-model.md §7, word for word: ✓ yes · L within own limit, else A · A another entitled person approves · – no. */
const model = `
| look up, verify a file, read policy | ✓ | ✓ | ✓ | ✓ |
| record a payment by hand; import a statement or result | ✓ | ✓ | ✓ | – |
| referenced refund, exchange, return | L | L | ✓ | – |
| destination ≠ original; cash; unreferenced; goodwill | A | A | ✓ | – |
| refuse a request | ✓ | ✓ | ✓ | – |
| approve, reject | – | L, never own | ✓ | – |
| override a rule, window or missing paper; waive goods | – | L | ✓ | – |
| withdraw own / others' record | ✓ / – | ✓ / ✓ | ✓ / ✓ | – |
| export batch; report upload; resend same number | – | ✓ | ✓ | – |
| recall an export | – | A | ✓, second person if any | – |
| result by S3 / by S4 | – / ✓ | ✓ / ✓ | ✓ / ✓ | – |
| retract a result; decide a conflict; new attempt | – | ✓ | ✓ | – |
| receive goods; give replacement | ✓ | ✓ | ✓ | – |
| day close, cash count | ✓ | ✓ | ✓ | – |
| resolve reconciliation; unclaimed register | – | ✓ | ✓ | – |
| policy, reasons, profiles, staff, limits, devices, keys | – | – | ✓ | – |
| backup | ✓ | ✓ | ✓ | – |
| restore, erase personal data | – | – | ✓ | – |
| reports / by staff | own / – | ✓ / ✓ | ✓ / ✓ | ✓ / ✓ |
| audit export, dispute pack | – | ✓ | ✓ | ✓ |
`;

/** What other sections say: grade D is decided by the owner (§5.1); words and calls belong to the counter. */
const besides = `
| a batch with a payment of grade D | – | – | ✓ | – |
| tell the customer; log a call | ✓ | ✓ | ✓ | – |
`;

/** Which row of the tables an action stands in, and at which side of its slash. */
const places: Readonly<Record<Action, readonly [row: string, side: 0 | 1]>> = {
  look_up: ["look up, verify a file, read policy", 0],
  record_payment: ["record a payment by hand; import a statement or result", 0],
  import_file: ["record a payment by hand; import a statement or result", 0],
  refund: ["referenced refund, exchange, return", 0],
  refund_elsewhere: ["destination ≠ original; cash; unreferenced; goodwill", 0],
  decline: ["refuse a request", 0],
  approve: ["approve, reject", 0],
  override: ["override a rule, window or missing paper; waive goods", 0],
  withdraw_own: ["withdraw own / others' record", 0],
  withdraw_other: ["withdraw own / others' record", 1],
  export: ["export batch; report upload; resend same number", 0],
  export_unproven: ["a batch with a payment of grade D", 0],
  recall: ["recall an export", 0],
  result_seen: ["result by S3 / by S4", 0],
  result_heard: ["result by S3 / by S4", 1],
  retract: ["retract a result; decide a conflict; new attempt", 0],
  decide_conflict: ["retract a result; decide a conflict; new attempt", 0],
  new_attempt: ["retract a result; decide a conflict; new attempt", 0],
  tell: ["tell the customer; log a call", 0],
  log_contact: ["tell the customer; log a call", 0],
  receive_goods: ["receive goods; give replacement", 0],
  close_day: ["day close, cash count", 0],
  reconcile: ["resolve reconciliation; unclaimed register", 0],
  manage_policy: ["policy, reasons, profiles, staff, limits, devices, keys", 0],
  manage_staff: ["policy, reasons, profiles, staff, limits, devices, keys", 0],
  manage_devices: ["policy, reasons, profiles, staff, limits, devices, keys", 0],
  back_up: ["backup", 0],
  restore: ["restore, erase personal data", 0],
  erase: ["restore, erase personal data", 0],
  report_own: ["reports / by staff", 0],
  report_staff: ["reports / by staff", 1],
  audit_export: ["audit export, dispute pack", 0],
};

const rows = new Map(
  (model.trim() + besides.trimEnd())

    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, name = "", ...cells]) => [name, cells.slice(0, 4)] as const),
);

const meaning: Readonly<Record<string, string>> = {
  "✓": "yes",
  own: "yes",
  "–": "no",
  L: "limit",
  A: "approval",
};

/** What the table says of a role and an action. */
const said = (role: Role, action: Action): string => {
  const [row, side] = places[action];
  const cell = rows.get(row)?.[roles.indexOf(role)] ?? "";
  const sides = cell.split(" / ");
  const sign = (sides[side] ?? sides[0] ?? "").split(",")[0] ?? "";
  return meaning[sign] ?? `unknown ${cell}`;
};

const person = (role: Role, over: Parameters<typeof aStaff>[0] = {}) =>
  aStaff({ staff: role as string as StaffId, role, ...over });

const pairs = roles.flatMap((role) => actions.map((action) => [role, action] as const));

describe("the matrix of roles and actions", () => {
  it("rel-X5 F66 has every row of refund-model.md §7 and no other", () => {
    const used = new Set(Object.values(places).map(([row]) => row));
    expect([...used].sort()).toEqual([...rows.keys()].sort());
    expect(Object.keys(places).sort()).toEqual([...actions].sort());
  });

  it.each(pairs)("rel-X5 F66 X28 a %s and %s", (role, action) => {
    expect(rightOf(person(role), action)).toBe(said(role, action));
  });

  it.each(pairs)("F69 a %s who was switched off never may %s", (role, action) => {
    const off = person(role, { active: false, grants });
    expect(rightOf(off, action)).toBe("no");
    expect(mayDo(off, action)).toBe("no");
    expect(whoMay([off], action)).toEqual([]);
  });
});

/** refundlog.md §4 and §5.5: what each permission is about. */
const added: Readonly<Record<string, Readonly<Partial<Record<Action, string>>>>> = {
  approve: { approve: "limit", override: "limit" },
  export: { export: "yes" },
  result: { result_seen: "yes" },
  retract: { retract: "yes", new_attempt: "yes" },
  conflict: { decide_conflict: "yes" },
  erase: { erase: "yes" },
  staff: { manage_staff: "yes" },
  policy: { manage_policy: "yes" },
};

const strength = ["no", "approval", "limit", "yes"];
const stronger = (a: string, b: string): string =>
  strength.indexOf(a) >= strength.indexOf(b) ? a : b;

describe("a single permission", () => {
  it("is one of those that a record can tell", () => {
    expect([...grants].sort()).toEqual(Object.keys(added).sort());
  });

  it.each(grants.flatMap((grant) => roles.map((role) => [grant, role] as const)))(
    "X28 %s gives a %s that and nothing else",
    (grant, role) => {
      for (const action of actions) {
        const more = role === "auditor" ? "no" : (added[grant]?.[action] ?? "no");
        const right = rightOf(person(role, { grants: [grant] }), action);
        expect([action, right]).toEqual([action, stronger(said(role, action), more)]);
      }
    },
  );

  it("unknown to this build gives nothing", () => {
    for (const [role, action] of pairs)
      expect(rightOf(person(role, { grants: ["everything"] }), action)).toBe(said(role, action));
  });
});

const limits = { clerk: 20_000, lead: 200_000 };

/** What may be done with an amount below, at and one unit above a limit. */
const around = (limit: number, who: ReturnType<typeof person>, action: Action) =>
  [limit - 1, limit, limit + 1].map((amount) => mayDo(who, action, { amount, limits }));

describe("limits", () => {
  it("R29 X28 a refund above one's own needs another person", () => {
    expect(around(20_000, person("clerk"), "refund")).toEqual(["yes", "yes", "approval"]);
    expect(around(200_000, person("lead"), "refund")).toEqual(["yes", "yes", "approval"]);
    const own = person("clerk", { limit: units(500) });
    expect(around(500, own, "refund")).toEqual(["yes", "yes", "approval"]);
    const none = person("clerk", { limit: units(0) });
    expect(mayDo(none, "refund", { amount: 1, limits })).toBe("approval");
  });

  it.each(["approve", "override"] as const)("X28 nobody may %s above their own", (action) => {
    expect(around(200_000, person("lead"), action)).toEqual(["yes", "yes", "no"]);
    const trusted = person("clerk", { grants: ["approve"], limit: units(500) });
    expect(around(500, trusted, action)).toEqual(["yes", "yes", "no"]);
    expect(around(500, person("clerk"), action)).toEqual(["no", "no", "no"]);
  });

  it("an owner has none, whatever a record says, and a role without one has none", () => {
    expect(limitOf(person("owner", { limit: units(1) }), limits)).toBeUndefined();
    expect(around(1, person("owner", { limit: units(1) }), "refund")).toEqual([
      "yes",
      "yes",
      "yes",
    ]);
    expect(mayDo(person("lead"), "refund", { amount: 99_999_999, limits: {} })).toBe("yes");
  });

  it("are no matter of actions that move no money of one's own", () => {
    for (const [role, action] of pairs) {
      const right = said(role, action);
      if (right === "limit") continue;
      expect(mayDo(person(role), action, { amount: 99_999_999, limits })).toBe(right);
    }
  });

  it("X28 those who are asked instead may do it alone", () => {
    const people = roles.map((role) => person(role));
    const names = (action: Action, amount: number) =>
      whoMay(people, action, { amount, limits }).map(({ role }) => role);
    expect(names("approve", 200_000)).toEqual(["lead", "owner"]);
    expect(names("approve", 200_001)).toEqual(["owner"]);
    expect(names("refund_elsewhere", 1)).toEqual(["owner"]);
    expect(names("audit_export", 0)).toEqual(["lead", "owner", "auditor"]);
  });
});
