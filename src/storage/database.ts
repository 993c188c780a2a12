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

/** The stamp every write compares: Dexie itself would let an old build write into a newer database (rel-S5). */
export const schemaVersion = 7;

/** Versions are appended, never edited; each released one leaves a fixture. */
const version1 = {
  records: "[device+seq], &refundNo",
  heads: "device",
  intents: "intent",
  meta: "name",
  quarantine: "id",
  keys: "id",
  envelopes: "name",
  attachments: "sha256",
  statementImports: "importId, digest",
  statementBlocks: "[importId+index]",
  statementKeys: "[importId+index]",
  statementIdentities: "[importId+index]",
  cases:
    "caseId, [createdAt+caseId], [money+createdAt+caseId], [minor+createdAt+caseId], paymentId, *refs, *ends",
  payments: "paymentId, [seenAt+paymentId], [minor+seenAt+paymentId], *ends",
  batches: "batchId, [createdAt+batchId]",
  staff: "staff",
  policies: "key",
  imports: "file, at",
  exports: "exportId, at",
  devices: "device",
  counters: "name",
  scratch: "id",
};

/** What a case waits for, requests that were declined, and files that no record names yet. */
const version2 = {
  cases:
    "caseId, [createdAt+caseId], [money+createdAt+caseId], [minor+createdAt+caseId], paymentId, *refs, *ends, *tasks, due",
  refusals: "ref, [at+ref], paymentId",
  unused: "sha256",
};

/** Payments that are one, records about refunds of devices not here yet; what somebody outside a chain bears out of it, and the signed texts that say so. */
const version3 = {
  payments: "paymentId, [seenAt+paymentId], [minor+seenAt+paymentId], *ends, *same",
  waiting: "ref",
  acks: "ref, [device+seq]",
  witnessed: "ref, [device+seq]",
  tokens: "hash, [kind+device+seq]",
};

/** Erasures are found whichever chain recorded them. */
const version4 = { records: "[device+seq], &refundNo, kind" };

/** One index for all rows of an import instead of one for each of its blocks. */
const version5 = {
  statementIndexes: "[importId+part+index]",
  statementKeys: null,
  statementIdentities: null,
};

/** Over-payments that belong to somebody. */
const version6 = { claims: "paymentId, [open+foundAt]" };

/** Rows of statements without the names of their members. */
const version7 = {};

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

const stampSchema =
  (schema: number) =>
  async (transaction: Transaction): Promise<void> => {
    await transaction.table("meta").put({ name: "schema", value: schema });
  };

/** Rows of an older version are thrown away at the start and made again from the records. */
const markForRebuild =
  (schema: number) =>
  async (transaction: Transaction): Promise<void> => {
    await stampSchema(schema)(transaction);
    await transaction.table("meta").put({ name: "rebuilding", value: 1 });
  };

/** The database, not yet open; `onSuperseded` tells that another window upgraded it and this one must be reloaded. */
export const openDatabase = (name: DatabaseName, onSuperseded?: () => void): Database => {
  const db = new Database(name, { chromeTransactionDurability: "strict", cache: "disabled" });
  db.version(1).stores(version1);
  db.version(2).stores(version2).upgrade(markForRebuild(2));
  db.version(3).stores(version3).upgrade(markForRebuild(3));
  db.version(4).stores(version4).upgrade(stampSchema(4));
  db.version(5).stores(version5).upgrade(stampSchema(5));
  db.version(6).stores(version6).upgrade(stampSchema(6));
  db.version(7).stores(version7).upgrade(stampSchema(7));
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
