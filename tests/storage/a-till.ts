import { vi } from "vitest";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import Dexie from "dexie";
import { CNY } from "../../src/domain/currency.ts";
import type { CaseId, PaymentId, RecordRef, StaffId } from "../../src/domain/ids.ts";
import { instantFromSeconds, type Zone } from "../../src/domain/instant.ts";
import type { JournalEvent, Recorded } from "../../src/domain/journal-event.ts";
import { money } from "../../src/domain/money.ts";
import { nextRefundNumber, counterOf } from "../../src/domain/refund-number.ts";
import type { Result } from "../../src/domain/result.ts";
import { documentHash } from "../../src/ledger/document-hash.ts";
import { sealRecord } from "../../src/ledger/seal.ts";
import {
  appendRecords,
  readHead,
  type AppendFault,
  type AppendRequest,
  type Entry,
  type Head,
  type Journal,
  type Saved,
} from "../../src/storage/append-record.ts";
import { openDatabase, type Database, type DatabaseName } from "../../src/storage/database.ts";
import { aKey, random, verify, type TestKey } from "../support/crypto.ts";
import { memoryMarks, type MemoryMarks } from "../support/memory-marks.ts";
import { memorySafetyCopy, type MemorySafetyCopy } from "../support/memory-safety-copy.ts";

/** A device with its key, its journal in memory and a clock that runs one second per record. */
export type Till = {
  readonly key: TestKey;
  readonly journal: Journal & {
    readonly safetyCopy: MemorySafetyCopy;
    readonly marks: MemoryMarks;
  };
  readonly recorded: Recorded[];
  seconds: number;
};

const start = 1_780_000_000;
export const prefix = "R7K2Q4";

// the machines are noisy and shared: a test is late only after a minute
vi.setConfig({ testTimeout: 60_000 });

/** An empty IndexedDB for each test. */
export const newBrowser = (): void => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
};

export const openTestDatabase = async (name: DatabaseName = "refund-desk"): Promise<Database> => {
  const db = openDatabase(name);
  await db.open();
  return db;
};

export const aTill = async (name: DatabaseName = "refund-desk"): Promise<Till> => {
  const db = await openTestDatabase(name);
  return {
    key: await aKey(),
    journal: {
      db,
      safetyCopy: memorySafetyCopy(),
      marks: memoryMarks(),
      copyName: (device) => `${name}-${device}.bin`,
    },
    recorded: [],
    seconds: start,
  };
};

const sealOne = async (till: Till, head: Head | undefined, event: JournalEvent) => {
  till.seconds += 1;
  const context = {
    device: till.key.kid,
    iat: till.seconds,
    training: false,
    app: "test+1",
    clock: [1, (till.seconds - start) * 1000] as const,
    staff: "s1" as StaffId,
    zone: "Asia/Shanghai" as Zone,
  };
  const personal = event.kind === "staff" ? { personal: { name: "店主" } } : {};
  const seal = { jwk: till.key.jwk, sign: till.key.sign, verify, random };
  const sealed = await sealRecord({ event, ...personal }, head, context, seal);
  const next: Head = {
    ...sealed.head,
    device: till.key.kid,
    revision: (head?.revision ?? 0) + 1,
    refundCounter: event.kind === "refund" ? counterOf(event.refundNo) : (head?.refundCounter ?? 0),
  };
  return { entry: { record: sealed.record, recorded: sealed.recorded }, head: next };
};

/** A request on the head as it is now, signed and not yet appended. */
export const aRequest = async (
  till: Till,
  events: readonly JournalEvent[],
  intent?: string,
): Promise<AppendRequest> => {
  const base = await readHead(till.journal, till.key.kid);
  const entries: Entry[] = [];
  let head = base;
  for (const event of events) {
    const sealed = await sealOne(till, head, event);
    entries.push(sealed.entry);
    head = sealed.head;
  }
  if (head === undefined) throw new Error("a request holds an event");
  return { base, head, entries, ...(intent === undefined ? {} : { intent }) };
};

/** Signs and appends; remembers what was recorded for a fold beside the database. */
export const write = async (
  till: Till,
  events: readonly JournalEvent[],
  intent?: string,
): Promise<Result<Saved, AppendFault>> => {
  const request = await aRequest(till, events, intent);
  const saved = await appendRecords(till.journal, request);
  if (saved.ok && !saved.value.repeated)
    till.recorded.push(...request.entries.map((entry) => entry.recorded));
  return saved;
};

const policyDocument = { windowDays: 30 };

const openingEvents = (till: Till): readonly JournalEvent[] => [
  {
    kind: "genesis",
    jwk: till.key.jwk,
    label: "T1",
    prefix,
    shop: { name: "面馆", currency: CNY, zone: "Asia/Shanghai" as Zone },
  },
  { kind: "staff", staff: "s1" as StaffId, op: "added", jwk: till.key.jwk, role: "owner" },
  {
    kind: "policy",
    what: "policy",
    version: 1,
    hash: documentHash(policyDocument),
    document: policyDocument,
  },
];

/** A till that has recorded its first three records. */
export const anOpenTill = async (name?: DatabaseName): Promise<Till> => {
  const till = await aTill(name);
  const opened = await write(till, openingEvents(till), `genesis:${till.key.kid}`);
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return till;
};

export const aPaymentId = (number: number): PaymentId =>
  String(number).padStart(16, "0") as PaymentId;
export const aCaseId = (number: number): CaseId => String(number).padStart(26, "0") as CaseId;

/** A payment by hand of so much. */
export const payment = (number: number, minor = 10_000): JournalEvent => ({
  kind: "payment",
  paymentId: aPaymentId(number),
  amount: money(minor, CNY),
  source: "manual",
  state: "paid",
  acquirer: "wechatpay",
  channel: "wechat",
  grade: "C",
  paidAt: instantFromSeconds(start - 100_000 + number),
  key: { name: "transaction_id", number: transactionId(number) },
  numbers: { transaction_id: transactionId(number), out_trade_no: `SO${number}-IL0` },
});

export const transactionId = (number: number): string => `4200${String(number).padStart(24, "0")}`;

const policyRef = (till: Till): RecordRef => ({ device: till.key.kid, seq: 2 });

export type RefundPlan = {
  readonly number: number;
  readonly payment: number;
  readonly minor: number;
  readonly left: number;
  readonly counter: number;
};

/** A refund of a payment; the counter is the one before its number. */
export const refund = (till: Till, plan: RefundPlan): JournalEvent => ({
  kind: "refund",
  caseId: aCaseId(plan.number),
  refundNo: nextRefundNumber(prefix, plan.counter).number,
  attempt: 1,
  type: plan.minor === plan.left ? "full" : "partial",
  mode: "referenced",
  amount: money(plan.minor, CNY),
  paymentId: aPaymentId(plan.payment),
  remaining: [money(plan.left, CNY).minor, money(plan.left - plan.minor, CNY).minor],
  acquirer: "wechatpay",
  destination: "original",
  reason: "faulty",
  evidence: [],
  policy: { record: policyRef(till), hash: documentHash(policyDocument) },
});

/** Takes the value of a good result. */
export const valueOf = <T, F>(result: Result<T, F>): T => {
  if (!result.ok) throw new Error(`unexpected fault ${JSON.stringify(result.fault)}`);
  return result.value;
};

/** Reaches into the stores past every guard, as damage does. */
export const tamper = async (till: Till, work: (raw: Dexie) => Promise<unknown>): Promise<void> => {
  const raw = new Dexie(till.journal.db.name);
  await raw.open();
  await work(raw);
  raw.close();
};

/** The whole database is gone; a new, empty one is opened. */
export const wipeDatabase = async (till: Till): Promise<Till> => {
  till.journal.db.close();
  await Dexie.delete(till.journal.db.name);
  return { ...till, journal: { ...till.journal, db: await openTestDatabase() } };
};

export const copyOf = (till: Till): Uint8Array<ArrayBuffer> =>
  till.journal.safetyCopy.files.get(till.journal.copyName(till.key.kid)) ?? new Uint8Array();

export const setCopy = (till: Till, bytes: Uint8Array<ArrayBuffer>): void => {
  till.journal.safetyCopy.files.set(till.journal.copyName(till.key.kid), bytes);
};
