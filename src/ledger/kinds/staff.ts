import * as v from "valibot";
import { amt, b64u, below, common, jwk, list, sid, ver } from "./shapes.ts";

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
