import {
  writeRef,
  type CaseId,
  type DeviceId,
  type RecordRef,
  type StaffId,
} from "../domain/ids.ts";
import { given } from "../domain/given.ts";
import { addDays, startOfDay, type BusinessDate } from "../domain/instant.ts";
import type { Recorded } from "../domain/journal-event.ts";
import type { Money } from "../domain/money.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { ok, type Result } from "../domain/result.ts";
import { touchedBy } from "../domain/touched.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { casesOfRefunds, findCaseByRefundNo, recordsBelow } from "../storage/queries.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";

/** What of a chain is wanted; an empty list or text wants all. */
export type JournalFilter = {
  readonly device: DeviceId;
  readonly kinds: readonly string[];
  readonly staff: string;
  readonly day: BusinessDate | undefined;
  readonly refundNo: string;
};

/** The refund that a record speaks of. */
type About = { readonly caseId: CaseId; readonly refundNo: string; readonly amount: Money };

/** A record in words to come; `said` is undefined where this version cannot read it. */
export type JournalLine = {
  readonly record: SignedRecord;
  readonly said: Recorded | undefined;
  readonly about: About | undefined;
};

export type JournalPage = {
  readonly lines: readonly JournalLine[];
  /** Below this number the list goes on. */
  readonly next: number | undefined;
};

/** So many lines make a page, and so many records are looked through for them at once. */
const lineCount = 50;
const lookCount = 2000;
const block = 200;
const atOnce = 25;

/** A record as it speaks; the one before it tells whether the clock was set back. */
export const saidBy = (
  record: SignedRecord,
  before: SignedRecord | undefined,
): Recorded | undefined => {
  const stored = openRecord(record);
  return stored && toRecorded(stored, before && openRecord(before)?.iat);
};

/** The refunds that a record is, or speaks of. */
const refsOf = ({ event, ref }: Recorded): readonly RecordRef[] =>
  event.kind === "refund" ? [ref] : touchedBy(event).refunds;

const aboutOf = (refundCase: RefundCase, refs: ReadonlySet<string>): About | undefined => {
  const { caseId, attempts } = refundCase;
  const attempt = attempts.find(({ record }) => refs.has(writeRef(record))) ?? attempts.at(-1);
  return attempt && { caseId, refundNo: attempt.refundNo, amount: attempt.amount };
};

/** The refunds that some records speak of: of a batch the first, or the one that is wanted. */
export const withCases = async (
  { journal: { db } }: Deps,
  read: readonly Pick<JournalLine, "record" | "said">[],
  wanted?: RefundCase,
): Promise<readonly JournalLine[]> => {
  const firsts = read.flatMap(({ said }) => (said && refsOf(said)[0]) ?? []);
  const cases = wanted === undefined ? await casesOfRefunds(db, firsts) : [wanted];
  const byRef = new Map(
    cases.flatMap((refundCase) =>
      refundCase.attempts.map(({ record }) => [writeRef(record), refundCase] as const),
    ),
  );
  return read.map(({ record, said }) => {
    const refs = new Set(said && refsOf(said).map(writeRef));
    const [first] = refs;
    const found = wanted ?? (first === undefined ? undefined : byRef.get(first));
    return { record, said, about: found && aboutOf(found, refs) };
  });
};

const isKind = ({ kinds }: JournalFilter, { kind }: SignedRecord): boolean =>
  kinds.length === 0 || kinds.includes(kind);

const daySpan = ({ calendar }: Deps, day: BusinessDate) =>
  [startOfDay(day, calendar), startOfDay(addDays(day, 1), calendar)] as const;

/** Whether a record is wanted by its kind, by who and by when; one that cannot be read is never left out by the latter two. */
export const isWanted = (
  deps: Deps,
  filter: JournalFilter,
  { record, said }: Pick<JournalLine, "record" | "said">,
): boolean => {
  const { staff, day } = filter;
  if (!isKind(filter, record)) return false;
  if (said === undefined) return true;
  if (staff !== "" && said.staff !== (staff as StaffId)) return false;
  if (day === undefined) return true;
  const [from, before] = daySpan(deps, day);
  return said.at >= from && said.at < before;
};

type Found = {
  readonly read: Pick<JournalLine, "record" | "said">[];
  readonly next: number | undefined;
};

/** Looks down a chain for a page of lines, and stops after so many records: the rest is asked for again. */
const lookDown = async (deps: Deps, filter: JournalFilter, below: number): Promise<Found> => {
  const read: Found["read"] = [];
  let before = below;
  for (let looked = 0; looked < lookCount && read.length < lineCount;) {
    const rows = await recordsBelow(deps.journal.db, filter.device, before, block + 1);
    for (const [index, record] of rows.slice(0, block).entries()) {
      if (looked++ % atOnce === 0) await deps.pause();
      before = record.seq;
      if (!isKind(filter, record)) continue; // opening it takes longer
      const line = { record, said: saidBy(record, rows[index + 1]) };
      if (isWanted(deps, filter, line)) read.push(line);
      if (read.length === lineCount) break;
    }
    if (before === 0 || rows.length === 0) return { read, next: undefined };
  }
  return { read, next: before };
};

/** The refund that a filter names, and the numbers of its records in this chain; undefined where it names none. */
export const wantedBy = async (
  { journal: { db } }: Deps,
  { refundNo, device }: JournalFilter,
): Promise<
  { readonly refundCase?: RefundCase; readonly seqs: ReadonlySet<number> } | undefined
> => {
  if (refundNo.trim() === "") return undefined;
  const refundCase = await findCaseByRefundNo(db, refundNo);
  const refs = (refundCase?.history ?? []).map(({ ref }) => ref);
  const seqs = refs.filter((ref) => ref.device === device).map(({ seq }) => seq);
  return { ...given("refundCase", refundCase), seqs: new Set(seqs) };
};

const ofRefund = async (
  deps: Deps,
  filter: JournalFilter,
  seqs: ReadonlySet<number>,
): Promise<Found> => {
  const { db } = deps.journal;
  const rows = await db.records.bulkGet([...seqs].map((seq) => [filter.device, seq]));
  const read = rows
    .filter((row) => row !== undefined)
    .map((record) => ({ record, said: saidBy(record, undefined) }))
    .filter((line) => isWanted(deps, filter, line))
    .sort((one, other) => other.record.seq - one.record.seq);
  return { read, next: undefined };
};

/**
 * The records of one chain, the newest first, each with who, when and of which refund; a page at a time, and never more than
 * some thousand looked through for it (R52).
 */
export const readJournal = async (
  deps: Deps,
  filter: JournalFilter,
  below = Infinity,
): Promise<Result<JournalPage, LockedFault | NotEntitled>> => {
  const person = whoMay(deps, "audit_export");
  if (!person.ok) return person;
  const wanted = await wantedBy(deps, filter);
  const { read, next } = await (wanted === undefined
    ? lookDown(deps, filter, below)
    : ofRefund(deps, filter, wanted.seqs));
  return ok({ lines: await withCases(deps, read, wanted?.refundCase), next });
};
