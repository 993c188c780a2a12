import { balanceOf, changeSteps, left } from "./balance.ts";
import { proveApproval, type Proof } from "./approval.ts";
import type { FactOf } from "./fact.ts";
import { checkRole, mayDo } from "./roles.ts";
import { findAttempt, type Attempt, type Person, type Rule, type State } from "./state.ts";

type Decide = FactOf<"decide">;

/** Owner, lead up to the own limit, or whoever holds the grant (refundlog.md §5.5). */
const mayApprove = (person: Person, attempt: Attempt, fact: Decide): boolean => {
  if (!person.active) return false;
  const grant = fact.core.on === "conflict" ? "conflict" : "approve";
  const aboveOwn =
    person.role === "lead" &&
    !person.grants.includes(grant) &&
    person.max !== undefined &&
    attempt.fact.core.amt > person.max;
  return mayDo(person, grant) && !aboveOwn;
};

/** Nobody approves what they asked for; a lead may not at all, nor anyone where a second person is demanded. */
const checkSelf = (state: State, fact: Decide, attempt: Attempt, person: Person): void => {
  const { on } = fact.core;
  const asked = on === "recall" ? attempt.exporter : attempt.fact.staff;
  if (asked !== person.sid || on === "conflict") return;
  state.report("F_SELF_APPROVED", fact.seq);
  const needsOther = attempt.fact.det?.need?.by === "other" || person.role === "lead";
  if (on === "refund" && needsOther) state.report("E_APPROVAL_POLICY", fact.seq);
};

const checkPerson = (state: State, fact: Decide, attempt: Attempt, proof: Proof): void => {
  const person = proof.sid === undefined ? undefined : state.people.get(proof.sid);
  if (person === undefined) return;
  const may = mayApprove(person, attempt, fact);
  if (fact.core.res === "reject") {
    if (!may) state.report("F_ROLE", fact.seq);
    return;
  }
  if (!may) state.report("E_APPROVAL_POLICY", fact.seq);
  checkSelf(state, fact, attempt, person);
};

const decideRefund = (state: State, fact: Decide, attempt: Attempt): void => {
  const { core, seq } = fact;
  if (attempt.approval !== "pending") {
    state.report("E_STATE", seq);
    return;
  }
  const approves = core.res === "approve";
  attempt.approval = approves ? "approved" : "rejected";
  // money that is further already stays: a late approval does not call it back
  const wanted = approves ? "ready" : "withdrawn";
  if (attempt.money === "pending_approval")
    changeSteps(attempt, [...attempt.steps, { kind: "set", seq, to: wanted }]);
};

/** Only a rejected refund, only once, and only while the payment still has the amount. */
const reopen = (state: State, fact: Decide, attempt: Attempt): void => {
  const { core, seq } = fact;
  if (attempt.approval !== "rejected" || attempt.reopened) {
    state.report("E_STATE", seq);
    return;
  }
  if (core.res === "reject") return;
  const group = attempt.sale?.group;
  if (group?.complete === true && attempt.fact.core.amt > left(balanceOf(group)))
    state.report("E_OVERREFUND", seq);
  attempt.reopened = true;
  attempt.approval = "pending";
  changeSteps(attempt, [...attempt.steps, { kind: "set", seq, to: "pending_approval" }]);
};

const recall = (state: State, fact: Decide, attempt: Attempt): void => {
  if (attempt.money !== "exported") state.report("E_STATE", fact.seq);
  attempt.recallApproved = fact.core.res === "approve";
};

const apply = (state: State, fact: Decide, attempt: Attempt): void => {
  switch (fact.core.on) {
    case "refund":
      return decideRefund(state, fact, attempt);
    case "reopen":
      return reopen(state, fact, attempt);
    case "recall":
      return recall(state, fact, attempt);
    case "conflict":
    case "request":
      return undefined;
  }
};

/** A refusal before any refund record: it only names the payment. */
const checkRequest = (state: State, { core, seq }: Decide): void => {
  if (core.sale !== undefined && !state.sales.has(core.sale) && !state.incomplete)
    state.report("E_REF", seq);
};

const checkProof = async (
  state: State,
  fact: Decide,
  attempt: Attempt,
): Promise<Proof | undefined> => {
  if (fact.det === undefined) return undefined;
  const proof = await proveApproval(state, fact, attempt);
  if (typeof proof === "string") {
    state.report(proof, fact.seq);
    return undefined;
  }
  if (proof === undefined) return undefined;
  if (proof.expires !== undefined && fact.iat > proof.expires)
    state.report("E_APPROVAL_POLICY", fact.seq);
  checkPerson(state, fact, attempt, proof);
  return proof;
};

/** Rules of a decision, refundlog.md §5.2 and §9. */
export const checkDecide: Rule<"decide"> = async (state, fact) => {
  const { core, seq } = fact;
  if (core.ref === undefined) {
    checkRequest(state, fact);
    return;
  }
  const attempt = findAttempt(state, fact, core.ref);
  if (attempt === undefined) return;
  if (core.on === "conflict") checkRole(state, fact, "conflict");
  const proof = await checkProof(state, fact, attempt);
  attempt.decisions++;
  const approves = core.res === "approve" && core.on === "refund";
  state.decisions.set(seq, { ref: core.ref, approves, expires: proof?.expires });
  if (attempt.opaque) return;
  apply(state, fact, attempt);
  if (approves) attempt.approvalExpires = proof?.expires;
};
