import Dexie, { type Table, type Transaction } from "dexie";
import type { BatchId, CaseId, DeviceId, Hash, PaymentId, StaffId } from "../domain/ids.ts";
import type { Device, ExportedFile } from "../domain/books.ts";
import type {
  AckRow,
  AttachmentRow,
  BatchRow,
  CaseRow,
  ClaimRow,
  CounterRow,
  EnvelopeRow,
  HeadRow,
  ImportRow,
  IntentRow,
  KeyRow,
  MetaRow,
  PaymentRow,
  PolicyRow,
  QuarantineRow,
  RecordRow,
  RefusalRow,
  StaffRow,
  StatementBlockRow,
  UnusedRow,
  StatementImportRow,
  StatementIndexRow,
  TokenRow,
  WaitingRow,
  WitnessedRow,
} from "./rows.ts";
import { appendOnly } from "./append-only.ts";

/** Real data and practice data never share a database (rel-S19). */
export type DatabaseName = "refund-desk" | "refund-desk-training";

/**
 * The stamp every write compares: Dexie itself would let an old build write into a newer database (rel-S5). Raised with
 * the shape of a table or of what lies in one; each released version leaves a database in the tests.
 */
export const schemaVersion = 7;

/** Below this version projections had another shape: they are thrown away and made again from the records. */
const rebuiltBelow = 3;

/** Dexie makes the tables of any older version into these; declaring those versions too cost every start their walk. */
const tables = {
  records: "[device+seq], &refundNo, kind",
  heads: "device",
  intents: "intent",
  meta: "name",
  quarantine: "id",
  keys: "id",
  envelopes: "name",
  attachments: "sha256",
  /** Files that no record names yet. */
  unused: "sha256",
  statementImports: "importId, digest",
  statementBlocks: "[importId+index]",
  statementIndexes: "[importId+part+index]",
  cases:
    "caseId, [createdAt+caseId], [money+createdAt+caseId], [minor+createdAt+caseId], paymentId, *refs, *ends, *tasks, due",
  /** Requests that were declined. */
  refusals: "ref, [at+ref], paymentId",
  payments: "paymentId, [seenAt+paymentId], [minor+seenAt+paymentId], *ends, *same",
  /** Over-payments that belong to somebody. */
  claims: "paymentId, [open+foundAt]",
  batches: "batchId, [createdAt+batchId]",
  staff: "staff",
  policies: "key",
  imports: "file, at",
  exports: "exportId, at",
  devices: "device",
  counters: "name",
  /** Records about refunds of devices that are not here yet. */
  waiting: "ref",
  /** What somebody outside a chain bears out of it, and the signed texts that say so. */
  acks: "ref, [device+seq]",
  witnessed: "ref, [device+seq]",
  tokens: "hash, [kind+device+seq]",
  scratch: "id",
};

/** The one class of the app: Dexie asks for it. */
export class Database extends Dexie {
  declare readonly records: Table<RecordRow, [DeviceId, number]>;
  declare readonly heads: Table<HeadRow, DeviceId>;
  declare readonly intents: Table<IntentRow, string>;
  declare readonly meta: Table<MetaRow, string>;
  declare readonly quarantine: Table<QuarantineRow, string>;
  declare readonly keys: Table<KeyRow, string>;
  declare readonly envelopes: Table<EnvelopeRow, string>;
  declare readonly attachments: Table<AttachmentRow, Hash>;
  declare readonly unused: Table<UnusedRow, Hash>;
  declare readonly statementImports: Table<StatementImportRow, string>;
  declare readonly statementBlocks: Table<StatementBlockRow, [string, number]>;
  declare readonly statementIndexes: Table<StatementIndexRow, [string, string, number]>;
  declare readonly cases: Table<CaseRow, CaseId>;
  declare readonly refusals: Table<RefusalRow, string>;
  declare readonly payments: Table<PaymentRow, PaymentId>;
  declare readonly batches: Table<BatchRow, BatchId>;
  declare readonly staff: Table<StaffRow, StaffId>;
  declare readonly policies: Table<PolicyRow, string>;
  declare readonly imports: Table<ImportRow, Hash>;
  declare readonly exports: Table<ExportedFile, string>;
  declare readonly claims: Table<ClaimRow, PaymentId>;
  declare readonly devices: Table<Device, DeviceId>;
  declare readonly counters: Table<CounterRow, string>;
  declare readonly waiting: Table<WaitingRow, string>;
  declare readonly acks: Table<AckRow, string>;
  declare readonly witnessed: Table<WitnessedRow, string>;
  declare readonly tokens: Table<TokenRow, Hash>;
  declare readonly scratch: Table<{ readonly id: number; readonly bytes: ArrayBuffer }, number>;
  /** Another window upgraded the database: this one stays closed. */
  superseded = false;
}

/** A database without its stamp is as good as the oldest. */
const upgrade = async (transaction: Transaction): Promise<void> => {
  const meta = transaction.table<MetaRow, string>("meta");
  const before = (await meta.get("schema"))?.value ?? 0;
  await meta.put({ name: "schema", value: schemaVersion });
  if (before < rebuiltBelow) await meta.put({ name: "rebuilding", value: 1 });
};

/** The database, not yet open; `onSuperseded` tells that another window upgraded it and this one must be reloaded. */
export const openDatabase = (name: DatabaseName, onSuperseded?: () => void): Database => {
  const db = new Database(name, { chromeTransactionDurability: "strict", cache: "disabled" });
  db.version(schemaVersion).stores(tables).upgrade(upgrade);
  db.use({ stack: "dbcore", name: "append-only", create: appendOnly });
  db.on("populate", (transaction) =>
    transaction.table("meta").add({ name: "schema", value: schemaVersion }),
  );
  db.on("versionchange", () => {
    db.superseded = true;
    db.close();
    onSuperseded?.();
    return false; // Dexie's own handler would open it again
  });
  return db;
};
