import { isDeepStrictEqual } from "node:util";
import { parseProfile } from "../../../src/domain/acquirers/edited-profile.ts";
import { shippedProfile } from "../../../src/domain/acquirers/index.ts";
import type { AcquirerProfile } from "../../../src/domain/acquirers/profile.ts";
import { blockOf } from "../../../src/domain/batch-choice.ts";
import type { PaymentId } from "../../../src/domain/ids.ts";
import { secondsOf } from "../../../src/domain/instant.ts";
import type { EvidenceFile, Recorded, RefundEvent } from "../../../src/domain/journal-event.ts";
import { judge, readResults, writeResults } from "../../../src/domain/policy/index.ts";
import { parsePolicy, type ShopPolicy } from "../../../src/domain/policy/shop-policy.ts";
import { findReason } from "../../../src/domain/reasons.ts";
import { latestAttempt } from "../../../src/domain/refund/case.ts";
import { demand, refundsIn, type Check } from "./check-balance.ts";
import { readyRefunds } from "./choose-money.ts";
import { similarTo } from "./choose-refund.ts";
import { nameOf, newestOf, sumsOf, type Claim, type Model } from "./model.ts";
import type { Step } from "./step.ts";
import { calendarOf, policyOf, profileOf, replay, type Walk } from "./walk.ts";

const settled: ReadonlySet<string | undefined> = new Set(["received", "waived", "given"]);

const isUnproven = (model: Model, { event }: Claim["signed"]): boolean =>
  event.paymentId === undefined || newestOf(model, event.paymentId)?.event.grade === "E";

const goodsAreOut = ({ goods }: Model, { event }: Claim["signed"]): boolean => {
  const { type, lines, caseId } = event;
  const expects = type === "return" || (type === "exchange" && lines !== undefined);
  return expects && !settled.has(goods.get(caseId));
};

const isOver = (model: Model, paymentId: PaymentId | undefined): boolean =>
  paymentId !== undefined && sumsOf(model, paymentId).over > 0;

/** Why a refund must not leave, by what was written down alone. */
const stays = (model: Model, { signed, consent, place }: Claim): string | undefined => {
  const { mode, destination, paymentId } = signed.event;
  const reasons: readonly (readonly [string, boolean])[] = [
    ["training", signed.training],
    ["unapproved", consent === "asked" || consent === "refused"],
    ["withdrawn", place === "withdrawn"],
    ["another way", mode !== "referenced" || destination !== "original"],
    ["unproven", isUnproven(model, signed)],
    ["goods", goodsAreOut(model, signed)],
    ["over-refunded", place === "ready" && isOver(model, paymentId)],
  ];
  return reasons.find(([, holds]) => holds)?.[0];
};

const checkReady = ({ after }: Step): void => {
  const moment = { gradeD: true, calendar: calendarOf(after.books), now: after.now };
  for (const ready of readyRefunds(after)) {
    if (blockOf(ready, { ...moment, home: ready.refundCase.device }) !== undefined) continue;
    const claim = after.model.claims.get(nameOf(latestAttempt(ready.refundCase).record));
    if (claim === undefined) throw new Error("a case that nobody signed");
    const why = stays(after.model, claim);
    demand(why === undefined, "may leave and must not", () => ({ why, claim }));
  }
};

/** What leaves for an acquirer, now and if a file were made this moment. */
export const exports: Check = (step) => {
  checkReady(step);
  for (const { event } of step.recorded) {
    if (event.kind !== "money" || event.state !== "exported") continue;
    for (const ref of event.refunds) {
      const claim = step.before.model.claims.get(nameOf(ref));
      if (claim === undefined) throw new Error("an export of nothing");
      const why = stays(step.before.model, claim);
      const byHand = claim.signed.event.mode === "void" && event.batch?.format === "hand";
      demand(why === undefined || byHand, "left and must not", () => ({ why, claim }));
    }
  }
};

/** A refund is in at most one file that nobody knows to be uploaded or taken back. */
export const batches: Check = ({ after }) => {
  const open = [...after.books.batches.values()].filter(({ state }) => state === "created");
  const inside = open.flatMap(({ refunds }) => refunds.map(nameOf));
  demand(new Set(inside).size === inside.length, "in two open batches", () => open);
  for (const { batchId, rows, total, refunds } of after.books.batches.values()) {
    const minors = refunds.map(
      (ref) => after.model.claims.get(nameOf(ref))?.signed.event.amount.minor ?? NaN,
    );
    const sum = minors.reduce((all, minor) => all + minor, 0);
    demand(
      rows === refunds.length && total.minor === sum,
      "a batch does not add up",
      () => batchId,
    );
  }
};

const limitOf = (walk: Walk, staff: string): number | undefined => {
  const person = [...walk.model.people].find(([id]) => id === staff)?.[1];
  if (person === undefined) throw new Error("nobody");
  if (person.role === "owner") return undefined;
  const { clerk, lead } = policyOf(walk.books).limits;
  const ofRole = person.role === "clerk" ? clerk.amount : person.role === "lead" ? lead.amount : 0;
  return person.limit ?? ofRole;
};

/** What a requester may not let through alone. */
const needsConsent = (walk: Walk, { event, staff }: Recorded<RefundEvent>): boolean => {
  const role = walk.model.people.get(staff)?.role;
  if (role === "owner") return false;
  const limit = limitOf(walk, staff);
  if (limit !== undefined && event.amount.minor > limit) return true;
  if (event.mode === "unreferenced" || event.destination !== "original") return true;
  const grade = event.paymentId && newestOf(walk.model, event.paymentId)?.event.grade;
  return grade === "E" || (grade === "D" && role === "clerk");
};

const bound = ({ event }: Recorded<RefundEvent>): readonly unknown[] => {
  const { caseId, type, mode, amount, paymentId, destination, reason, lines } = event;
  return [caseId, type, mode, amount, paymentId, destination, reason, lines];
};

/** The consent that a new attempt takes over was given to exactly the same terms (refundlog.md §5.1). */
const checkCarried = ({ before }: Step, refund: Recorded<RefundEvent>): void => {
  const { approval } = refund.event;
  if (approval === undefined) return;
  const given = before.records[approval.seq]?.event;
  const about = given?.kind === "decide" ? given.refund : undefined;
  const earlier = about && before.model.claims.get(nameOf(about));
  const approves =
    given?.kind === "decide" && given.about === "refund" && given.result === "approve";
  const same = earlier !== undefined && isDeepStrictEqual(bound(earlier.signed), bound(refund));
  demand(approves && same, "consent to other terms", () => ({ refund, earlier }));
};

const checkApprover = (step: Step, claim: Claim): void => {
  const { before, staff } = step;
  const person = before.model.people.get(staff.staff);
  const { event, staff: requester } = claim.signed;
  demand(staff.staff !== requester, "approves what they asked for", () => ({ staff, claim }));
  demand(person?.active === true && person.role !== "auditor", "approves and may not", () => staff);
  const owner = person?.role === "owner";
  const entitled = owner || person?.role === "lead" || person?.grants.includes("approve") === true;
  demand(entitled, "approves and may not", () => staff);
  const limit = limitOf(before, staff.staff);
  demand(
    limit === undefined || event.amount.minor <= limit,
    "approves above the own limit",
    () => staff,
  );
  const owners = readResults(event.rules ?? {}).some(
    ({ rule, outcome }) => outcome === "owner" && event.need?.why.includes(rule) === true,
  );
  demand(owner || !owners, "approves what is the owner's", () => ({ staff, claim }));
};

export const consent: Check = (step) => {
  for (const refund of refundsIn(step)) {
    const { need, approval } = refund.event;
    const asked = need !== undefined || approval !== undefined;
    demand(asked || !needsConsent(step.before, refund), "nobody was asked", () => refund);
    checkCarried(step, refund);
  }
  for (const { event } of step.recorded) {
    if (event.kind !== "decide" || event.about !== "refund" || event.refund === undefined) continue;
    const claim = step.before.model.claims.get(nameOf(event.refund));
    if (claim === undefined) throw new Error("a decision about nothing");
    demand(claim.consent === "asked", "a decision that nobody waits for", () => claim);
    if (event.result === "approve") checkApprover(step, claim);
  }
};

const dayLength = 86_400;

/** Days since 1970 by a clock eight hours ahead whose day begins at the cut-off. */
const dayOf = (seconds: number, cutoffMinutes: number): number =>
  Math.floor((seconds + 8 * 3_600 - cutoffMinutes * 60) / dayLength);

type Windows = { readonly shop: string; readonly channel: string };

const windowsOf = ({ before }: Step, paidAt: string, profile: AcquirerProfile): Windows => {
  const [now, paid] = [secondsOf(before.now), Date.parse(paidAt) / 1_000];
  const { cutoffMinutes } = calendarOf(before.books);
  const gone = dayOf(now, cutoffMinutes) - dayOf(paid, cutoffMinutes);
  const shop = gone > policyOf(before.books).windowDays ? "lead" : "pass";
  const { refundWindowDays: days } = profile;
  if (days === undefined || now <= paid + (days - 3) * dayLength) return { shop, channel: "pass" };
  return { shop, channel: now <= paid + days * dayLength ? "warn" : "refused" };
};

const nobody = "" as PaymentId;

/** Windows by plain arithmetic, the last second included; Shanghai has kept one offset since 1991. */
export const windows: Check = (step) => {
  for (const { event } of refundsIn(step)) {
    const payment = step.before.books.payments.get(event.paymentId ?? nobody);
    if (payment?.paidAt === undefined) continue;
    const { profile } = profileOf(step.before.books, payment.acquirer);
    const { shop, channel } = windowsOf(step, payment.paidAt, profile);
    demand(event.rules?.["shop_window"] === shop, "the shop's window", () => ({ event, shop }));
    const moves = event.destination === "original" && event.amount.minor > 0;
    const told = event.rules?.["channel_window"];
    demand(told === (moves ? channel : "pass"), "the channel's window", () => ({ event, channel }));
    const { cutoffMinutes } = calendarOf(step.before.books);
    const paidDay = dayOf(secondsOf(payment.paidAt), cutoffMinutes);
    const last = paidDay + policyOf(step.before.books).windowDays;
    const wanted =
      event.attempt > 1
        ? event.window
        : new Date(last * dayLength * 1_000).toISOString().slice(0, 10);
    demand(event.window === wanted, "the last day", () => ({ event, wanted }));
  }
};

const documentAt = ({ records }: Walk, hash: string) =>
  records.flatMap(({ event }) =>
    event.kind === "policy" && event.hash === hash ? [event.document] : [],
  )[0];

/** Policy and profile as their records keep them, found by the hashes that the refund names. */
const snapshots = (
  walk: Walk,
  { policy: named, profile: hash }: RefundEvent,
  acquirer: string,
): { readonly policy: ShopPolicy; readonly profile: AcquirerProfile } => {
  const policy = documentAt(walk, named.hash);
  const profile = hash === undefined ? undefined : documentAt(walk, hash);
  if (policy === undefined || (hash !== undefined && profile === undefined))
    throw new Error("a refund names no document");
  return {
    policy: parsePolicy(policy),
    profile: profile === undefined ? shippedProfile(acquirer) : parseProfile(acquirer, profile),
  };
};

const kindsOf = (files: readonly EvidenceFile[] | undefined) =>
  (files ?? []).map(({ kind }) => kind);

/** The rules asked again with nothing but the records before the refund and what it says itself. */
const judgeAgain = (walk: Walk, { event, at, staff, personal, ref }: Recorded<RefundEvent>) => {
  const books = replay(walk.records.slice(0, ref.seq));
  const payment = event.paymentId === undefined ? undefined : books.payments.get(event.paymentId);
  const requester = books.staff.get(staff);
  if (requester === undefined) throw new Error("nobody asked for it");
  const acquirer = payment?.acquirer ?? "custom";
  const earlier = event.attempt === 1 ? undefined : books.cases.get(event.caseId)?.evidence;
  const papers = [...kindsOf(event.evidence), ...kindsOf(personal?.evidence)];
  const similar = event.attempt > 1 ? 0 : similarTo(books, event.amount, { payment, now: at });
  return judge({
    payment,
    amount: event.amount,
    mode: event.mode,
    destination: event.destination,
    reason: findReason(event.reason) ?? "other",
    evidence: earlier === undefined ? papers : kindsOf(earlier),
    lines: event.lines ?? [],
    ...snapshots(walk, event, acquirer),
    calendar: calendarOf(books),
    now: at,
    requester,
    similar,
    maybeElsewhere: false, // no other till shows its code on these walks
  });
};

/** Every refund that was ever recorded is judged again like it was when it was recorded. */
export const snapshot: Check = ({ act, after, recorded }) => {
  const all = [...after.model.claims.values()].map(({ signed }) => signed);
  const older = all[act.which % Math.max(1, all.length)];
  const asked = [...refundsIn({ recorded }), ...(older === undefined ? [] : [older])];
  for (const refund of asked) {
    const again = writeResults(judgeAgain(after, refund));
    const told = refund.event.rules;
    demand(isDeepStrictEqual(again, told), "another verdict", () => ({ again, refund }));
  }
};

/** Practice is marked on everything, and nothing of it ever leaves. */
export const training: Check = ({ after }) => {
  const { books, shop, now } = after;
  for (const row of [
    ...books.cases.values(),
    ...books.payments.values(),
    ...books.refusals.values(),
  ])
    demand(row.training === shop.training, "a mark of practice is lost", () => row);
  if (!shop.training) return;
  const moment = { gradeD: true, calendar: calendarOf(books), now };
  for (const ready of readyRefunds(after))
    demand(
      blockOf(ready, { ...moment, home: ready.refundCase.device })?.kind === "training",
      "practice may leave",
      () => ready,
    );
  demand(
    books.batches.size === 0 ||
      [...books.batches.values()].every(({ format }) => format === "hand"),
    "practice left",
  );
};
