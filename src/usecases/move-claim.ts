import {
  foundClaim,
  isSettled,
  decideClaimStep,
  type ClaimFault,
  type ClaimStep,
  type FoundBy,
} from "../domain/claim.ts";
import {
  checkAnswers,
  triesFault,
  type AnswerFault,
  type ClaimAnswers,
} from "../domain/claim-questions.ts";
import type { Excess } from "../domain/claim-fault.ts";
import type { FoundPayment } from "../domain/found-payment.ts";
import { given } from "../domain/given.ts";
import { base32, type PaymentId } from "../domain/ids.ts";
import { addDays, businessDate } from "../domain/instant.ts";
import { isZero } from "../domain/money.ts";
import { remaining, type Payment } from "../domain/payment.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { readExcess } from "../storage/claims.ts";
import { findProfile } from "../storage/profiles.ts";
import type { Saved } from "../storage/append-record.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { stepOf } from "./end-claim.ts";
import { findPayment, findPaymentById } from "./find-payment.ts";
import { versionsFirst } from "./record-refund.ts";
import { recordEvents, type Moment, type Plan, type RecordFault } from "./record-event.ts";

/** What a step is about: a payment, and where only a statement shows it yet, its number. */
export type Overpaid = FoundBy & { readonly paymentId: PaymentId; readonly number?: string };

export type MoveClaimFault =
  | ClaimFault
  | LockedFault
  | NotEntitled
  | RecordFault
  /** No statement and no record here shows the payment any more. */
  | { readonly kind: "payment_not_here" }
  /** All of it went back already. */
  | { readonly kind: "nothing_left" };

const paymentOf = async (
  deps: Deps,
  { paymentId, number }: Pick<Overpaid, "paymentId" | "number">,
): Promise<FoundPayment | undefined> => {
  const known = await findPaymentById(deps, paymentId);
  const lookup =
    known.kind === "nothing" && number !== undefined ? await findPayment(deps, number) : known;
  if (lookup.kind === "payment") return lookup.found;
  const several = lookup.kind === "several" ? lookup.found : [];
  return several.find(({ payment }) => payment.paymentId === paymentId);
};

type Here = {
  readonly payment: Payment;
  readonly excess: Excess;
  /** What must stand before anything is recorded of it. */
  readonly before: Plan["events"];
};

const openHere = async (deps: Deps, about: Overpaid, moment: Moment): Promise<Here | undefined> => {
  const found = await paymentOf(deps, about);
  const first = found && (await versionsFirst(deps, found, moment));
  if (first?.payment === undefined) return undefined;
  const { payment, versions } = first;
  const excess = await readExcess(deps.journal.db, payment);
  return { payment, excess, before: versions.map((event) => ({ event })) };
};

const newClaim = async (deps: Deps, payment: Payment, about: Overpaid, { now }: Moment) => {
  const { handbackDays: days } = (await findProfile(deps.journal.db, payment.acquirer)).profile;
  const today = businessDate(now, deps.calendar);
  return foundClaim(payment, about, {
    ticket: base32(deps.random(5)),
    ...given("handBackBy", days === undefined ? undefined : addDays(today, days)),
  });
};

/** The records of a step; what nobody had registered is found first. */
const planStep = async (
  deps: Deps,
  { about, here, step }: { readonly about: Overpaid; readonly here: Here; readonly step: Step },
  moment: Moment,
): Promise<Result<Plan, MoveClaimFault>> => {
  const { payment, before } = here;
  const { claim: known, refunded } = here.excess;
  if (refunded) return fail({ kind: "claim_moved_on", state: "refund_case" });
  const at = moment.refAt(before.length);
  if (known !== undefined && !isSettled(known)) {
    if (step.state === "found") return ok({ events: [] });
    const steps = stepOf(deps, known, { ...step, at });
    return steps.ok ? ok({ events: [...before, ...steps.value] }) : steps;
  }
  if (known !== undefined && step.state !== "found" && known.state !== "refund_case")
    return fail({ kind: "claim_moved_on", state: known.state });
  if (isZero(remaining(payment))) return fail({ kind: "nothing_left" });
  const found = await newClaim(deps, payment, about, moment);
  if (step.state === "found") return ok({ events: [...before, { event: found }] });
  const next = decideClaimStep({ ...found, record: at }, step);
  return next.ok ? ok({ events: [...before, { event: found }, { event: next.value }] }) : next;
};

type Step = Pick<ClaimStep, "checks"> & {
  readonly state: Exclude<ClaimStep["state"], "refund_case">;
};

/** Registers an over-payment that somebody holds for one, or moves it on; only evidence and people end it, never time. */
export const moveClaim = async (
  deps: Deps,
  about: Overpaid,
  state: "found" | "notice_posted" | "handed_back" | "dismissed",
): Promise<Result<Saved, MoveClaimFault>> => {
  const staff = whoMay(deps, "reconcile");
  if (!staff.ok) return staff;
  return recordEvents<MoveClaimFault>(deps, async (moment) => {
    const here = await openHere(deps, about, moment);
    if (here === undefined) return fail({ kind: "payment_not_here" });
    return planStep(deps, { about, here, step: { state } }, moment);
  });
};

/** Asks a claimant what only the payer knows; what was answered is never kept, only whether it was right. */
export const checkClaimant = async (
  deps: Deps,
  about: Overpaid,
  answers: ClaimAnswers,
): Promise<Result<"pass" | "fail", MoveClaimFault | AnswerFault>> => {
  const staff = whoMay(deps, "reconcile");
  if (!staff.ok) return staff;
  let said: "pass" | "fail" = "fail";
  const saved = await recordEvents<MoveClaimFault | AnswerFault>(deps, async (moment) => {
    const here = await openHere(deps, about, moment);
    if (here === undefined) return fail({ kind: "payment_not_here" });
    const { claim } = here.excess;
    const tired = claim && triesFault(claim, moment.now, deps.calendar);
    if (tired !== undefined) return fail(tired);
    const checks = checkAnswers(here.payment, answers, deps.calendar);
    if (!checks.ok) return checks;
    said = Object.values(checks.value).includes("fail") ? "fail" : "pass";
    const state = said === "pass" ? "verified" : "claimed";
    return planStep(deps, { about, here, step: { state, checks: checks.value } }, moment);
  });
  return saved.ok ? ok(said) : saved;
};
