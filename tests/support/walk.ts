import * as fc from "fast-check";
import { custom } from "../../src/domain/acquirers/custom.ts";
import { emptyBooks, post, type Books } from "../../src/domain/books.ts";
import type { BatchId, RecordRef } from "../../src/domain/ids.ts";
import { instantFromSeconds } from "../../src/domain/instant.ts";
import type {
  EvidenceSource,
  JournalEvent,
  MoneyEvent,
  MoneyResult,
  Recorded,
} from "../../src/domain/journal-event.ts";
import { add, sum } from "../../src/domain/money.ts";
import { remaining, type Payment } from "../../src/domain/payment.ts";
import type { Attempt } from "../../src/domain/refund/attempt.ts";
import { latestAttempt, type RefundCase } from "../../src/domain/refund/case.ts";
import { decideRecall, decideUpload } from "../../src/domain/refund/decide-batch.ts";
import { decideRefund } from "../../src/domain/refund/decide-refund.ts";
import { decideResult } from "../../src/domain/refund/decide-result.ts";
import { decideWithdraw } from "../../src/domain/refund/decide-withdraw.ts";
import { newDraft } from "../../src/domain/refund/draft.ts";
import { commandAllowed, standingOf } from "../../src/domain/refund/money-track.ts";
import { fail, ok, type Result } from "../../src/domain/result.ts";
import {
  aCaseId,
  aContext,
  aHash,
  aNoticeEvent,
  aPaymentEvent,
  aPaymentId,
  aRecorded,
  aRefundEvent,
  aRefundNo,
  aStaff,
  at,
  cny,
  units,
} from "./a.ts";

/** One thing a shop or an acquirer may do; numbers are folded onto whatever stands in the books. */
export type Act = {
  readonly kind:
    | "full"
    | "partial"
    | "retry"
    | "withdraw"
    | "export"
    | "upload"
    | "recall"
    | "answer"
    | "report"
    | "late_row"
    | "repeat"
    | "retract"
    | "external"
    | "notice";
  readonly which: number;
  readonly amount: number;
  readonly result: MoneyResult;
  readonly by: "portal" | "slip" | "support" | "cust";
  readonly day: number;
};

const results = [
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
  "succeeded",
  "failed",
  "closed",
  "reversed",
] as const satisfies readonly MoneyResult[];

const commands = [
  "full",
  "partial",
  "partial",
  "partial",
  "withdraw",
  "export",
  "export",
  "upload",
  "recall",
  "answer",
  "answer",
  "notice",
] as const;

const surprises = ["retry", "report", "late_row", "repeat", "retract", "external"] as const;

const actOf = (kinds: readonly Act["kind"][]): fc.Arbitrary<Act> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    which: fc.nat(1_000),
    amount: fc.oneof(fc.integer({ min: -2, max: 40 }), fc.integer({ min: 1, max: 12_000 })),
    result: fc.constantFrom(...results),
    by: fc.constantFrom("portal", "slip", "support", "cust"),
    day: fc.nat(5),
  });

/** Only what a careful shop does: no answer comes late, twice or wrongly. */
export const calmAct = actOf(commands);
/** All that happens in the field. */
export const anyAct = actOf([...commands, ...surprises]);

/** What each payment of the walk was worth. */
export const paid: readonly number[] = [10_000, 9_999, 1];

/** The journal so far and the books it makes. */
export type Walk = { readonly records: readonly Recorded[]; readonly books: Books };

/** The n-th of a list, counted around; undefined when it is empty. */
const pick = <T>(list: readonly T[], which: number): T | undefined => list[which % list.length];

const dayOf = (day: number): MoneyEvent["at"] & string =>
  instantFromSeconds(1_800_000_000 + day * 86_400);

type Choice = Result<JournalEvent, { readonly kind: string }>;
const nothing: Choice = fail({ kind: "nothing_there" });

const casesOf = (books: Books): readonly RefundCase[] => [...books.cases.values()];
const attemptsOf = (books: Books): readonly Attempt[] =>
  casesOf(books).flatMap((refundCase) => refundCase.attempts);

const refund = ({ records, books }: Walk, act: Act, full: boolean): Choice => {
  const payment = pick([...books.payments.values()], act.which);
  if (payment === undefined) return nothing;
  const number = records.length;
  const draft = newDraft({
    caseId: aCaseId(number),
    amount: full ? { kind: "full" } : { kind: "partial", amount: cny(act.amount) },
    reason: "faulty",
  });
  return decideRefund(
    aContext({ payment, profile: custom, refundNo: aRefundNo(number * 20) }),
    draft,
  );
};

/** Attempt n+1 of a case whose last one failed (M21), under the guards of any refund. */
const retry = ({ records, books }: Walk, act: Act): Choice => {
  const dead = casesOf(books).filter(({ money }) => money === "failed" || money === "closed");
  const refundCase = pick(dead, act.which);
  if (refundCase?.paymentId === undefined) return nothing;
  const payment = books.payments.get(refundCase.paymentId);
  if (payment === undefined) return nothing;
  if (refundCase.amount.minor > remaining(payment).minor) return nothing;
  const { number, record } = latestAttempt(refundCase);
  const { caseId, amount } = refundCase;
  const refundNo = aRefundNo(records.length * 20);
  const paymentId = payment.paymentId;
  return ok(
    aRefundEvent({ caseId, amount, paymentId, refundNo, attempt: number + 1, previous: record }),
  );
};

const exportBatch = ({ records, books }: Walk, act: Act): Choice => {
  const may = casesOf(books)
    .map(latestAttempt)
    .filter((attempt) => commandAllowed(attempt.money, "exported"))
    .slice(0, 1 + (act.which % 4));
  const first = may[0];
  if (first === undefined) return nothing;
  const again = books.batches.get(first.batchId ?? ("" as BatchId));
  const sameFile = first.money === "exported" && again !== undefined;
  const chosen = sameFile ? attemptsOf(books).filter(isIn(again.refunds)) : may;
  if (chosen.some((attempt) => !commandAllowed(attempt.money, "exported"))) return nothing;
  return ok({
    kind: "money",
    state: "exported",
    by: "file",
    refunds: chosen.map((attempt) => attempt.record).sort((a, b) => a.seq - b.seq),
    file: sameFile ? again.file : aHash(records.length),
    out: act.day % 2 === 0 ? "prepared" : "saved",
    batch: {
      id: sameFile ? again.batchId : (`B${records.length}` as BatchId),
      format: "refund-list-csv",
      rows: chosen.length,
      total: sum(
        chosen.map((attempt) => attempt.amount),
        cny(0).currency,
      ),
    },
  });
};

const isIn =
  (refs: readonly RecordRef[]) =>
  (attempt: Attempt): boolean =>
    refs.some((ref) => ref.seq === attempt.record.seq);

const onBatch = ({ books }: Walk, act: Act): Choice => {
  const batch = pick([...books.batches.values()], act.which);
  if (batch === undefined) return nothing;
  const cases = casesOf(books).filter((refundCase) =>
    refundCase.attempts.some(isIn(batch.refunds)),
  );
  return act.kind === "recall"
    ? decideRecall(aStaff(), cases, batch)
    : decideUpload({ staff: aStaff(), now: dayOf(act.day) }, cases, { batchId: batch.batchId });
};

const isOpen = (refundCase: RefundCase): boolean =>
  refundCase.money !== undefined && standingOf(refundCase.money) === "reserves";

/** A person's report: an answer to what is on its way, or, late, on any case at all. */
const report = ({ books }: Walk, act: Act): Choice => {
  const cases = casesOf(books).filter(act.kind === "answer" ? isOpen : () => true);
  const refundCase = pick(cases, act.which);
  if (refundCase === undefined) return nothing;
  const { result, by, day } = act;
  return decideResult({ staff: aStaff(), now: at("2099-01-01T00:00:00Z") }, refundCase, {
    result,
    by,
    reference: `REF${act.amount}`,
    at: dayOf(day),
    evidence: [],
  });
};

/** A row of a file: it names its attempt whatever state that is in. */
const lateRow = ({ books }: Walk, act: Act): Choice => {
  const attempt = pick(attemptsOf(books), act.which);
  if (attempt === undefined) return nothing;
  const by: EvidenceSource = "row";
  return ok({
    kind: "money",
    state: act.result,
    by,
    refunds: [attempt.record],
    at: dayOf(act.day),
  });
};

const moneyEvents = ({ records }: Walk): readonly Recorded<MoneyEvent>[] =>
  records.flatMap((recorded) =>
    recorded.event.kind === "money" ? [{ ...recorded, event: recorded.event }] : [],
  );

const isResult = ({ event }: Recorded<MoneyEvent>): boolean =>
  results.some((result) => result === event.state);

const repeat = (walk: Walk, act: Act): Choice => {
  const told = pick(moneyEvents(walk).filter(isResult), act.which);
  return told === undefined ? nothing : ok(told.event);
};

const retract = (walk: Walk, act: Act): Choice => {
  const told = pick(moneyEvents(walk).filter(isResult), act.which);
  if (told === undefined) return nothing;
  const { refunds } = told.event;
  return ok({ kind: "money", state: "retracted", by: "staff", refunds, retracts: told.ref });
};

const external = ({ books }: Walk, act: Act): Choice => {
  const known = pick([...books.payments.values()], act.which);
  if (known === undefined || act.amount < 0) return nothing;
  const { paymentId, amount, record } = known;
  return ok(
    aPaymentEvent({
      paymentId,
      amount,
      replaces: record,
      external: units(act.amount % (amount.minor + 1)),
    }),
  );
};

const choose = (walk: Walk, act: Act): Choice => {
  switch (act.kind) {
    case "full":
    case "partial":
      return refund(walk, act, act.kind === "full");
    case "retry":
      return retry(walk, act);
    case "withdraw": {
      const refundCase = pick(casesOf(walk.books), act.which);
      return refundCase === undefined ? nothing : decideWithdraw(aStaff(), refundCase, "customer");
    }
    case "export":
      return exportBatch(walk, act);
    case "upload":
    case "recall":
      return onBatch(walk, act);
    case "answer":
    case "report":
      return report(walk, act);
    case "late_row":
      return lateRow(walk, act);
    case "repeat":
      return repeat(walk, act);
    case "retract":
      return retract(walk, act);
    case "external":
      return external(walk, act);
    case "notice": {
      const attempt = pick(attemptsOf(walk.books), act.which);
      return attempt === undefined ? nothing : ok(aNoticeEvent({ refund: attempt.record }));
    }
  }
};

const record = ({ records, books }: Walk, event: JournalEvent): Walk => {
  const recorded = aRecorded(event, records.length);
  post(books, recorded);
  return { records: [...records, recorded], books };
};

/** The books of a fresh device with the payments of the walk. */
export const beginWalk = (): Walk =>
  paid.reduce<Walk>(
    (walk, minor, index) =>
      record(walk, aPaymentEvent({ paymentId: aPaymentId(index), amount: cny(minor) })),
    { records: [], books: emptyBooks() },
  );

/** The walk after one act and the event it recorded; undefined when it was refused. Books are changed in place. */
export const step = (
  walk: Walk,
  act: Act,
): { readonly walk: Walk; readonly event: JournalEvent | undefined } => {
  const choice = choose(walk, act);
  if (!choice.ok) return { walk, event: undefined };
  return { walk: record(walk, choice.value), event: choice.value };
};

/** Books made from nothing but the records. */
export const replay = (records: readonly Recorded[]): Books => {
  const books = emptyBooks();
  for (const recorded of records) post(books, recorded);
  return books;
};

/** Money of a payment that is on its way or arrived, refunds made elsewhere included. */
export const claimedOf = (payment: Payment): number =>
  payment.claims
    .filter((claim) => claim.standing !== "frees")
    .reduce((total, claim) => add(total, claim.amount), cny(payment.external)).minor;
