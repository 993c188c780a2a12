import { describe, expect, it } from "vitest";
import type { StaffId } from "../../src/domain/ids.ts";
import type { Personal, PublicJwk, StaffEvent } from "../../src/domain/journal-event.ts";
import { takeStaff, type Staff } from "../../src/domain/staff.ts";
import { aRecorded, units } from "../support/a.ts";

const staff = "mei" as StaffId;
const aKey = (x: string): PublicJwk => ({ crv: "P-256", kty: "EC", x, y: "y" });

type Told = Partial<StaffEvent> & { readonly personal?: Personal };

const after = (...told: readonly Told[]): Staff | undefined =>
  told.reduce<Staff | undefined>((known, { personal, ...event }, index) => {
    const whole: StaffEvent = { kind: "staff", staff, op: "changed", ...event };
    return takeStaff(known, aRecorded(whole, index, personal === undefined ? {} : { personal }));
  }, undefined);

const added: Told = {
  op: "added",
  role: "lead",
  limit: units(200_000),
  grants: ["export"],
  jwk: aKey("first"),
  personal: { name: "小梅" },
};

describe("takeStaff", () => {
  it("X28 knows a person as they were added", () => {
    expect(after(added)).toEqual({
      staff,
      name: "小梅",
      role: "lead",
      limit: 200_000,
      grants: ["export"],
      jwk: aKey("first"),
      active: true,
    });
  });

  it("calls a person without a name by the pseudonym, and gives nobody more than a clerk's role by default", () => {
    expect(after({ op: "added" })).toEqual({
      staff,
      name: "mei",
      role: "clerk",
      grants: [],
      active: true,
    });
  });

  it("X28 takes a limit away only where it is changed, never by a sign-in", () => {
    expect(after(added, { op: "login_ok" })?.limit).toBe(200_000);
    expect(after(added, { op: "pin_set", jwk: aKey("second") })?.limit).toBe(200_000);
    expect(after(added, { op: "changed", limit: units(5) })?.limit).toBe(5);
    expect(after(added, { op: "changed" })).not.toHaveProperty("limit");
  });

  it("stays disabled until somebody enables the person again", () => {
    expect(after(added, { op: "disabled" })?.active).toBe(false);
    expect(after(added, { op: "disabled" }, { op: "pin_set" })?.active).toBe(false);
    expect(after(added, { op: "disabled" }, { op: "changed" })?.active).toBe(false);
    expect(after(added, { op: "disabled" }, { op: "enabled" })?.active).toBe(true);
  });

  it("takes a new signing key with a new PIN, not with a passkey", () => {
    expect(after(added, { op: "pin_set", jwk: aKey("second") })?.jwk).toEqual(aKey("second"));
    expect(after(added, { op: "passkey_set", jwk: aKey("passkey") })?.jwk).toEqual(aKey("first"));
  });
});
