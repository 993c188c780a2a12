import type { StatementImport } from "../domain/books.ts";
import { writeRef, type CaseId, type Hash, type PaymentId, type RecordRef } from "../domain/ids.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, type Result } from "../domain/result.ts";
import { importsResting, newResting } from "../domain/statements/rests-on-import.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { readHead, type Saved } from "../storage/append-record.ts";
import { findInStatements } from "../storage/find-in-statements.ts";
import { getImport, listImports, recordsFrom } from "../storage/queries.ts";
import { casesOfRecords } from "../storage/reconcile-facts.ts";
import { dropTakenBack } from "../storage/save-statement.ts";
import { storageFault, type StorageFault } from "../storage/storage-fault.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { ownChains } from "./own-chains.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

/** Why an import stays: what would lose its proof, its balance or its rows without it. */
export type ImportInUse = {
  readonly kind: "import_in_use";
  readonly payments: readonly PaymentId[];
  readonly cases: readonly CaseId[];
  readonly imports: readonly StatementImport[];
};

export type TakeBackFault =
  | LockedFault
  | NotEntitled
  | RecordFault
  | StorageFault
  | ImportInUse
  | { readonly kind: "import_taken_back" };

const speaking: ReadonlySet<string> = new Set(["import", "payment", "money"]);

const recordedOf = (record: SignedRecord) => {
  const stored = speaking.has(record.kind) ? openRecord(record) : undefined;
  return stored && toRecorded(stored, undefined);
};

/** Every record of this device's chains that may rest on an import: of the own one those since it, of earlier keys all. */
const gather = async (deps: Deps, { file, record }: StatementImport) => {
  const { journal } = deps;
  const resting = newResting(file);
  for (const chain of [...(await ownChains(deps))].reverse()) {
    const last = (await readHead(journal, chain))?.seq ?? -1;
    const first = record.device === chain ? record.seq : 0;
    for await (const chunk of recordsFrom(journal.db, chain, first, last))
      for (const one of chunk.map(recordedOf)) if (one !== undefined) resting.take(one);
  }
  return resting;
};

const isShownBy = async ({ journal }: Deps, number: string, record: RecordRef): Promise<boolean> =>
  (await findInStatements(journal.db, number)).some(
    ({ imported }) => writeRef(imported) === writeRef(record),
  );

const restsOn = async (deps: Deps, taken: StatementImport): Promise<ImportInUse | undefined> => {
  const { db } = deps.journal;
  const resting = await gather(deps, taken);
  const payments = new Set(resting.payments());
  for (const { paymentId, number } of resting.counted())
    if (!payments.has(paymentId) && (await isShownBy(deps, number, taken.record)))
      payments.add(paymentId);
  const cases = await casesOfRecords(db, resting.refunds());
  const imports = importsResting(taken, await listImports(db, Infinity));
  return payments.size + cases.length + imports.length === 0
    ? undefined
    : { kind: "import_in_use", payments: [...payments], cases, imports };
};

/**
 * Takes an import back: a signed record says so, its rows are gone, and its file may be imported anew. Nothing that counts
 * ever changes by it: while a payment, a result or a later import rests on its rows it is refused, with what does.
 */
export const takeBackImport = async (
  deps: Deps,
  file: Hash,
): Promise<Result<Saved, TakeBackFault>> => {
  const staff = whoMay(deps, "reconcile");
  if (!staff.ok) return staff;
  const { db } = deps.journal;
  const saved = await recordEvents<TakeBackFault>(deps, async () => {
    const known = await getImport(db, file);
    if (known === undefined) return fail({ kind: "import_taken_back" });
    const inUse = await restsOn(deps, known);
    if (inUse !== undefined) return fail(inUse);
    return planOf({ ...known.event, takesBack: known.record });
  });
  if (!saved.ok) return saved;
  try {
    await dropTakenBack(db, file);
  } catch (error) {
    return fail(storageFault(error)); // the record stands: the next start deletes what is left
  }
  return saved;
};
