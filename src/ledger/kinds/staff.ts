import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { StaffEvent } from "../../domain/journal-event.ts";
import { amt, b64u, below, common, jwk, list, sid, ver, type Unsealed } from "./shapes.ts";

const bringsKey: ReadonlySet<string> = new Set(["added", "pin_set", "passkey_set"]);

/** A person joins, changes, signs in or fails to. */
export const staff = {
  core: v.pipe(
    v.strictObject({
      ...common,
      kind: v.literal("staff"),
      sid,
      op: v.picklist([
        "added",
        "changed",
        "disabled",
        "enabled",
        "pin_set",
        "passkey_set",
        "login_ok",
        "login_failed",
        "locked",
      ]),
      jwk: v.exactOptional(jwk),
      cid: v.exactOptional(b64u),
      fails: v.exactOptional(ver),
    }),
    v.check(({ op, jwk: key }) => bringsKey.has(op) === (key !== undefined), "jwk with op"),
    v.check(({ op, cid }) => (op === "passkey_set") === (cid !== undefined), "cid with op"),
    v.check(({ op, fails }) => (op === "login_failed") === (fails !== undefined), "fails with op"),
  ),
  det: v.strictObject({
    ...below,
    role: v.exactOptional(v.picklist(["owner", "lead", "clerk", "auditor"])),
    max: v.exactOptional(amt),
    grant: v.exactOptional(
      list(
        v.picklist([
          "approve",
          "export",
          "result",
          "retract",
          "conflict",
          "erase",
          "staff",
          "policy",
        ]),
      ),
    ),
  }),
};

type StaffCore = v.InferOutput<typeof staff.core>;
type StaffDet = v.InferOutput<typeof staff.det>;

type Grant = NonNullable<StaffDet["grant"]>[number];

export const writeStaff = (event: StaffEvent): Unsealed<StaffCore, StaffDet> => ({
  core: {
    kind: "staff",
    sid: event.staff,
    op: event.op,
    ...given("jwk", event.jwk),
    ...given("cid", event.credential),
    ...given("fails", event.fails),
  },
  det: {
    ...given("role", event.role),
    ...given("max", event.limit),
    // a grant of another name is refused by the shape when the record is sealed
    ...given("grant", event.grants && ([...event.grants] as Grant[])),
  },
});

export const readStaff = (core: StaffCore, det: StaffDet): StaffEvent => ({
  kind: "staff",
  staff: core.sid,
  op: core.op,
  ...given("jwk", core.jwk),
  ...given("credential", core.cid),
  ...given("fails", core.fails),
  ...given("role", det.role),
  ...given("limit", det.max),
  ...given("grants", det.grant),
});
