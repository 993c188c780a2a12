import { expect } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import type { FoundPayment } from "../../src/domain/found-payment.ts";
import type { CaseId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { oneUnit } from "../../src/domain/quantity.ts";
import type { RefundDraft } from "../../src/domain/refund/draft.ts";
import { rightOf } from "../../src/domain/rights.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { recordLookedUp, recordPayment } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { valueOf } from "./a.ts";
import { importOf, newCaseId } from "./money-steps.ts";
import { aFile, draftOf } from "./rights-cell.ts";
import { caseOf, pick, pickOne, till, type Act, type ShopWalk } from "./shop-walk.ts";

type Some = Act<string>;

const fen = (minor: number) => money(minor, CNY);
const partial = (minor: number) => ({ kind: "partial", amount: fen(minor) }) as const;

/** Payments are asked for by either of their numbers, those of no statement by their own. */
const lookUp = async (walk: ShopWalk, { which }: Some): Promise<FoundPayment | undefined> => {
  const rows = walk.rows.map(({ transactionId, outTradeNo }) =>
    which % 2 === 0 ? transactionId : outTradeNo,
  );
  const lookup = await findPayment(walk.deps, pickOne([...rows, ...walk.orders], which));
  if (lookup.kind === "several") throw new Error("every number belongs to one payment");
  return lookup.kind === "payment" ? lookup.found : undefined;
};

const proofs = ["slip", "slip", "own_sale", "bill_barcode", "screenshot"] as const;
const states = ["paid", "paid", "paid", "paid", "unknown", "transfer"] as const;
const acquirers = ["wechatpay", "lakala", "custom"] as const;

/** Somebody writes a payment down that a statement may show later, some with goods and their prices. */
export const pay = async (walk: ShopWalk, { which, way }: Some): Promise<void> => {
  const row = pickOne(walk.rows, which);
  const lines = [{ name: "耳环", price: fen(row.minor), quantity: oneUnit }];
  await recordPayment(await till(walk), {
    amount: fen(row.minor),
    channel: row.channel,
    acquirer: row.acquirer,
    state: pickOne(states, way),
    paidAt: row.at,
    number: { name: "out_trade_no", text: row.outTradeNo },
    proof: pickOne(proofs, way),
    ...(way % 3 === 0 ? { lines } : {}),
  });
};

/** Somebody writes a new payment down. */
export const payAnew = async (walk: ShopWalk, { which, minor, way }: Some): Promise<void> => {
  const text = `ORDER-${walk.orders.length}`;
  const half = Math.floor(minor / 2);
  const lines = [half, minor - half]
    .filter((price) => price > 0)
    .map((price) => ({ name: "发夹", price: fen(price), quantity: oneUnit }));
  const saved = await recordPayment(await till(walk), {
    amount: fen(minor),
    channel: "wechat",
    acquirer: pickOne(acquirers, which),
    state: pickOne(states, way),
    paidAt: instantFromMs(walk.deps.now() - 60_000),
    number: { name: "out_trade_no", text },
    proof: pickOne(proofs, way),
    ...(way % 3 === 0 ? { lines } : {}),
  });
  if (saved.ok) walk.orders.push(text);
};

export const lookedUp = async (walk: ShopWalk, act: Some): Promise<unknown> => {
  const found = await lookUp(walk, act);
  const state = act.way % 3 === 0 ? "unpaid" : "paid";
  return found && recordLookedUp(await till(walk), found.payment.paymentId, state);
};

export const bringStatement = async (walk: ShopWalk, { which }: Some): Promise<unknown> =>
  importOf(await till(walk), walk.rows.slice(which % 5), `bill ${which % 5}`);

/** Something was refunded at the portal; the statement shows it afterwards. */
export const elsewhere = async (walk: ShopWalk, act: Some): Promise<void> => {
  const row = pickOne(walk.rows, act.which);
  const minor = Math.min(act.minor, row.minor);
  const outside = { ...row, kind: "refund", minor, refundNo: `PORTAL${act.which}` } as const;
  const digest = hashText(JSON.stringify(outside));
  const before = await lookUp(walk, { ...act, which: walk.rows.indexOf(row) });
  await importOf(await till(walk), [{ ...outside, digest }], `elsewhere ${digest}`);
  if (before !== undefined) walk.excused.add(before.payment.paymentId);
};

const reasons = ["overpaid", "overpaid", "changed_mind", "price_adjust", "faulty"] as const;

type Asking = Partial<RefundDraft>;

const lines = [{ name: "发夹", price: fen(300), quantity: oneUnit }];

/** What may be asked for; each by its own name among the acts. */
const drafts: Readonly<Record<string, (act: Some) => Asking>> = {
  full: () => ({}),
  partial: ({ minor }) => ({ amount: partial(minor) }),
  return: ({ minor, way }) =>
    way % 2 === 0 ? { type: "return" } : { type: "return", amount: partial(minor) },
  exchange: ({ minor, way }) =>
    way % 2 === 0
      ? {
          type: "exchange",
          amount: { kind: "none" },
          exchange: { returned: [], replacement: lines },
        }
      : { type: "exchange", amount: partial(minor) },
  goods: () => ({ amount: { kind: "lines", lines: [{ index: 1, quantity: oneUnit }] } }),
  void: () => ({ type: "void" }),
  cash: ({ minor }) => ({ amount: partial(minor), destination: "cash", note: "要现金" }),
  other_way: ({ minor }) => ({ amount: partial(minor), destination: "other", note: "转回" }),
};

const draftFor = async (walk: ShopWalk, act: Some, caseId: CaseId): Promise<RefundDraft> => {
  const evidence =
    act.way % 4 === 0 ? [await aFile(walk.deps, act.way % 8 === 0 ? "id" : "photo")] : [];
  const identity = act.way % 5 === 0 ? { identity: { paper: "id_card", last4: "002X" } } : {};
  const reason = pickOne(reasons, act.way);
  const asked = drafts[act.kind]?.(act) ?? drafts["partial"]?.(act);
  return { ...draftOf(walk.deps), reason, evidence, ...identity, ...asked, caseId };
};

/** Asks for the same thing under one case; undefined where there is no such payment. */
const askFor = async (walk: ShopWalk, act: Some, caseId: CaseId) => {
  const target = await lookUp(walk, act);
  if (target === undefined) return undefined;
  return recordRefund(await till(walk), target, await draftFor(walk, act, caseId));
};

/** What is taken is exactly what was asked for, and never more than was left. */
export const ask = async (walk: ShopWalk, act: Some): Promise<void> => {
  const before = await lookUp(walk, act);
  const caseId = newCaseId(walk.deps);
  const saved = await askFor(walk, act, caseId);
  if (saved?.ok !== true || before === undefined) return;
  walk.cases.push(caseId);
  const taken = (await walk.deps.journal.db.cases.get(caseId))?.refundCase.amount.minor ?? -1;
  const left = remaining(before.payment).minor;
  expect(taken).toBeLessThanOrEqual(left);
  const after = await lookUp(walk, act);
  expect(after && remaining(after.payment).minor).toBe(left - taken);
};

/** Two windows confirm different refunds of one payment in the same moment. */
export const askTwo = async (walk: ShopWalk, act: Some): Promise<void> => {
  const both = [newCaseId(walk.deps), newCaseId(walk.deps)] as const;
  const made = await Promise.all(both.map((one) => askFor(walk, act, one)));
  for (const [index, one] of both.entries()) if (made[index]?.ok === true) walk.cases.push(one);
};

/** Two windows confirm the very same refund in the same moment: it is one record (X1). */
export const askTwice = async (walk: ShopWalk, act: Some): Promise<void> => {
  const caseId = newCaseId(walk.deps);
  const made = await Promise.all([1, 2, 3].map(() => askFor(walk, act, caseId)));
  const hashes = made.map((one) => one?.ok === true && one.value.records.at(-1)?.hash);
  expect(new Set(hashes).size).toBe(1);
  expect(new Set(made.map((one) => one?.ok)).size).toBe(1);
  if (made[0]?.ok === true) walk.cases.push(caseId);
};

/** The same intent again is answered with the first record, whatever became of it. */
export const askAgain = async (walk: ShopWalk, act: Some): Promise<void> => {
  const known = await caseOf(walk, act);
  const again = known && (await askFor(walk, { ...act, kind: "partial" }, known.caseId));
  if (again === undefined) return;
  const { records } = valueOf(again);
  const first = known?.attempts[0]?.hash;
  expect(records.map(({ hash }) => hash)).toContain(first);
};

/** Money that no payment stands behind. */
export const askFreely = async (walk: ShopWalk, { minor, way }: Some): Promise<void> => {
  const draft = draftOf(walk.deps, {
    type: "unreferenced",
    amount: partial(minor),
    destination: way % 2 === 0 ? "cash" : "store_credit",
    reason: "goodwill",
    note: "没有原单",
    evidence: [await aFile(walk.deps, "form")],
  });
  const saved = await recordRefund(await till(walk), undefined, draft);
  if (saved.ok) walk.cases.push(draft.caseId);
};

/** A request is declined, or one that was is opened again with something new in hand, once. */
export const decline = async (walk: ShopWalk, act: Some): Promise<void> => {
  const target = await lookUp(walk, act);
  const { caseId } = draftOf(walk.deps);
  const paymentId = target === undefined ? {} : { paymentId: target.payment.paymentId };
  const draft = { caseId, ...paymentId, reason: "past_window", offers: [] } as const;
  await declineRequest(await till(walk), target, draft);
};

export const reopenDeclined = async (walk: ShopWalk, act: Some): Promise<void> => {
  const refusal = pick(await walk.deps.journal.db.refusals.toArray(), act.which)?.refusal;
  const target = await lookUp(walk, act);
  if (refusal === undefined || target === undefined) return;
  const evidence = [await aFile(walk.deps, "voucher")];
  const amount = partial(act.minor);
  const draft = draftOf(walk.deps, { amount, evidence, reopens: refusal.ref });
  const person = await till(walk);
  const saved = await recordRefund(person, target, draft);
  const staff = person.staff();
  if (staff === undefined || rightOf(staff, "refund") === "no" || refusal.reopenedAs !== undefined)
    expect(saved.ok).toBe(false);
  if (saved.ok) walk.cases.push(draft.caseId);
};
