import { checkCharacter } from "../../domain/refund-number.ts";
import { given } from "../../domain/given.ts";
import { canonicalize } from "../canonical.ts";
import { balanceOf, left, openClaim, type Balance } from "./balance.ts";
import type { FactOf } from "./fact.ts";
import {
  findAttempt,
  findOwn,
  findReferred,
  personOf,
  type Asked,
  type Attempt,
  type Person,
  type Rule,
  type Sale,
  type State,
} from "./state.ts";
import { checkTotals } from "./totals.ts";

type Refund = FactOf<"refund">;

const checkNumber = (state: State, { core, seq }: Refund): void => {
  const { no } = core;
  const foreign = state.certificate?.pre !== undefined && !no.startsWith(state.certificate.pre);
  const malformed = checkCharacter(no.slice(0, -1)) !== no.at(-1);
  if (foreign || malformed || state.numbers.has(no)) state.report("E_NO", seq);
  state.numbers.add(no);
};

const checkBalance = (state: State, { core, seq }: Refund, balance: Balance): void => {
  const before = left(balance);
  if (core.amt > before) state.report("E_OVERREFUND", seq);
  const [told, after] = core.rem ?? [];
  const wrong = told !== before || after !== before - core.amt;
  if (wrong || (core.type === "full" && after !== 0)) state.report("E_BALANCE", seq);
};

/** Only a paid payment opens; a transfer only to go back another way; a void takes all of an untouched one. */
const checkGate = (state: State, { core, det, seq }: Refund, sale: Sale): void => {
  const { st } = sale.latest;
  const byOtherWay = st === "transfer" && (det === undefined || det.dst !== "original");
  if (st !== "paid" && !byOtherWay) state.report("E_STATE", seq);
  if (core.mode !== "void" || !sale.group.complete) return;
  const { paid, ext, reserved } = balanceOf(sale.group);
  if (ext > 0 || reserved > 0 || core.amt !== paid) state.report("E_STATE", seq);
};

const checkPaymentLink = (state: State, fact: Refund, sale: Sale): void => {
  const { core, det, seq } = fact;
  const { latest } = sale;
  if (latest.training !== fact.training) state.report("E_TRAINING", seq);
  if (latest.cur !== core.cur) state.report("E_REF", seq);
  if (det === undefined) return;
  const otherTotal = det.org !== undefined && det.org.total !== latest.amt;
  if (det.pay !== latest.seq || otherTotal) state.report("E_REF", seq);
};

const checkSale = (state: State, fact: Refund): Sale | undefined => {
  const { sale: key } = fact.core;
  if (key === undefined) {
    if (fact.det?.dst === "original") state.report("E_STATE", fact.seq);
    return undefined;
  }
  const sale = state.sales.get(key);
  if (sale === undefined) {
    if (!state.incomplete) state.report("E_REF", fact.seq);
    return undefined;
  }
  checkPaymentLink(state, fact, sale);
  checkGate(state, fact, sale);
  if (sale.group.complete) checkBalance(state, fact, balanceOf(sale.group));
  return sale;
};

const checkPolicy = (state: State, fact: Refund): void => {
  const { det } = fact;
  if (det === undefined) return;
  const { pol, link } = det;
  const found = findReferred(state, fact, pol.seq, ["policy"]);
  if (found !== undefined && state.policies.get(pol.seq) !== pol.h)
    state.report("E_POLICY", fact.seq);
  if (link !== undefined) findAttempt(state, fact, link);
};

/** Attempt n+1 repeats the case, the payment and the currency of attempt n. */
const continues = ({ core, det }: Refund, { fact: known, opaque }: Attempt): boolean => {
  const sameCase = opaque || det === undefined || det.case === known.det?.case;
  const isNext = known.core.try === core.try - 1;
  return sameCase && isNext && known.core.sale === core.sale && known.core.cur === core.cur;
};

/** It follows a failed or closed attempt, and only one follows each. */
const checkAttempt = (state: State, fact: Refund): void => {
  const { core, det, seq } = fact;
  if (core.of === undefined) {
    if (det !== undefined && state.cases.has(det.case)) state.report("E_REF", seq);
    return;
  }
  const before = findAttempt(state, fact, core.of);
  if (before === undefined) return;
  if (!continues(fact, before) || before.continued) state.report("E_REF", seq);
  const isOver = before.opaque || before.money === "failed" || before.money === "closed";
  if (!isOver) state.report("E_STATE", seq);
  before.continued = true;
};

const isAboveDevice = ({ certificate }: State, { core }: Refund): boolean =>
  certificate?.max !== undefined && certificate.cur === core.cur && core.amt > certificate.max;

const isAbovePerson = (state: State, { core }: Refund, person: Person | undefined): boolean => {
  const inShopCurrency = state.shopCurrency === undefined || state.shopCurrency === core.cur;
  return person?.max !== undefined && inShopCurrency && core.amt > person.max;
};

/** The limits of device and person, a detour of the money and a missing payment ask for approval. */
const needsApproval = (state: State, fact: Refund): boolean => {
  const person = personOf(state, fact);
  if (isAboveDevice(state, fact) || isAbovePerson(state, fact, person)) return true;
  const isUnusual = fact.core.mode === "unreferenced" || fact.det?.dst !== "original";
  return isUnusual && person?.role !== undefined && person.role !== "owner";
};

const boundFacts = ({ core, det }: Pick<Asked, "core" | "det">): string =>
  canonicalize([
    core.type,
    core.mode,
    core.amt,
    core.cur,
    core.sale ?? null,
    det?.dst ?? null,
    det?.rsn ?? null,
    det?.lines ?? null,
  ]);

/** An unchanged retry carries its approval over. */
const findCarried = (state: State, fact: Refund, apv: number) => {
  if (findOwn(state, fact, apv, ["decide"]) === undefined) return undefined;
  const decision = state.decisions.get(apv);
  const before = decision === undefined ? undefined : state.attempts.get(decision.ref);
  if (decision === undefined || before === undefined) {
    if (!state.incomplete) state.report("E_APPROVAL_POLICY", fact.seq);
    return undefined;
  }
  const same =
    before.fact.det === undefined ||
    (before.fact.det.case === fact.det?.case && boundFacts(before.fact) === boundFacts(fact));
  if (!decision.approves || fact.core.of === undefined || !same)
    state.report("E_APPROVAL_POLICY", fact.seq);
  return decision;
};

const askedIn = ({ seq, hash, device, training, core, det, ctx }: Refund): Asked => {
  const { no, type, mode, amt, cur, sale } = core;
  return {
    seq,
    hash,
    device,
    training,
    core: { no, try: core.try, type, mode, amt, cur, ...given("sale", sale) },
    det: det && {
      case: det.case,
      dst: det.dst,
      rsn: det.rsn,
      ...given("need", det.need),
      ...given("lines", det.lines),
    },
    staff: ctx?.staff,
  };
};

const openAttempt = (state: State, fact: Refund, sale: Sale | undefined): Attempt => {
  const { det } = fact;
  const needs = det?.need !== undefined;
  const carried = det?.apv === undefined ? undefined : findCarried(state, fact, det.apv);
  const started = needs ? "pending_approval" : "ready";
  const approval = det?.apv === undefined ? "not_required" : "approved";
  return {
    fact: askedIn(fact),
    sale,
    opaque: det === undefined,
    start: started,
    steps: [],
    money: started,
    approval: needs ? "pending" : approval,
    approvalExpires: carried?.expires,
    goods: "none",
    decisions: 0,
    reopened: false,
    recallApproved: false,
    exports: [],
    exporter: undefined,
    continued: false,
  };
};

/** Rules of a refund record, refundlog.md §5.1. */
export const checkRefund: Rule<"refund"> = (state, fact) => {
  const { det, seq } = fact;
  checkNumber(state, fact);
  checkAttempt(state, fact);
  checkPolicy(state, fact);
  const sale = checkSale(state, fact);
  const asked = det === undefined || det.need !== undefined || det.apv !== undefined;
  if (!asked && needsApproval(state, fact)) state.report("E_APPROVAL_POLICY", seq);
  const attempt = openAttempt(state, fact, sale);
  state.attempts.set(seq, attempt);
  if (det !== undefined) state.cases.add(det.case);
  openClaim(attempt);
  checkTotals(state, fact);
};
