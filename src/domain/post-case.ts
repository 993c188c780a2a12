import type { Books } from "./books.ts";
import { given } from "./given.ts";
import { writeRef, type CaseId, type RecordRef } from "./ids.ts";
import type { Recorded } from "./journal-event.ts";
import type { BalanceClaim } from "./payment.ts";
import { postClaims } from "./post-payment.ts";
import { foldTale, isToldByMany } from "./refund/case-tale.ts";
import { evolve, type RefundCase } from "./refund/case.ts";
import type { CaseEvent } from "./refund/history.ts";
import { standingOf } from "./refund/money-track.ts";

const claimsOf = ({ caseId, attempts, lines, createdAt }: RefundCase): readonly BalanceClaim[] =>
  attempts.map(({ number, amount, money, record, kept, refundNo, channelRefundNo }) => ({
    caseId,
    attempt: number,
    amount,
    standing: standingOf(money),
    record,
    money,
    at: createdAt,
    kept,
    numbers: [refundNo, ...(channelRefundNo === undefined ? [] : [channelRefundNo])],
    ...given("lines", lines),
  }));

/** Whether a record is this device's own; where nobody says which one that is, all are. */
export const isHome = (
  { home }: Pick<Books, "home">,
  { device }: Pick<RecordRef, "device">,
): boolean => home === undefined || device === home;

/** Every record of a case that was posted here, this one the last. */
const taleWith = (books: Books, caseId: CaseId, recorded: Recorded<CaseEvent>) => {
  const known = books.tales.get(caseId);
  const isFirst = known === undefined && !books.cases.has(caseId);
  const tale = known === undefined && !isFirst ? undefined : [...(known ?? []), recorded];
  if (tale !== undefined) books.tales.set(caseId, tale);
  return tale;
};

/** One chain tells its case in order; where several do, all their records are told again in an order of their own. */
const nextOf = (
  known: RefundCase | undefined,
  recorded: Recorded<CaseEvent>,
  tale: readonly Recorded<CaseEvent>[] | undefined,
): RefundCase => {
  const isPlain =
    known === undefined || (known.device === recorded.ref.device && !isToldByMany(known));
  if (isPlain) return evolve(known, recorded);
  if (tale === undefined) throw new Error(`the records of case ${known.caseId} were not loaded`);
  return foldTale(tale);
};

/** Takes a record into its case and lets its refunds count. */
export const postCase = (books: Books, caseId: CaseId, recorded: Recorded<CaseEvent>): void => {
  const known = books.cases.get(caseId);
  const next = nextOf(known, recorded, taleWith(books, caseId, recorded));
  const elsewhere = !isHome(books, next) && !books.formers.has(next.device);
  books.cases.set(caseId, { ...next, elsewhere, conflict: known?.conflict ?? false });
  if (next.paymentId !== undefined) postClaims(books, next.paymentId, claimsOf(next));
};

/** Keeps a record that speaks of a record or a case which is not here yet, until it is. */
export const postLater = (books: Books, recorded: Recorded, place: string): void => {
  const waiting = books.waiting.get(place) ?? [];
  const same = (one: Recorded): boolean => writeRef(one.ref) === writeRef(recorded.ref);
  if (!waiting.some(same)) books.waiting.set(place, [...waiting, recorded]);
};

/** A record that waited is heard by the refund it waited for, and a second time by none. */
export const isNews = (books: Books, caseId: CaseId, { ref }: Recorded): boolean =>
  books.cases.get(caseId)?.history.every((entry) => writeRef(entry.ref) !== writeRef(ref)) ?? true;
