import { describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import type { StaffId } from "../../src/domain/ids.ts";
import { decideNewStaff, followLimits } from "../../src/domain/staff-change.ts";
import { grantsFor, ownLimit, parseStaff, type TypedStaff } from "../../src/domain/staff-entry.ts";
import { aStaff, faultOf, units, valueOf } from "../support/a.ts";
import { anEntry } from "../support/people.ts";

const typed = (over: Partial<TypedStaff> = {}): TypedStaff => ({
  name: " 小王 ",
  role: "clerk",
  limit: "",
  grants: [],
  ...over,
});

const limits = { clerk: 20_000, lead: 200_000 };
const jwk = { crv: "P-256", kty: "EC", x: "x", y: "y" } as const;
const owner = aStaff({ staff: "s1" as StaffId });

describe("a form about a person", () => {
  it("is cleaned, and an empty limit is the role's", () => {
    expect(valueOf(parseStaff(typed(), CNY))).toEqual({
      name: "小王",
      role: "clerk",
      limit: undefined,
      grants: [],
    });
    expect(valueOf(parseStaff(typed({ limit: "50.5" }), CNY)).limit).toBe(5050);
    expect(valueOf(parseStaff(typed({ limit: "0" }), CNY)).limit).toBe(0);
    expect(valueOf(parseStaff(typed({ role: "king" }), CNY)).role).toBe("clerk");
  });

  it.each([
    ["person_name_missing", { name: "　" }],
    ["card_number_in_text", { name: "王 6222 0212 3456 7894" }],
    ["amount_not_a_number", { limit: "-5" }],
    ["amount_too_many_decimals", { limit: "5.001" }],
    ["amount_too_large", { limit: "1000000" }],
  ])("is refused: %s", (kind, over) => {
    expect(faultOf(parseStaff(typed(over), CNY)).kind).toBe(kind);
  });

  it("offers a role what it lacks: an auditor stays a reader, an owner lacks nothing", () => {
    expect(grantsFor("auditor")).toEqual([]);
    expect(grantsFor("owner")).toEqual([]);
    expect(grantsFor("lead")).toEqual(["erase", "staff", "policy"]);
    expect(grantsFor("clerk")).toHaveLength(8);
  });
});

describe("a new person's number", () => {
  it("follows the highest, whoever left", () => {
    const people = [owner, aStaff({ staff: "s7" as StaffId, active: false, role: "clerk" })];
    const scene = { people, limits, actor: owner.staff };
    expect(valueOf(decideNewStaff(scene, anEntry(), jwk)).event.staff).toBe("s8");
  });
});

describe("the limits of roles", () => {
  const people = [
    owner,
    aStaff({ staff: "s2" as StaffId, role: "clerk", limit: units(20_000), grants: ["export"] }),
    aStaff({ staff: "s3" as StaffId, role: "clerk", limit: units(5000) }),
    aStaff({ staff: "s4" as StaffId, role: "lead", limit: units(200_000) }),
    aStaff({ staff: "s5" as StaffId, role: "auditor" }),
  ];

  it("are nobody's own limit", () => {
    expect(people.map((person) => ownLimit(person, limits))).toEqual([
      undefined,
      undefined,
      5000,
      undefined,
      undefined,
    ]);
  });

  it("take along whoever has no own one when they change", () => {
    expect(followLimits(people, limits, { ...limits, clerk: 30_000 })).toEqual([
      {
        kind: "staff",
        staff: "s2",
        op: "changed",
        role: "clerk",
        limit: 30_000,
        grants: ["export"],
      },
    ]);
    expect(followLimits(people, limits, { clerk: 20_000 })).toEqual([
      { kind: "staff", staff: "s4", op: "changed", role: "lead" },
    ]);
    expect(followLimits(people, limits, limits)).toEqual([]);
  });
});
