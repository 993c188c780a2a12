import { businessDate, instantFromMs, startOfDay, type Instant } from "../domain/instant.ts";
import type { PaymentId } from "../domain/ids.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { keptFrom, mayForget, type RetentionMonths } from "../domain/retention.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { findBackupNote } from "../storage/backup-note.ts";
import { findHandedOut } from "../storage/handed-out.ts";
import { casesBefore, hasCaseSince, paymentRecords, refusalsBefore } from "../storage/old-cases.ts";
import { findRecord, getPayment } from "../storage/queries.ts";
import { tellingOf, tellingsOf } from "./customer-tellings.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import type { NothingToErase } from "./erase-customer.ts";
import { planErasure, toldIn, type ToErase } from "./plan-erasure.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";

/** What an erasure by age would take away, and what it leaves. */
export type Retention = {
  readonly before: Instant;
  /** Refunds of which something goes, the oldest first. */
  readonly cases: readonly RefundCase[];
  /** Records that lose words, papers or who paid. */
  readonly records: number;
  readonly photos: number;
  readonly photoBytes: number;
  /** Requests that were declined. */
  readonly refusals: number;
  /** Photos of goods and slips that signed records name: they stay. */
  readonly keptPhotos: number;
  readonly keptBytes: number;
  /** Old enough, but not closed; and not in any file that left this device. */
  readonly open: number;
  readonly notOut: number;
  /** More is old enough than goes at once. */
  readonly more: boolean;
};

type Found = Retention & { readonly toErase: readonly ToErase[] };

/** So many refunds lose their customer at once: they are signed one by one. */
const mostAtOnce = 100;

/** The last own record that left this device, in a signed package or a backup. */
const leftUntil = async ({ journal: { db }, device }: Deps): Promise<number> => {
  const note = await findBackupNote(db);
  const out = await findHandedOut(db);
  return Math.max(out?.seq ?? -1, note?.device === device ? note.seq : -1);
};

type Terms = Parameters<typeof mayForget>[1];

const why = "retention";

/** Photos of a refund that go with its customer, and those that stay. */
const photosOf = ({ evidence }: RefundCase) => ({
  go: new Map(
    evidence.flatMap(({ sha256, size, personalTo }) =>
      personalTo === undefined ? [] : [[sha256, size] as const],
    ),
  ),
  stay: evidence.filter(({ personalTo }) => personalTo === undefined).map(({ size }) => size),
});

const total = (sizes: Iterable<number>): number => [...sizes].reduce((sum, size) => sum + size, 0);

/** Who paid goes where every refund of the payment is old. */
const payersOf = async (deps: Deps, cases: readonly RefundCase[], before: Instant) => {
  const { db } = deps.journal;
  const ids = new Set<PaymentId>();
  for (const { paymentId } of cases) {
    const payment = paymentId && (await getPayment(db, paymentId));
    if (payment?.payer === undefined || (await hasCaseSince(db, payment.paymentId, before)))
      continue;
    for (const id of [payment.paymentId, ...payment.same]) ids.add(id);
  }
  const found: ToErase[] = [];
  for await (const records of paymentRecords(db, ids)) {
    const tellings = records.flatMap(tellingOf);
    for (const telling of tellings) {
      const payments = [telling.stored.payload["sale"] as PaymentId];
      found.push({ telling, told: { why, payments } });
    }
    await deps.pause();
  }
  return found;
};

const toldByRefusals = async (
  deps: Deps,
  { before, leftUntil: last }: Terms,
): Promise<readonly ToErase[]> => {
  const { db } = deps.journal;
  const found: ToErase[] = [];
  for (const { ref } of await refusalsBefore(db, before, mostAtOnce)) {
    if (ref.device === deps.device && ref.seq > last) continue;
    const record = await findRecord(db, ref);
    for (const telling of record === undefined ? [] : tellingOf(record))
      found.push({ telling, told: { why } });
  }
  return found;
};

const findOld = async (deps: Deps, months: RetentionMonths): Promise<Found> => {
  const { calendar, device } = deps;
  const today = businessDate(instantFromMs(deps.now()), calendar);
  const before = startOfDay(keptFrom(today, months), calendar);
  const terms: Terms = { before, device, leftUntil: await leftUntil(deps) };
  const cases: RefundCase[] = [];
  const toErase: ToErase[] = [];
  const photos = new Map<string, number>();
  const kept: number[] = [];
  const waiting = { open: 0, not_out: 0 };
  const isFull = () => cases.length === mostAtOnce;
  const take = async (refundCase: RefundCase): Promise<void> => {
    const may = mayForget(refundCase, terms);
    if (may === "open" || may === "not_out") waiting[may] += 1;
    if (may !== "yes") return;
    const { go, stay } = photosOf(refundCase);
    kept.push(...stay);
    const tellings = await tellingsOf(deps, refundCase, false);
    for (const telling of tellings)
      toErase.push({ telling, told: { why, ...(await toldIn(deps, telling, refundCase.caseId)) } });
    if (tellings.length > 0) cases.push(refundCase);
    for (const [sha256, size] of go) photos.set(sha256, size);
  };
  for await (const some of casesBefore(deps.journal.db, before)) {
    for (const refundCase of some) if (!isFull()) await take(refundCase);
    if (isFull()) break;
    await deps.pause();
  }
  const payers = await payersOf(deps, cases, before);
  const refusals = await toldByRefusals(deps, terms);
  const all = [...toErase, ...payers, ...refusals];
  return {
    before,
    cases,
    records: all.length,
    photos: photos.size,
    photoBytes: total(photos.values()),
    refusals: refusals.length,
    keptPhotos: kept.length,
    keptBytes: total(kept),
    open: waiting.open,
    notOut: waiting.not_out,
    more: isFull(),
    toErase: all,
  };
};

/** Counts what would go and what stays; nothing changes (R45, X41). */
export const planRetention = async (
  deps: Deps,
  months: RetentionMonths,
): Promise<Result<Retention, LockedFault | NotEntitled>> => {
  const person = whoMay(deps, "look_up");
  if (!person.ok) return person;
  return ok(await findOld(deps, months));
};

/** Erases what closed, old refunds say of their customers, with a record for each; amounts, numbers and signatures stay (X41). */
export const forgetOld = async (
  deps: Deps,
  months: RetentionMonths,
): Promise<Result<Saved, LockedFault | NotEntitled | NothingToErase | RecordFault>> => {
  const person = whoMay(deps, "erase");
  if (!person.ok) return person;
  return recordEvents<NothingToErase>(deps, async () => {
    const { toErase } = await findOld(deps, months);
    if (toErase.length === 0) return fail({ kind: "nothing_to_erase" });
    return ok(await planErasure(deps, toErase));
  });
};
