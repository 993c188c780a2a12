import { parseInstant, secondsOf } from "../../domain/instant.ts";
import { changeSteps, flagOverrefund } from "./balance.ts";
import type { FactOf } from "./fact.ts";
import { classOf, isAtHome, type Step } from "./money-fold.ts";
import { checkRole, type Grant } from "./roles.ts";
import {
  findAttempt,
  findOwn,
  findReferred,
  type Attempt,
  type Rule,
  type State,
} from "./state.ts";

type Money = FactOf<"money">;
type Det = NonNullable<Money["det"]>;

const carries: Readonly<Record<Money["core"]["by"], (det: Det) => boolean>> = {
  file: (det) => det.batch !== undefined,
  row: (det) => det.imp !== undefined && det.row !== undefined,
  slip: (det) => det.ev !== undefined || det.cref !== undefined,
  portal: (det) => det.ev !== undefined || det.cref !== undefined || det.raw !== undefined,
  support: (det) => det.ticket !== undefined,
  cust: (det) => det.at !== undefined,
  staff: () => true,
};

const checkEvidence = (state: State, fact: Money): void => {
  const { core, det } = fact;
  if (det === undefined) return;
  if (!carries[core.by](det)) state.report("E_EVIDENCE", fact.seq);
  if (det.imp !== undefined) findReferred(state, fact, det.imp, ["import"]);
};

const grantFor = ({ core }: Money): Grant | undefined => {
  if (core.st === "retracted") return "retract";
  if (classOf(core.st) === undefined) return "export";
  return ["slip", "portal", "support"].includes(core.by) ? "result" : undefined;
};

/** The batch says how many rows and how much it holds. */
const checkBatch = (state: State, fact: Money, attempts: readonly Attempt[]): void => {
  const batch = fact.det?.batch;
  if (batch === undefined || attempts.length < fact.core.refs.length) return;
  const sum = attempts.reduce((total, attempt) => total + attempt.fact.core.amt, 0);
  const otherCurrency = attempts.some((attempt) => attempt.fact.core.cur !== batch.cur);
  if (batch.rows !== attempts.length || batch.sum !== sum || otherCurrency)
    state.report("E_TOTAL", fact.seq);
};

const goodsAreBack = ({ fact, goods }: Attempt): boolean => {
  const { type } = fact.core;
  const expects = type === "return" || (type === "exchange" && fact.det?.lines !== undefined);
  return !expects || ["received", "waived", "given"].includes(goods);
};

/** What else must hold before a refund may leave (refundlog.md §5.3). */
const checkExit = (state: State, fact: Money, attempt: Attempt): void => {
  const { seq, iat } = fact;
  if (attempt.fact.training) state.report("E_TRAINING", seq);
  if (!goodsAreBack(attempt)) state.report("E_STATE", seq);
  if (attempt.sale?.latest.grade === "E") state.report("E_EVIDENCE", seq);
  const { approvalExpires } = attempt;
  if (approvalExpires !== undefined && iat > approvalExpires)
    state.report("E_APPROVAL_POLICY", seq);
};

const mayExport = (attempt: Attempt, file: string | undefined): boolean => {
  if (attempt.money === "exported") return attempt.exports.at(-1)?.file === file;
  return ["ready", "needs_action", "unknown"].includes(attempt.money);
};

/** A batch that was never handed out may be taken back freely, any other with an approved recall. */
const mayRecall = (attempt: Attempt): boolean =>
  attempt.money === "exported" &&
  (attempt.recallApproved || attempt.exports.every(({ out }) => out === "prepared"));

const isAllowed = (attempt: Attempt, { core, det }: Money): boolean => {
  if (attempt.opaque) return true;
  if (core.st === "exported") return mayExport(attempt, core.file);
  if (core.st === "ready")
    return mayRecall(attempt) || (det === undefined && attempt.money === "exported");
  return ["exported", "needs_action", "unknown"].includes(attempt.money);
};

const command = (state: State, fact: Money, attempt: Attempt): void => {
  const { core, seq } = fact;
  if (!isAllowed(attempt, fact)) state.report("E_STATE", seq);
  if (core.st === "exported") {
    checkExit(state, fact, attempt);
    attempt.exports = attempt.exports.concat({ file: core.file, out: fact.det?.out });
    attempt.exporter = fact.ctx?.staff ?? attempt.exporter;
  }
  if (core.st === "ready") {
    attempt.exports = [];
    attempt.recallApproved = false;
  }
  changeSteps(attempt, attempt.steps.concat({ kind: "set", seq, to: core.st }));
};

const timeOf = ({ det, iat }: Money): number => {
  const at = det?.at === undefined ? undefined : parseInstant(det.at);
  return at?.ok === true ? secondsOf(at.value) : iat;
};

const tellResult = (state: State, fact: Money, attempt: Attempt): void => {
  const { core, seq, hash } = fact;
  const rank = classOf(core.st) ?? 0;
  if (!attempt.opaque && isAtHome(attempt.money) && rank < 2)
    state.report("F_UNEXPECTED_RESULT", seq);
  if (core.st === "succeeded" && ["pending", "rejected", "closed"].includes(attempt.approval))
    state.report("F_PAID_UNAPPROVED", seq);
  const step: Step = { kind: "result", seq, to: core.st, at: timeOf(fact), hash };
  changeSteps(attempt, attempt.steps.concat(step));
};

/** Takes a wrong result out of the refunds it was told of. */
const retract = (state: State, fact: Money, attempts: readonly Attempt[]): void => {
  const { un, refs } = fact.core;
  if (un === undefined || findOwn(state, fact, un, ["money"]) === undefined) return;
  const told = state.results.get(un);
  if (told === undefined || refs.some((ref) => !told.includes(ref))) {
    state.report("E_REF", fact.seq);
    return;
  }
  for (const attempt of attempts) {
    const rest = attempt.steps.filter((step) => step.seq !== un);
    if (rest.length === attempt.steps.length) state.report("E_REF", fact.seq);
    changeSteps(attempt, rest);
  }
};

const change = (state: State, fact: Money, attempts: readonly Attempt[]): void => {
  const { core, seq } = fact;
  if (core.st === "retracted") {
    retract(state, fact, attempts);
    return;
  }
  const isResult = classOf(core.st) !== undefined;
  if (isResult) state.results.set(seq, core.refs);
  for (const attempt of attempts) {
    if (attempt.fact.core.amt === 0) state.report("E_STATE", seq);
    else if (isResult) tellResult(state, fact, attempt);
    else command(state, fact, attempt);
  }
};

/** Rules of a money record, refundlog.md §5.3; another device's refunds are judged where both chains meet. */
export const checkMoney: Rule<"money"> = (state, fact) => {
  const { core, seq } = fact;
  checkEvidence(state, fact);
  const grant = grantFor(fact);
  if (grant !== undefined) checkRole(state, fact, grant);
  if (core.dev !== undefined) {
    if (core.dev === state.device) state.report("E_REF", seq);
    return;
  }
  const attempts = core.refs.flatMap((ref) => findAttempt(state, fact, ref) ?? []);
  checkBatch(state, fact, attempts);
  change(state, fact, attempts);
  for (const attempt of attempts)
    if (attempt.sale !== undefined) flagOverrefund(state, attempt.sale.group, seq);
};
