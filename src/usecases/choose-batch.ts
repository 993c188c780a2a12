import {
  blockOf,
  goesInto,
  mostRefs,
  rowOf,
  type BlockReason,
  type ReadyRefund,
} from "../domain/batch-choice.ts";
import { mainFormat, otherFormats, profileFormat } from "../domain/batches/batch-formats.ts";
import { pacedFor, type Pace } from "../domain/batch-pace.ts";
import type { BatchRow } from "../domain/batches/batch-row.ts";
import { isForPeople, type ExportFormat } from "../domain/batches/export-format.ts";
import { lookOf, type FileLook } from "../domain/batches/read-back.ts";
import { planBatch, writeBatch } from "../domain/batches/write-batch.ts";
import type { BatchId, CaseId, DeviceId } from "../domain/ids.ts";
import { instantFromMs } from "../domain/instant.ts";
import type { Money } from "../domain/money.ts";
import { latestAttempt } from "../domain/refund/case.ts";
import { profilesOf } from "../storage/profiles.ts";
import { unexported } from "../storage/queries.ts";
import { getPayments } from "../storage/reconcile-facts.ts";
import type { Deps } from "./deps.ts";
import { readPace } from "./read-pace.ts";

/** Words that go into files, in the language the acquirer reads. */
export type BatchTexts = {
  readonly reason: (code: string) => string;
  readonly channel: (code: string) => string;
};

export type BatchOptions = {
  readonly texts: BatchTexts;
  /** The owner answers by name for payments that only a scanned bill shows. */
  readonly gradeD: boolean;
  /** Only the smallest refund, to see whether a portal takes the file. */
  readonly trial?: true;
  /** Only these, as the plan says which can go now. */
  readonly only?: ReadonlySet<CaseId>;
};

/** One upload file that could be made now. */
export type BatchOffer = {
  readonly format: ExportFormat;
  readonly cases: readonly CaseId[];
  readonly total: Money;
  /** No merchant has said that a portal takes such files: try it with one refund first. */
  readonly unproven: boolean;
};

export type BlockedRefund = { readonly caseId: CaseId; readonly reason: BlockReason };

export type BatchPreview = {
  /** The files that the refunds belong into. */
  readonly offers: readonly BatchOffer[];
  /** Others that their acquirers take as well, request bodies among them. */
  readonly others: readonly BatchOffer[];
  readonly blocked: readonly BlockedRefund[];
};

/** What one file would hold: its rows, the refunds behind them, and what stays for which reason. */
export type Choice = {
  readonly rows: readonly BatchRow[];
  readonly chosen: readonly ReadyRefund[];
  readonly total: Money;
  readonly blocked: readonly BlockedRefund[];
};

/** Every refund that waits to leave, with the payment it refunds and its acquirer. */
export const readyRefunds = async (deps: Deps): Promise<readonly ReadyRefund[]> => {
  const { db } = deps.journal;
  const cases = await unexported(db);
  const payments = await getPayments(
    db,
    cases.flatMap(({ paymentId }) => paymentId ?? []),
  );
  const profiles = await profilesOf(
    db,
    cases.map(({ acquirer }) => acquirer),
  );
  return cases.flatMap((refundCase) => {
    const profile = profiles.get(refundCase.acquirer);
    const payment = refundCase.paymentId && payments.get(refundCase.paymentId);
    return profile === undefined ? [] : { refundCase, payment, profile };
  });
};

const numberOf = ({ refundCase }: ReadyRefund) => latestAttempt(refundCase).refundNo;

const minorOf = ({ refundCase }: ReadyRefund): number => latestAttempt(refundCase).amount.minor;

const smallest = (refunds: readonly ReadyRefund[]): readonly ReadyRefund[] =>
  [...refunds].sort((a, b) => minorOf(a) - minorOf(b)).slice(0, 1);

const inNextFile = ({ refundCase }: ReadyRefund): BlockedRefund => ({
  caseId: refundCase.caseId,
  reason: { kind: "batch_full", maxRows: mostRefs },
});

const isWanted = ({ refundCase }: ReadyRefund, { only }: BatchOptions): boolean =>
  only === undefined || only.has(refundCase.caseId);

/** What a choice rests on besides the refunds. */
export type Choosing = {
  readonly options: BatchOptions;
  readonly home: DeviceId;
  readonly pace: Pace;
};

/** Parts the ready refunds of one format into a file and those that stay, each with its reason. */
export const chooseBatch = (
  ready: readonly ReadyRefund[],
  format: ExportFormat,
  { options, home, pace }: Choosing,
): Choice => {
  const { texts, gradeD } = options;
  const { calendar, now } = pace;
  const stopped: BlockedRefund[] = [];
  const isFree = (refund: ReadyRefund, reason: BlockReason | undefined): boolean => {
    if (reason !== undefined) stopped.push({ caseId: refund.refundCase.caseId, reason });
    return reason === undefined;
  };
  const rowFor = (refund: ReadyRefund): BatchRow =>
    rowOf(refund, {
      reason: texts.reason(refund.refundCase.reason),
      channel: texts.channel(refund.payment?.channel ?? "other"),
    });
  const refusalOf = (refund: ReadyRefund): BlockReason | undefined =>
    blockOf(refund, { gradeD, home, calendar, now }) ??
    planBatch(format, [rowFor(refund)]).skipped[0]?.reason;
  const free = ready
    .filter((refund) => isWanted(refund, options) && goesInto(refund, format))
    .filter((refund) => isFree(refund, refusalOf(refund)));
  const { going, waiting } = pacedFor(format, free, pace);
  const inside = options.trial === true ? smallest(going) : going.slice(0, mostRefs);
  const later = options.trial === true ? [] : going.slice(mostRefs);
  const byNumber = new Map(inside.map((refund) => [numberOf(refund), refund]));
  const rows = inside.map(rowFor);
  const plan = planBatch(format, rows);
  const skipped = plan.skipped.flatMap(({ row, reason }) => {
    const refund = byNumber.get(row.refundNo);
    return refund === undefined ? [] : [{ caseId: refund.refundCase.caseId, reason }];
  });
  const numbers = plan.rows.flatMap(({ refunds }) => refunds);
  return {
    rows,
    chosen: numbers.flatMap((number) => byNumber.get(number) ?? []),
    total: plan.total,
    blocked: [
      ...stopped,
      ...waiting.map(({ refund, reason }) => ({ caseId: refund.refundCase.caseId, reason })),
      ...skipped,
      ...later.map(inNextFile),
    ],
  };
};

const distinct = (formats: readonly ExportFormat[]): readonly ExportFormat[] => [
  ...new Map(formats.map((format) => [format.id, format])).values(),
];

/** Every file that these refunds can leave in: those they belong into first. */
const formatsFor = (ready: readonly ReadyRefund[]) => {
  const mains = distinct(ready.map(({ profile, payment }) => mainFormat(profile, payment)));
  const ids = new Set(mains.map(({ id }) => id));
  const others = distinct(ready.flatMap(({ profile }) => otherFormats(profile)));
  return { mains, others: others.filter(({ id }) => !ids.has(id)) };
};

/** The format that a name stands for while these refunds wait. */
export const findFormat = (ready: readonly ReadyRefund[], id: string): ExportFormat | undefined => {
  const { mains, others } = formatsFor(ready);
  return [...mains, ...others].find((format) => format.id === id);
};

/** What could leave now and what could not, without recording anything. */
export const previewBatches = async (deps: Deps, options: BatchOptions): Promise<BatchPreview> => {
  const ready = await readyRefunds(deps);
  const { mains, others } = formatsFor(ready);
  const facts = { options, home: deps.device, pace: await readPace(deps, ready) };
  const choicesOf = (formats: readonly ExportFormat[]) =>
    formats.map((format) => ({ format, ...chooseBatch(ready, format, facts) }));
  const choices = choicesOf(mains);
  return {
    offers: choices.flatMap(offerOf),
    others: choicesOf(others).flatMap(offerOf),
    blocked: choices.flatMap((choice) => choice.blocked),
  };
};

/** The merchant proves the file of the profile; another one needs a try of its own. */
const isProven = ({ profile }: ReadyRefund, format: ExportFormat): boolean =>
  profileFormat(profile).id === format.id && profile.facts.batchFormat.level === "merchant";

const offerOf = ({
  format,
  chosen,
  total,
}: Choice & { readonly format: ExportFormat }): readonly BatchOffer[] => {
  const cases = chosen.map(({ refundCase }) => refundCase.caseId);
  const unproven = !isForPeople(format) && chosen.some((refund) => !isProven(refund, format));
  return cases.length === 0 ? [] : [{ format, total, cases, unproven }];
};

const rowsShown = 3;

/** The first rows of a file as its target will see them; undefined while nothing can leave in it. */
export const lookAtBatch = async (
  deps: Deps,
  formatId: string,
  options: BatchOptions,
): Promise<FileLook | undefined> => {
  const ready = await readyRefunds(deps);
  const format = findFormat(ready, formatId);
  if (format === undefined) return undefined;
  const pace = await readPace(deps, ready);
  const { rows } = chooseBatch(ready, format, { options, home: deps.device, pace });
  const first = planBatch(format, rows).rows.slice(0, rowsShown);
  const context = { batchNo: "…" as BatchId, at: instantFromMs(deps.now()), seq: 1 };
  const written = writeBatch(format, first, { ...context, zone: deps.calendar.zone });
  return written.ok ? lookOf(format, written.value.bytes) : undefined;
};
