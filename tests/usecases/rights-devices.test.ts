import { beforeAll, describe, expect, it } from "vitest";

import type { Role } from "../../src/domain/journal-event.ts";
import type { Result } from "../../src/domain/result.ts";
import type { DeviceId } from "../../src/domain/ids.ts";
import { applyAck } from "../../src/usecases/apply-ack.ts";
import { keepRefund } from "../../src/usecases/approve-refund.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { inviteDevice } from "../../src/usecases/enrol-device.ts";
import { revokeKey } from "../../src/usecases/revoke-key.ts";
import { takePhoneApproval } from "../../src/usecases/phone-approval.ts";
import type { CaseId } from "../../src/domain/ids.ts";
import { byPin, type Scene } from "../support/rights-cell.ts";
import { scenesOf } from "../support/rights-run.ts";
import { refundNow } from "../support/refunds.ts";

type Asked = (me: Deps, about: CaseId) => Promise<Result<unknown, { readonly kind: string }>>;

/** What is asked, and what everybody hears: the first fault that is not about a right means that the right is there. */
const table: readonly (readonly [
  what: string,
  ask: Asked,
  words: Readonly<Record<Role, string>>,
])[] = [
  [
    "manage_devices: invite a device",
    (me) => inviteDevice(me),
    { clerk: "not_entitled", lead: "not_entitled", owner: "yes", auditor: "not_entitled" },
  ],
  [
    "manage_devices: revoke the device itself",
    (me) => revokeKey(me, { kid: me.device, seq: 0, why: "lost", recoveryCode: "" }),
    { clerk: "not_entitled", lead: "not_entitled", owner: "own_key", auditor: "not_entitled" },
  ],
  [
    "manage_devices: revoke a key that nobody knows",
    (me) =>
      revokeKey(me, { kid: "x".repeat(43) as DeviceId, seq: 0, why: "lost", recoveryCode: "" }),
    { clerk: "not_entitled", lead: "not_entitled", owner: "cut_unknown", auditor: "not_entitled" },
  ],
  [
    "reconcile: take in what is no acknowledgement",
    (me) => applyAck(me, "nothing"),
    {
      clerk: "not_entitled",
      lead: "ack_unreadable",
      owner: "ack_unreadable",
      auditor: "not_entitled",
    },
  ],
  [
    "X9 decide_conflict: keep a refund that is in none",
    (me, about) => keepRefund(me, about, byPin(me)),
    {
      clerk: "not_entitled",
      lead: "not_allowed_now",
      owner: "not_allowed_now",
      auditor: "not_entitled",
    },
  ],
  [
    "X29 approve: whoever stands at the till may hand in a phone's answer, which is judged by itself",
    (me, about) => takePhoneApproval(me, about, "nothing"),
    {
      clerk: "approval_unreadable",
      lead: "approval_unreadable",
      owner: "approval_unreadable",
      auditor: "approval_unreadable",
    },
  ],
];

describe("people by their role, and what needs another device", () => {
  let scenes: readonly Scene[];
  let about: CaseId;
  beforeAll(async () => {
    const roles = ["clerk", "lead", "owner", "auditor"] as const;
    scenes = await scenesOf(roles.map((role) => ({ role, name: role })));
    const [scene] = scenes;
    if (scene === undefined) throw new Error("four people work here");
    about = await refundNow(scene.owner);
  });

  it.each(table)("R35 F66 %s", async (_, ask, words) => {
    const heard: Record<string, string> = {};
    for (const { me, person } of scenes) {
      const answer = await ask(me, about);
      heard[person.role] = answer.ok ? "yes" : answer.fault.kind;
    }
    expect(heard).toEqual(words);
  });
});
