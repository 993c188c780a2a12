import { writeRef, type CaseId, type Hash, type RecordRef } from "../domain/ids.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { parseDisclosure } from "../ledger/disclosure.ts";
import { filesIn } from "../ledger/erasure.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { findRecord, getCase, getPayment, refusalsOfPayment } from "../storage/queries.ts";
import { openRecord, type StoredRecord } from "../storage/stored-record.ts";
import type { Deps } from "./deps.ts";

/** A record that says something of the customer. */
export type Telling = {
  readonly ref: RecordRef;
  readonly stored: StoredRecord;
  readonly disclosure: Hash;
  readonly files: readonly Hash[];
};

/** What one record says of a person: the digest of its `cust`, and the files that only it may name. */
export const tellingOf = (record: SignedRecord): readonly Telling[] => {
  const stored = openRecord(record);
  const cust = record.disclosures
    .map((text) => ({ text, parsed: parseDisclosure(text) }))
    .find(({ parsed }) => parsed.ok && parsed.value.name === "cust");
  if (stored === undefined || cust?.parsed.ok !== true) return [];
  const { device, seq } = record;
  const files = filesIn({ ...record, disclosures: [cust.text] });
  return [{ ref: { device, seq }, stored, disclosure: cust.parsed.value.digest, files }];
};

const refusalsOf = async (
  { journal: { db } }: Deps,
  { caseId, paymentId }: RefundCase,
): Promise<readonly RecordRef[]> => {
  const known = paymentId === undefined ? [] : await refusalsOfPayment(db, paymentId);
  return known
    .filter((refusal) => refusal.caseId === caseId || refusal.reopenedAs === caseId)
    .map(({ ref }) => ref);
};

/** Every id under which the payment of a case was recorded. */
const paymentsOf = async (
  { journal: { db } }: Deps,
  { paymentId }: RefundCase,
): Promise<ReadonlySet<unknown>> => {
  const payment = paymentId === undefined ? undefined : await getPayment(db, paymentId);
  return new Set(payment === undefined ? [] : [payment.paymentId, ...payment.same]);
};

/** Every version of the payment of a case, of every device: no list knows the older ones. */
export const versionsOf = async (
  deps: Deps,
  refundCase: RefundCase,
): Promise<readonly SignedRecord[]> => {
  const ids = await paymentsOf(deps, refundCase);
  if (ids.size === 0) return [];
  const { db } = deps.journal;
  return db.records
    .where("kind")
    .equals("payment")
    .filter((row) => ids.has(openRecord(row)?.payload["sale"]))
    .toArray();
};

const recordsOf = async (deps: Deps, refundCase: RefundCase): Promise<readonly SignedRecord[]> => {
  const refs = [
    ...refundCase.history.map(({ ref }) => ref),
    ...(await refusalsOf(deps, refundCase)),
  ];
  const keys = refs.map(({ device, seq }) => [device, seq] as [typeof device, number]);
  const rows = await deps.journal.db.records.bulkGet(keys);
  return rows.filter((row) => row !== undefined);
};

/** What a refund's records tell of the customer, on this device and on others. */
export const tellingsOf = async (
  deps: Deps,
  refundCase: RefundCase,
  payer: boolean,
): Promise<readonly Telling[]> => {
  const versions = payer ? await versionsOf(deps, refundCase) : [];
  const all = [...(await recordsOf(deps, refundCase)), ...versions];
  const byPlace = new Map(all.map((record) => [writeRef(record), record]));
  return [...byPlace.values()].flatMap(tellingOf);
};

/** What would go: records that hold words, pictures that show a person, and who paid. */
export type Erasable = {
  readonly records: number;
  readonly files: number;
  readonly payer: boolean;
};

const isPayer = ({ stored }: Telling): boolean => stored.record.kind === "payment";

/** What is there to erase of a customer whose request was declined. */
export const findErasableRefusal = async (deps: Deps, ref: RecordRef): Promise<Erasable> => {
  const record = await findRecord(deps.journal.db, ref);
  return { records: record === undefined ? 0 : tellingOf(record).length, files: 0, payer: false };
};

/** What is there to erase of a refund's customer; undefined while this device does not know the refund. */
export const findErasable = async (deps: Deps, caseId: CaseId): Promise<Erasable | undefined> => {
  const refundCase = await getCase(deps.journal.db, caseId);
  if (refundCase === undefined) return undefined;
  const all = await tellingsOf(deps, refundCase, true);
  const told = all.filter((telling) => !isPayer(telling));
  return {
    records: told.length,
    files: new Set(told.flatMap(({ files }) => files)).size,
    payer: all.some(isPayer),
  };
};
