import { parseProfile, writeProfile } from "../../../src/domain/acquirers/edited-profile.ts";
import type { AcquirerProfile } from "../../../src/domain/acquirers/profile.ts";
import { given } from "../../../src/domain/given.ts";
import type { JournalEvent, JsonObject, PolicyEvent } from "../../../src/domain/journal-event.ts";
import {
  amountLimits,
  writePolicy,
  type ShopPolicy,
} from "../../../src/domain/policy/shop-policy.ts";
import { eligibilities, reasonCodes, refusalReasons } from "../../../src/domain/reasons.ts";
import { decideApproval, decideReopen } from "../../../src/domain/refund/decide-approval.ts";
import { decideDecline } from "../../../src/domain/refund/decide-decline.ts";
import type { RefundCase } from "../../../src/domain/refund/case.ts";
import { latestAttempt } from "../../../src/domain/refund/case.ts";
import { fail, ok } from "../../../src/domain/result.ts";
import { grants, rightOf } from "../../../src/domain/rights.ts";
import {
  decideActive,
  decideNewStaff,
  decideStaffChange,
  followLimits,
  type StaffScene,
} from "../../../src/domain/staff-change.ts";
import { roles, type StaffEntry } from "../../../src/domain/staff-entry.ts";
import type { Staff } from "../../../src/domain/staff.ts";
import { anEvidenceFile, units } from "../../support/a.ts";
import { pick, type Act } from "./act.ts";
import { nothingThere, paymentFor } from "./choose-refund.ts";
import {
  documentOf,
  hashAt,
  nextRef,
  peopleOf,
  policyOf,
  profileOf,
  type Choice,
  type Walk,
} from "./walk.ts";

const one = (event: JournalEvent): Choice => ok([{ event }]);

const casesWhere = (
  { books }: Walk,
  wanted: (refundCase: RefundCase) => boolean,
): readonly RefundCase[] => {
  const all = [...books.cases.values()];
  const found = all.filter(wanted);
  return found.length === 0 ? all : found;
};

/** Approves twice as often as it rejects. */
export const chooseDecision = (walk: Walk, act: Act, staff: Staff): Choice => {
  const waiting = casesWhere(walk, ({ money }) => money === "pending_approval");
  const refundCase = pick(waiting, act.which);
  if (refundCase === undefined) return nothingThere;
  const reason = pick([...refusalReasons, "nonsense"], act.more) ?? "";
  const approver = { staff, limits: amountLimits(policyOf(walk.books)) };
  const decided = decideApproval(
    approver,
    refundCase,
    act.how % 3 > 0 ? { result: "approve" } : { result: "reject", reason },
  );
  return decided.ok ? one(decided.value) : decided;
};

export const chooseReopening = (walk: Walk, act: Act, staff: Staff): Choice => {
  const refundCase = pick(
    casesWhere(walk, ({ approval }) => approval === "rejected"),
    act.which,
  );
  if (refundCase === undefined) return nothingThere;
  const { paymentId } = refundCase;
  const payment = paymentId === undefined ? undefined : walk.books.payments.get(paymentId);
  const evidence = act.more % 5 === 0 ? [] : [anEvidenceFile({ kind: "chat" })];
  const decided = decideReopen({ staff, limits: amountLimits(policyOf(walk.books)) }, refundCase, {
    payment,
    newEvidence: evidence.length,
  });
  if (!decided.ok) return decided;
  const about = latestAttempt(refundCase).record;
  const heard = { kind: "contact", with: "customer", via: "counter", about, evidence } as const;
  return ok([{ event: heard }, { event: decided.value }]);
};

export const chooseDecline = (walk: Walk, act: Act, staff: Staff): Choice => {
  const payment = paymentFor(walk, act);
  const decided = decideDecline(staff, {
    caseId:
      `${walk.shop.prefix}${String(nextRef(walk).seq).padStart(20, "0")}` as RefundCase["caseId"],
    reason: pick([...refusalReasons, "nonsense"], act.how) ?? "",
    offers: ["exchange"],
    ...given("paymentId", payment?.paymentId),
  });
  return decided.ok ? one(decided.value) : decided;
};

const key = { crv: "P-256", kty: "EC", x: "x", y: "y" } as const;

const entryFor = ({ how, more, minor }: Act): StaffEntry => ({
  name: `员工${how % 9}`,
  role: pick(roles, more) ?? "clerk",
  limit: how % 2 === 0 ? undefined : units(Math.max(0, minor)),
  grants: grants.filter((_, place) => ((more >> (place + 2)) & 1) === 1),
});

/** Somebody joins, changes or is switched off and on. */
export const choosePerson = (walk: Walk, act: Act, staff: Staff): Choice => {
  const people = peopleOf(walk);
  const limits = amountLimits(policyOf(walk.books));
  const scene: StaffScene = { people, limits, actor: staff.staff };
  const about = pick(people, act.which)?.staff ?? staff.staff;
  const plans = [
    () => decideStaffChange(scene, about, entryFor(act)),
    () => decideActive(scene, about, act.more % 3 > 0),
    () => (people.length > 9 ? nothingThere : decideNewStaff(scene, entryFor(act), key)),
  ] as const;
  const plan = plans[act.how % plans.length]?.() ?? nothingThere;
  if (!plan.ok) return fail({ kind: plan.fault.kind });
  return "event" in plan.value ? ok([plan.value]) : nothingThere;
};

const edited = (policy: ShopPolicy, { how, more, minor, which }: Act): ShopPolicy => {
  const days = pick([0, 1, 7, 30, 400], how) ?? 7;
  const limit = pick([0, 500, 20_000, Math.max(0, minor)], more) ?? 0;
  const reason = pick(reasonCodes, which) ?? "other";
  const eligible = pick(eligibilities, more) ?? "yes";
  const { clerk, lead } = policy.limits;
  const changes: readonly Partial<ShopPolicy>[] = [
    { windowDays: days },
    { coolingOffDays: days },
    { limits: { clerk: { ...clerk, amount: limit }, lead } },
    { limits: { clerk, lead: { ...lead, amount: limit } } },
    { limits: { clerk: { amount: 20_000, days, refunds: 1 + (more % 3) }, lead } },
    { eligible: { ...policy.eligible, [reason]: eligible } },
    { photoFrom: limit, receiptRequired: more % 2 === 0, unusedRequired: more % 3 > 0 },
    { excludedGoods: more % 2 === 0 ? ["茶"] : [] },
  ];
  return { ...policy, ...pick(changes, how >> 3) };
};

const policyEvent = (walk: Walk, what: PolicyEvent["what"], document: JsonObject): PolicyEvent => ({
  kind: "policy",
  what,
  version: walk.records.length,
  hash: hashAt(nextRef(walk)),
  document,
});

/** A new version of the policy; who has no limit of their own follows the role's. */
export const choosePolicy = (walk: Walk, act: Act, staff: Staff): Choice => {
  if (rightOf(staff, "manage_policy") === "no") return fail({ kind: "not_entitled" });
  const before = policyOf(walk.books);
  const after = edited(before, act);
  const follow = followLimits(peopleOf(walk), amountLimits(before), amountLimits(after));
  const events = [policyEvent(walk, "policy", writePolicy(after)), ...follow];
  return ok(events.map((event) => ({ event })));
};

const changedProfile = (profile: AcquirerProfile, { how, more }: Act): AcquirerProfile => {
  const number = 1 + (more % 5);
  const changes: readonly Partial<AcquirerProfile>[] = [
    { voids: more % 3 > 0 ? "yes" : "no" },
    { voidCutoffMinutes: 240 * number },
    { settlement: more % 2 === 0 ? "D0" : "T1", d0Refund: more % 3 === 0 ? "blocked" : "unknown" },
    { refundWindowDays: pick([1, 7, 90, 365], more) ?? 7 },
    { partials: pick(["many", "once", "none"], more) ?? "many" },
    { partialLimit: number },
    { resendIdempotent: more % 2 === 0 },
    { minIntervalSeconds: 60 },
  ];
  return { ...profile, ...pick(changes, how) };
};

/** The owner edits what an acquirer allows, or takes all edits back. */
export const chooseProfile = (walk: Walk, act: Act, staff: Staff): Choice => {
  if (rightOf(staff, "manage_policy") === "no") return fail({ kind: "not_entitled" });
  const id = paymentFor(walk, act)?.acquirer ?? "custom";
  const { profile } = profileOf(walk.books, id);
  const next = act.how % 7 === 0 ? parseProfile(id, {}) : changedProfile(profile, act);
  return one(policyEvent(walk, "profile", writeProfile(next)));
};

/** The day of the stall begins at another hour. */
export const chooseSetting = (walk: Walk, act: Act, staff: Staff): Choice => {
  if (rightOf(staff, "manage_policy") === "no") return fail({ kind: "not_entitled" });
  const cutoffMinutes = pick([0, 1, 240, 1_439], act.how) ?? 0;
  const before = documentOf(walk.books, "setting") ?? {};
  return one(policyEvent(walk, "setting", { ...before, cutoffMinutes }));
};
