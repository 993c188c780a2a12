import type { AcquirerProfile } from "../domain/acquirers/profile.ts";
import type { PaymentId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { taskKinds, tasksOf, type TaskKind } from "../domain/tasks.ts";
import { byTime, todoKinds, todoOf, type TodoItem, type TodoKind } from "../domain/todo.ts";
import { findProfile } from "../storage/profiles.ts";
import {
  casesWaitingFor,
  countByTask,
  getPayment,
  overdueCases,
  pageSize,
} from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import { countOverpayments } from "./list-overpayments.ts";
import { findShopMail } from "./merchant-copy.ts";
import { readBackupDue } from "./read-backup-due.ts";

/** The lines of one kind, the most pressing first, at most a page of them. */
export type TodoGroup = {
  readonly kind: TodoKind;
  /** How many there are, shown or not; merchant copies and a due backup are only counted. */
  readonly total: number;
  readonly items: readonly TodoItem[];
};

/** Everything that needs a person, in groups, the most urgent kind first; a kind without lines is left out. */
export type TodoList = { readonly groups: readonly TodoGroup[]; readonly total: number };

/** Steps that are no line by themselves: among so many of them deadlines are looked for, and so many late ones are read. */
const mostWatched = 500;

const watched: ReadonlySet<TaskKind> = new Set(["wait", "export", "contact"]);

type Counts = Readonly<Partial<Record<TaskKind, number>>>;

/** Every case that could stand on the list, each once, by the index of what it waits for. */
const casesAtWork = async (
  deps: Deps,
  counts: Counts,
  now: Instant,
): Promise<readonly RefundCase[]> => {
  const { db } = deps.journal;
  const kinds = taskKinds.filter((kind) => kind !== "merchant_copy" && (counts[kind] ?? 0) > 0);
  const pages = await Promise.all([
    overdueCases(db, now, mostWatched),
    ...kinds.map((kind) => casesWaitingFor(db, kind, watched.has(kind) ? mostWatched : pageSize)),
  ]);
  return [...new Map(pages.flat().map((one) => [one.caseId, one])).values()];
};

const loadAll = async <K, V>(
  keys: readonly K[],
  load: (key: K) => Promise<V>,
): Promise<ReadonlyMap<K, V>> => {
  const each = [...new Set(keys)];
  return new Map(await Promise.all(each.map(async (key) => [key, await load(key)] as const)));
};

type Known = {
  readonly payments: ReadonlyMap<PaymentId, Payment | undefined>;
  readonly profiles: ReadonlyMap<string, AcquirerProfile>;
};

const loadKnown = async (
  { journal: { db } }: Deps,
  cases: readonly RefundCase[],
): Promise<Known> => ({
  payments: await loadAll(
    cases.flatMap(({ paymentId }) => (paymentId === undefined ? [] : [paymentId])),
    (paymentId) => getPayment(db, paymentId),
  ),
  profiles: await loadAll(
    cases.map(({ acquirer }) => acquirer),
    async (acquirer) => (await findProfile(db, acquirer)).profile,
  ),
});

const itemsOf = (
  cases: readonly RefundCase[],
  { payments, profiles }: Known,
  { calendar, now }: Pick<Deps, "calendar"> & { readonly now: Instant },
): readonly TodoItem[] =>
  cases.flatMap((refundCase) => {
    const { paymentId, acquirer } = refundCase;
    const payment = paymentId === undefined ? undefined : payments.get(paymentId);
    const profile = profiles.get(acquirer);
    if (profile === undefined) throw new Error("the profile of every case was loaded");
    return todoOf({ refundCase, payment, profile, calendar }, now);
  });

const isTask = (kind: TodoKind): kind is TodoKind & TaskKind =>
  taskKinds.some((task) => task === kind);

/** The counter of a kind, without the cases that stand under a more urgent one. */
const totalOf = (
  kind: TodoKind,
  own: readonly TodoItem[],
  { counts, cases }: { readonly counts: Counts; readonly cases: readonly RefundCase[] },
): number => {
  if (!isTask(kind) || kind === "contact") return own.length;
  const loaded = cases.filter((refundCase) => tasksOf(refundCase).includes(kind)).length;
  return (counts[kind] ?? 0) - loaded + own.length;
};

/**
 * What needs a person now, read by indexes only and never more than is shown of a kind but for what is watched.
 * Nothing changes by being late: the same cases only move up (R5).
 */
export const listTasks = async (deps: Deps, now: Instant): Promise<TodoList> => {
  const [counts, mail, { level }] = await Promise.all([
    countByTask(deps.journal.db),
    findShopMail(deps),
    readBackupDue(deps),
  ]);
  const cases = await casesAtWork(deps, counts, now);
  const items = itemsOf(cases, await loadKnown(deps, cases), { calendar: deps.calendar, now });
  const counted: Partial<Record<TodoKind, number>> = {
    merchant_copy: mail === undefined ? 0 : (counts.merchant_copy ?? 0),
    backup: level === "fresh" ? 0 : 1,
    overpaid: await countOverpayments(deps),
  };
  const groups = todoKinds.map((kind): TodoGroup => {
    const total = counted[kind];
    if (total !== undefined) return { kind, total, items: [] };
    const own = items.filter((item) => item.kind === kind).sort(byTime);
    return { kind, total: totalOf(kind, own, { counts, cases }), items: own.slice(0, pageSize) };
  });
  return {
    groups: groups.filter(({ total }) => total > 0),
    total: groups.reduce((sum, group) => sum + group.total, 0),
  };
};
