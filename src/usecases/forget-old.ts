import { isSettled } from "../domain/claim.ts";
import { writeRef, type CaseId, type PaymentId } from "../domain/ids.ts";
import { businessDate, instantFromMs, startOfDay, type Instant } from "../domain/instant.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import {
  hasLeft,
  keptFrom,
  leftUntil,
  mayForget,
  type RetentionMonths,
} from "../domain/retention.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { findBackupNote } from "../storage/backup-note.ts";
import { claimOf } from "../storage/claims.ts";
import { findHandedOut } from "../storage/handed-out.ts";
import { casesBetween } from "../storage/cases-between.ts";
import { caseIdsOf, paymentRecords, refusalsBefore } from "../storage/old-cases.ts";
import { findRecord, getPayment } from "../storage/queries.ts";
import { tellingOf, tellingsOf, type Telling } from "./customer-tellings.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import type { NothingToErase } from "./erase-customer.ts";
import { ownChains } from "./own-chains.ts";
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

type Terms = Parameters<typeof mayForget>[1];

const why = "retention";

const ever = instantFromMs(0);

const termsOf = async (deps: Deps, months: RetentionMonths): Promise<Terms> => {
  const { calendar } = deps;
  const { db } = deps.journal;
  const today = businessDate(instantFromMs(deps.now()), calendar);
  const out = await findHandedOut(db);
  return {
    before: startOfDay(keptFrom(today, months), calendar),
    left: leftUntil(await ownChains(deps), out?.seq, await findBackupNote(db)),
  };
};

const total = (sizes: Iterable<number>): number => [...sizes].reduce((sum, size) => sum + size, 0);

/** What tells of several refunds goes with the last of them. */
const mayAll = async (
  { journal: { db } }: Deps,
  terms: Terms,
  caseIds: Iterable<CaseId>,
): Promise<boolean> => {
  const rows = await db.cases.bulkGet([...caseIds]);
  return rows.every((row) => row === undefined || mayForget(row.refundCase, terms) === "yes");
};

/** The ids of a refund's payment where who paid may go: no refund and no over-payment of it needs that any more. */
const payerOf = async (
  deps: Deps,
  terms: Terms,
  { paymentId }: RefundCase,
): Promise<readonly PaymentId[]> => {
  const { db } = deps.journal;
  const payment = paymentId && (await getPayment(db, paymentId));
  if (!payment) return [];
  const ids = [payment.paymentId, ...payment.same];
  const payments = (await db.payments.bulkGet(ids)).flatMap((row) => row?.payment ?? []);
  if (payments.every(({ payer }) => payer === undefined)) return [];
  const versions = payments.flatMap((one) => one.versions);
  if (!versions.every(({ record }) => hasLeft(record, terms.left))) return [];
  const claim = await claimOf(db, payment);
  if (claim !== undefined && !isSettled(claim)) return [];
  const claimants = payments.flatMap(({ claims }) => claims.map(({ caseId }) => caseId));
  const cases = new Set([...(await caseIdsOf(db, ids)), ...claimants]);
  return (await mayAll(deps, terms, cases)) ? ids : [];
};

const toldByPayments = async (
  deps: Deps,
  ids: ReadonlySet<PaymentId>,
): Promise<readonly ToErase[]> => {
  const found: ToErase[] = [];
  for await (const records of paymentRecords(deps.journal.db, ids)) {
    for (const telling of records.flatMap(tellingOf)) {
      const payments = [telling.stored.payload["sale"] as PaymentId];
      found.push({ telling, told: { why, payments } });
    }
    await deps.pause();
  }
  return found;
};

/** What declined requests tell, of one more than goes at once. */
const toldByRefusals = async (deps: Deps, { before, left }: Terms): Promise<readonly ToErase[]> => {
  const { db } = deps.journal;
  const found: ToErase[] = [];
  const old = await refusalsBefore(db, before, mostAtOnce + 1, ({ ref }) => hasLeft(ref, left));
  for (const { ref } of old) {
    const record = await findRecord(db, ref);
    for (const telling of record === undefined ? [] : tellingOf(record))
      found.push({ telling, told: { why } });
  }
  return found;
};

/** What the records of a refund tell and may go, each judged once however many refunds it tells of. */
const newJudge = (deps: Deps, terms: Terms) => {
  const judged = new Map<string, ToErase | undefined>();
  const judge = async (telling: Telling, caseId: CaseId): Promise<ToErase | undefined> => {
    const told = await toldIn(deps, telling, caseId);
    const may = await mayAll(deps, terms, told.cases ?? []);
    return may ? { telling, told: { why, ...told } } : undefined;
  };
  return async (refundCase: RefundCase): Promise<readonly (readonly [string, ToErase])[]> => {
    const found: (readonly [string, ToErase])[] = [];
    for (const telling of await tellingsOf(deps, refundCase, false)) {
      const place = writeRef(telling.ref);
      if (!judged.has(place)) judged.set(place, await judge(telling, refundCase.caseId));
      const one = judged.get(place);
      if (one !== undefined) found.push([place, one]);
    }
    return found;
  };
};

/** The closed, old refunds that lose something, at most so many as go at once, and what they lose. */
const findCases = async (deps: Deps, terms: Terms) => {
  const cases: RefundCase[] = [];
  const told = new Map<string, ToErase>();
  const payers = new Set<PaymentId>();
  const kept: number[] = [];
  const waiting = { open: 0, not_out: 0 };
  const goingOf = newJudge(deps, terms);
  const take = async (refundCase: RefundCase): Promise<"taken" | "full"> => {
    const may = mayForget(refundCase, terms);
    if (may === "open" || may === "not_out") waiting[may] += 1;
    if (may !== "yes") return "taken";
    const going = await goingOf(refundCase);
    const ids = await payerOf(deps, terms, refundCase);
    const goes = going.length + ids.length > 0;
    if (goes && cases.length === mostAtOnce) return "full";
    if (goes) cases.push(refundCase);
    for (const [place, one] of going) told.set(place, one);
    for (const id of ids) payers.add(id);
    const { evidence } = refundCase;
    kept.push(...evidence.flatMap((file) => (file.personalTo === undefined ? file.size : [])));
    return "taken";
  };
  const takeAll = async (): Promise<"taken" | "full"> => {
    for await (const some of casesBetween(deps.journal.db, [ever, terms.before])) {
      for (const refundCase of some) if ((await take(refundCase)) === "full") return "full";
      await deps.pause();
    }
    return "taken";
  };
  const more = (await takeAll()) === "full";
  return { cases, told, payers, kept, waiting, more };
};

const findOld = async (deps: Deps, months: RetentionMonths): Promise<Found> => {
  const terms = await termsOf(deps, months);
  const { cases, told, payers, kept, waiting, more } = await findCases(deps, terms);
  const photos = new Map(
    cases
      .flatMap(({ evidence }) => evidence)
      .filter(({ personalTo }) => personalTo !== undefined && told.has(writeRef(personalTo)))
      .map(({ sha256, size }) => [sha256, size] as const),
  );
  const declined = await toldByRefusals(deps, terms);
  const refusals = declined
    .slice(0, mostAtOnce)
    .filter(({ telling }) => !told.has(writeRef(telling.ref)));
  const toErase = [...told.values(), ...(await toldByPayments(deps, payers)), ...refusals];
  return {
    before: terms.before,
    cases,
    records: toErase.length,
    photos: photos.size,
    photoBytes: total(photos.values()),
    refusals: refusals.length,
    keptPhotos: kept.length,
    keptBytes: total(kept),
    open: waiting.open,
    notOut: waiting.not_out,
    more: more || declined.length > mostAtOnce,
    toErase,
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
