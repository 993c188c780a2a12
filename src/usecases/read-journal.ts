import { writeRef, type CaseId, type DeviceId, type RecordRef } from "../domain/ids.ts";
import { given } from "../domain/given.ts";
import { timeOf } from "../domain/insight-days.ts";
import type { BusinessDate, Instant } from "../domain/instant.ts";
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
import type { Step } from "./walk-chain.ts";

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

type Read = Pick<JournalLine, "record" | "said">;

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
  read: readonly Read[],
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

/** A filter as records are held against it: when its day begins and ends, and the records of the refund that it names. */
type Wanted = Pick<JournalFilter, "device" | "kinds" | "staff"> & {
  readonly time?: readonly [from: Instant, before: Instant];
  readonly refund?: { readonly refundCase?: RefundCase; readonly seqs: ReadonlySet<number> };
};

const refundOf = async (
  { journal: { db } }: Deps,
  { refundNo, device }: JournalFilter,
): Promise<Wanted["refund"]> => {
  if (refundNo.trim() === "") return undefined;
  const refundCase = await findCaseByRefundNo(db, refundNo);
  const refs = (refundCase?.history ?? []).map(({ ref }) => ref);
  const seqs = refs.filter((ref) => ref.device === device).map(({ seq }) => seq);
  return { ...given("refundCase", refundCase), seqs: new Set(seqs) };
};

/** Works out once what every record is held against. */
export const wantedBy = async (deps: Deps, filter: JournalFilter): Promise<Wanted> => {
  const { device, kinds, staff, day } = filter;
  return {
    device,
    kinds,
    staff,
    ...given("time", day && timeOf([day, day], deps.calendar)),
    ...given("refund", await refundOf(deps, filter)),
  };
};

const isSaidThen = ({ staff, time }: Wanted, said: Recorded): boolean =>
  (staff === "" || said.staff === staff) &&
  (time === undefined || (said.at >= time[0] && said.at < time[1]));

/**
 * A record as it speaks where it is wanted; one that cannot be read is never left out by who and when. The one before it
 * tells whether the clock was set back.
 */
export const readWanted = (wanted: Wanted, [record, before]: Step): Read | undefined => {
  const { kinds, refund } = wanted;
  if (kinds.length > 0 && !kinds.includes(record.kind)) return undefined; // opening it takes longer
  if (refund?.seqs.has(record.seq) === false) return undefined;
  const stored = openRecord(record);
  const said = stored && toRecorded(stored, before && openRecord(before)?.iat);
  return said === undefined || isSaidThen(wanted, said) ? { record, said } : undefined;
};

type Found = { readonly read: Read[]; readonly next: number | undefined };

/** Looks down a chain for a page of lines, and stops after so many records: the rest is asked for again. */
const lookDown = async (deps: Deps, wanted: Wanted, below: number): Promise<Found> => {
  const read: Found["read"] = [];
  let before = below;
  for (let looked = 0; looked < lookCount && read.length < lineCount;) {
    const rows = await recordsBelow(deps.journal.db, wanted.device, before, block + 1);
    for (const [index, record] of rows.slice(0, block).entries()) {
      if (looked++ % atOnce === 0) await deps.pause();
      before = record.seq;
      const line = readWanted(wanted, [record, rows[index + 1]]);
      if (line !== undefined) read.push(line);
      if (read.length === lineCount) break;
    }
    if (before === 0 || rows.length === 0) return { read, next: undefined };
  }
  return { read, next: before };
};

const ofRefund = async (
  { journal: { db } }: Deps,
  wanted: Wanted,
  numbers: ReadonlySet<number>,
): Promise<Found> => {
  const seqs = [...numbers].sort((one, other) => other - one);
  const keys = seqs.flatMap((seq): [DeviceId, number][] => [
    [wanted.device, seq],
    [wanted.device, seq - 1],
  ]);
  const rows = await db.records.bulkGet(keys);
  const read = seqs.flatMap((_, index) => {
    const record = rows[2 * index];
    return (record && readWanted(wanted, [record, rows[2 * index + 1]])) ?? [];
  });
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
  const { refund } = wanted;
  const { read, next } = await (refund === undefined
    ? lookDown(deps, wanted, below)
    : ofRefund(deps, wanted, refund.seqs));
  return ok({ lines: await withCases(deps, read, refund?.refundCase), next });
};
