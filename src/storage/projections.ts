import { isSettled, type OverpayClaim } from "../domain/claim.ts";
import { given } from "../domain/given.ts";
import { writeRef, type CaseId } from "../domain/ids.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { Refusal } from "../domain/refund/refusal.ts";
import { overdueSince } from "../domain/refund/case-state.ts";
import { tasksOf } from "../domain/tasks.ts";
import type { Database } from "./database.ts";
import { endsOf } from "./number-index.ts";
import type { CaseRow, ClaimRow, CounterRow, PaymentRow, RefusalRow } from "./rows.ts";
import type { Window } from "./window.ts";

/** The tables that only mirror the journal: each can be thrown away and rebuilt. */
export const projectionTables = (db: Database) => [
  db.cases,
  db.refusals,
  db.payments,
  db.batches,
  db.staff,
  db.policies,
  db.imports,
  db.exports,
  db.claims,
  db.devices,
  db.counters,
  db.acks,
  db.witnessed,
  db.waiting,
];

const changed = <K, V>(before: Map<K, V>, after: Map<K, V>): readonly (readonly [K, V])[] =>
  [...after].filter(([key, value]) => before.get(key) !== value);

const changedValues = <K, V>(before: Map<K, V>, after: Map<K, V>): readonly V[] =>
  changed(before, after).map(([, value]) => value);

/** A case as a row, with everything that finds it. */
const caseRow = (refundCase: RefundCase): CaseRow => {
  const { caseId, createdAt, amount, attempts } = refundCase;
  const numbers = attempts.flatMap((attempt) => [
    attempt.refundNo,
    ...(attempt.channelRefundNo === undefined ? [] : [attempt.channelRefundNo]),
  ]);
  return {
    caseId,
    createdAt,
    minor: amount.minor,
    ...given("money", refundCase.money),
    ...given("paymentId", refundCase.paymentId),
    refs: attempts.map((attempt) => writeRef(attempt.record)),
    ends: endsOf(numbers),
    tasks: tasksOf(refundCase),
    ...given("due", refundCase.elsewhere ? undefined : overdueSince(refundCase)),
    refundCase,
  };
};

const refusalRow = (refusal: Refusal): RefusalRow => ({
  ref: writeRef(refusal.ref),
  at: refusal.at,
  ...given("paymentId", refusal.paymentId),
  refusal,
});

/** A payment as a row, with everything that finds it. */
const paymentRow = (payment: Payment): PaymentRow => ({
  paymentId: payment.paymentId,
  seenAt: payment.paidAt ?? payment.recordedAt,
  minor: payment.amount.minor,
  ends: endsOf(Object.values(payment.numbers)),
  same: payment.same,
  payment,
});

const claimRow = (claim: OverpayClaim): ClaimRow => ({
  paymentId: claim.paymentId,
  open: isSettled(claim) ? 0 : 1,
  foundAt: claim.foundAt,
  claim,
});

/** Names of the counters that a case counts in: of everything it waits for. */
const countersOf = (refundCase: RefundCase): readonly string[] =>
  tasksOf(refundCase).map((task) => `task:${task}`);

const counterChanges = ({ before, after }: Window): ReadonlyMap<string, number> => {
  const changes = new Map<string, number>();
  const move = (name: string, by: number): unknown =>
    changes.set(name, (changes.get(name) ?? 0) + by);
  for (const [caseId, refundCase] of changed<CaseId, RefundCase>(before.cases, after.cases)) {
    const known = before.cases.get(caseId);
    if (known !== undefined) for (const name of countersOf(known)) move(name, -1);
    for (const name of countersOf(refundCase)) move(name, 1);
  }
  return changes;
};

const saveCounters = async (db: Database, window: Window): Promise<void> => {
  const changes = [...counterChanges(window)].filter(([, by]) => by !== 0);
  const rows: CounterRow[] = [];
  for (const [name, by] of changes) {
    const known = await db.counters.get(name);
    rows.push({ name, value: (known?.value ?? 0) + by });
  }
  await db.counters.bulkPut(rows);
};

const rowsByRef = <T extends object>(
  entries: readonly (readonly [string, T])[],
): readonly (T & { readonly ref: string })[] => entries.map(([ref, row]) => ({ ...row, ref }));

/** Writes the rows that the records changed; to be called inside the transaction that adds them. */
export const saveWindow = async (db: Database, window: Window): Promise<void> => {
  const { before, after } = window;
  await db.cases.bulkPut(changedValues(before.cases, after.cases).map(caseRow));
  await db.refusals.bulkPut(changedValues(before.refusals, after.refusals).map(refusalRow));
  await db.payments.bulkPut(changedValues(before.payments, after.payments).map(paymentRow));
  await db.batches.bulkPut(changedValues(before.batches, after.batches));
  await db.staff.bulkPut(changedValues(before.staff, after.staff));
  await db.policies.bulkPut(
    changed(before.policies, after.policies).map(([key, policy]) => ({ key, policy })),
  );
  await db.imports.bulkPut(changedValues(before.imports, after.imports));
  await db.exports.bulkPut(changedValues(before.exports, after.exports));
  await db.claims.bulkPut(changedValues(before.claims, after.claims).map(claimRow));
  await db.devices.bulkPut(changedValues(before.devices, after.devices));
  await db.waiting.bulkPut(
    changed(before.waiting, after.waiting).map(([ref, records]) => ({ ref, records })),
  );
  await db.waiting.bulkDelete([...before.waiting.keys()].filter((ref) => !after.waiting.has(ref)));
  await db.acks.bulkPut(rowsByRef(changed(before.acks, after.acks)));
  await db.witnessed.bulkPut(rowsByRef(changed(before.witnessed, after.witnessed)));
  await saveCounters(db, window);
};
