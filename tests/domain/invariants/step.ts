import { copyBooks } from "../../../src/domain/copy-books.ts";
import { given } from "../../../src/domain/given.ts";
import type { PaymentId, StaffId } from "../../../src/domain/ids.ts";
import { addDays, businessDate, startOfDay, type Instant } from "../../../src/domain/instant.ts";
import type { JournalEvent, PaymentEvent, Recorded } from "../../../src/domain/journal-event.ts";
import { channelDeadline } from "../../../src/domain/policy/channel-window.ts";
import { defaultPolicy, writePolicy } from "../../../src/domain/policy/shop-policy.ts";
import { latestAttempt } from "../../../src/domain/refund/case.ts";
import type { MoneyState } from "../../../src/domain/refund/money-track.ts";
import { batchEnd } from "../../../src/domain/refund/void-rule.ts";
import { fail, ok } from "../../../src/domain/result.ts";
import { rightOf, type Action } from "../../../src/domain/rights.ts";
import type { Staff } from "../../../src/domain/staff.ts";
import { aPaymentEvent, at, cny, units } from "../../support/a.ts";
import { pick, type Act } from "./act.ts";
import * as moneyActs from "./choose-money.ts";
import { anImport, chooseLookUp, choosePay, chooseStatement } from "./choose-payment.ts";
import * as peopleActs from "./choose-people.ts";
import { chooseRefund, chooseRetry, nothingThere, paymentFor } from "./choose-refund.ts";
import {
  calendarOf,
  clockAt,
  emptyWalk,
  hashAt,
  home,
  nextRef,
  peopleOf,
  policyOf,
  profileOf,
  recordAll,
  type Choice,
  type Shop,
  type Walk,
} from "./walk.ts";

type Chooser = (walk: Walk, act: Act, staff: Staff) => Choice;

const chooseNotice: Chooser = ({ books }, act, staff) => {
  const refundCase = pick([...books.cases.values()], act.which);
  if (rightOf(staff, "tell") === "no") return fail({ kind: "not_entitled" });
  if (refundCase === undefined) return nothingThere;
  const via = pick(["print", "print", "qr", "share"] as const, act.how) ?? "qr";
  const event: JournalEvent = {
    kind: "notice",
    refund: latestAttempt(refundCase).record,
    to: "customer",
    state: act.more % 2 === 0 ? "accepted" : "result",
    via,
    ...given("copy", via === "print" ? refundCase.copies + 1 : undefined),
  };
  return ok([{ event }]);
};

const chooseContact: Chooser = ({ books }, act, staff) => {
  const refundCase = pick([...books.cases.values()], act.which);
  if (rightOf(staff, "log_contact") === "no") return fail({ kind: "not_entitled" });
  if (refundCase === undefined) return nothingThere;
  const about = latestAttempt(refundCase).record;
  const event = { kind: "contact", with: "acquirer", via: "phone", about, ticket: "T1" } as const;
  return ok([{ event }]);
};

const choosers: Readonly<Record<Exclude<Act["kind"], "next">, Chooser>> = {
  refund: chooseRefund,
  retry: chooseRetry,
  decide: peopleActs.chooseDecision,
  reopen: peopleActs.chooseReopening,
  decline: peopleActs.chooseDecline,
  person: peopleActs.choosePerson,
  policy: peopleActs.choosePolicy,
  profile: peopleActs.chooseProfile,
  setting: peopleActs.chooseSetting,
  withdraw: moneyActs.chooseWithdrawal,
  goods: moneyActs.chooseGoods,
  export: moneyActs.chooseExport,
  deliver: moneyActs.chooseDelivery,
  upload: moneyActs.chooseUpload,
  recall: moneyActs.chooseRecall,
  allow_recall: moneyActs.chooseRecallConsent,
  report: moneyActs.chooseReport,
  row: moneyActs.chooseRow,
  resend: moneyActs.chooseResend,
  retract: moneyActs.chooseRetraction,
  void_failed: moneyActs.chooseFailedVoid,
  pay: choosePay,
  look_up: chooseLookUp,
  statement: chooseStatement,
  notice: chooseNotice,
  contact: chooseContact,
  nothing: () => nothingThere,
};

/** What a shop does next with a refund, by how its money stands. */
const afterState: Readonly<Record<MoneyState, readonly Exclude<Act["kind"], "next">[]>> = {
  pending_approval: ["decide"],
  ready: ["export", "goods", "void_failed", "export"],
  exported: ["upload", "upload", "deliver", "recall"],
  submitted: ["report", "row"],
  processing: ["report", "row"],
  needs_action: ["resend", "report"],
  unknown: ["resend", "row"],
  abnormal: ["report", "row"],
  conflict: ["nothing"],
  succeeded: ["notice", "notice", "retract", "row"],
  failed: ["retry", "retry", "retry", "row"],
  closed: ["retry", "retry", "retry", "row"],
  reversed: ["notice", "retract"],
  withdrawn: ["reopen", "row"],
};

/** The act itself, or what is next for one of the refunds. */
const resolved = ({ books }: Walk, act: Act): Act & { kind: keyof typeof choosers } => {
  const { kind } = act;
  if (kind !== "next") return { ...act, kind };
  const cases = [...books.cases.values()].filter(({ money }) => money !== undefined);
  const money = pick(cases, act.who >> 1)?.money;
  const kinds = money === undefined ? (["refund"] as const) : afterState[money];
  return { ...act, kind: pick(kinds, act.how) ?? "nothing" };
};

/** The last moment of a window of the payment that the act is about. */
const edgeOf = (walk: Walk, act: Act, of: "channel" | "shop" | "batch"): Instant => {
  const { books, now } = walk;
  const payment = paymentFor(walk, act);
  if (payment?.paidAt === undefined) return now;
  const { profile } = profileOf(books, payment.acquirer);
  const calendar = calendarOf(books);
  if (of === "batch") return batchEnd(payment.paidAt, profile, calendar);
  if (of === "channel")
    return channelDeadline(payment.paidAt, profile.refundWindowDays ?? 30, calendar);
  const last = addDays(businessDate(payment.paidAt, calendar), policyOf(books).windowDays);
  return startOfDay(addDays(last, 1), calendar);
};

const moveClock = (walk: Walk, act: Act): Instant => {
  const { clock } = act;
  if (clock.kind === "home") return home;
  if (clock.kind === "by") return clockAt(walk.now, clock.seconds);
  return clockAt(edgeOf(walk, act, clock.of), clock.seconds);
};

/** What one act did: the books and the model before it, the walk after it, and what was recorded or refused. */
export type Step = {
  readonly act: Act;
  readonly staff: Staff;
  readonly before: Walk;
  readonly after: Walk;
  readonly recorded: readonly Recorded[];
  readonly fault: { readonly kind: string } | undefined;
};

/** The right that an act needs; the others are everybody's who works here. */
const needs: Readonly<Partial<Record<Act["kind"], Action>>> = {
  decide: "approve",
  reopen: "approve",
  export: "export_unproven",
  deliver: "export",
  upload: "export",
  recall: "recall",
  allow_recall: "recall",
  report: "result_seen",
  resend: "export",
  retract: "retract",
  retry: "new_attempt",
  void_failed: "result_seen",
  policy: "manage_policy",
  profile: "manage_policy",
  setting: "manage_policy",
  person: "manage_staff",
};

/** Mostly somebody who may do it, now and then anybody. */
const staffFor = (walk: Walk, { kind, who }: Act): Staff => {
  const all = peopleOf(walk);
  const action = needs[kind];
  const may =
    action === undefined || who % 4 === 0
      ? all
      : all.filter((person) => rightOf(person, action) !== "no");
  const staff = pick(may.length === 0 ? all : may, who >> 2);
  if (staff === undefined) throw new Error("somebody works in every shop");
  return staff;
};

/** Moves the clock, lets somebody do the act, and records what comes of it. */
export const step = (walk: Walk, told: Act): Step => {
  const act = resolved(walk, told);
  const now = moveClock(walk, act);
  const moment = { ...walk, now };
  const staff = staffFor(moment, act);
  const before = { ...moment, books: copyBooks(moment.books) };
  const choice = choosers[act.kind](moment, act, staff);
  if (!choice.ok) return { act, staff, before, after: moment, recorded: [], fault: choice.fault };
  const after = recordAll(moment, choice.value, staff.staff);
  const recorded = after.records.slice(before.records.length);
  return { act, staff, before, after, recorded, fault: undefined };
};

const key = { crv: "P-256", kty: "EC", x: "x", y: "y" } as const;

const genesis = ({ prefix }: Shop): JournalEvent => ({
  kind: "genesis",
  jwk: key,
  label: "一号机",
  prefix,
  shop: { name: "茶摊", currency: cny(0).currency, zone: "Asia/Shanghai" as Recorded["zone"] },
});

/** An owner, a second one, a lead, a clerk, a clerk who was given more, and an auditor. */
const people: readonly JournalEvent[] = (
  [
    ["s1", "owner", undefined, undefined],
    ["s2", "lead", 200_000, undefined],
    ["s3", "clerk", 20_000, undefined],
    ["s4", "auditor", undefined, undefined],
    ["s5", "clerk", 3_000, ["approve", "export", "result", "retract"]],
    ["s6", "owner", undefined, undefined],
    ["s7", "lead", 4_000, undefined],
  ] as const
).map(([staff, role, limit, granted]): JournalEvent => {
  const known = { kind: "staff", staff: staff as StaffId, op: "added", role } as const;
  const own = given("limit", limit === undefined ? undefined : units(limit));
  return Object.assign({}, known, own, given("grants", granted));
});

/** What the payments at the beginning are worth, and of which goods. */
const payments: readonly Partial<PaymentEvent>[] = [
  { amount: cny(10_000), acquirer: "wechatpay" },
  {
    amount: cny(999),
    acquirer: "lakala",
    paidAt: at("2026-11-22T05:00:00Z"),
    source: "manual",
    grade: "B",
    lines: [1, 2, 3].map((index) => ({ index, quantity: "1", amount: units(400), name: "杯" })),
  },
  { amount: cny(1), acquirer: "custom" },
  {
    amount: cny(9_000),
    acquirer: "unionpay",
    paidAt: at("2026-11-22T05:30:00Z"),
    lines: [
      { index: 1, quantity: "3", amount: units(6_000), name: "茶" },
      { index: 2, quantity: "1.5", amount: units(4_000), name: "定制" },
    ],
  },
  { amount: cny(5_000), state: "transfer", source: "manual", grade: "C" },
  { amount: cny(7_000), source: "scan", grade: "D", acquirer: "shouqianba" },
  { amount: cny(800), source: "manual", grade: "E", acquirer: "alipay" },
  { amount: cny(250_000), acquirer: "wechatpay" },
];

/** Ids of the payments at the beginning; devices that share a shop share them. */
const sharedId = (place: number): PaymentId => `P${String(place).padStart(15, "0")}` as PaymentId;

/** A shop on its first day, with people, a policy, a statement and some payments. */
export const begin = (shop: Shop): Walk => {
  const empty = emptyWalk(shop);
  const policy: JournalEvent = {
    kind: "policy",
    what: "policy",
    version: 1,
    hash: hashAt(nextRef(empty, 1)),
    document: writePolicy(defaultPolicy),
  };
  const known = payments.map((over, place) =>
    aPaymentEvent({ paymentId: sharedId(place), numbers: { out_trade_no: `O${place}` }, ...over }),
  );
  const events = [genesis(shop), policy, ...people, anImport(empty), ...known];
  return recordAll(
    empty,
    events.map((event) => ({ event })),
    "s1" as StaffId,
  );
};
