import { given } from "./given.ts";
import type { Instant } from "./instant.ts";
import {
  writeRef,
  type BatchId,
  type CaseId,
  type DeviceId,
  type Hash,
  type PaymentId,
  type RecordRef,
  type StaffId,
} from "./ids.ts";
import type {
  ContactEvent,
  DecideEvent,
  ExportEvent,
  GenesisEvent,
  GoodsEvent,
  ImportEvent,
  JournalEvent,
  MoneyEvent,
  NoticeEvent,
  PolicyEvent,
  PublicJwk,
  Recorded,
  RefundEvent,
  Shop,
  StaffEvent,
  WithdrawEvent,
  WitnessEvent,
} from "./journal-event.ts";
import type { OverpayClaim } from "./claim.ts";
import { closeBatch, takeBatch, type Batch } from "./batch.ts";
import type { Payment } from "./payment.ts";
import type { RefundCase } from "./refund/case.ts";
import type { CaseEvent } from "./refund/history.ts";
import { takeRefusal, type Refusal } from "./refund/refusal.ts";
import { isHome, isNews, postCase, postLater } from "./post-case.ts";
import { postAck, postClaim, postWitness } from "./post-chain.ts";
import { postErasure } from "./post-erasure.ts";
import { postPayment } from "./post-payment.ts";
import { unreachable } from "./result.ts";
import { takeStaff, type Staff } from "./staff.ts";

export type Device = {
  readonly device: DeviceId;
  readonly label: string;
  readonly prefix: string;
  readonly shop: Shop;
  readonly jwk: PublicJwk;
  /** The chain that this one goes on from, as its key was replaced. */
  readonly before?: DeviceId;
  /** Who works there, where it is not this device: everywhere a pseudonym is its device's own. */
  readonly people: readonly Staff[];
};

/** A document in force: shop policy, acquirer profile, reasons or setting. */
export type PolicyDocument = {
  readonly what: PolicyEvent["what"];
  readonly version: number;
  readonly hash: Hash;
  readonly record: RecordRef;
  readonly document: PolicyEvent["document"];
};

export type StatementImport = {
  readonly file: Hash;
  readonly record: RecordRef;
  readonly at: Instant;
  readonly event: ImportEvent;
  /** When somebody took it back; the file may be imported anew. */
  readonly takenBack?: Instant;
};

export type ExportedFile = {
  readonly exportId: string;
  readonly record: RecordRef;
  readonly at: Instant;
  readonly staff: StaffId;
};

/** A record of a chain that something outside the chain's own device bears out. */
export type Borne = {
  readonly device: DeviceId;
  readonly seq: number;
  readonly head: Hash;
  /** The record that says so. */
  readonly record: RecordRef;
  readonly at: Instant;
};

/** The back office has verified a chain up to there. */
export type Acked = Borne & { readonly token: Hash; readonly by: DeviceId };

/** One chain has seen another's head. */
export type Witnessed = Borne & { readonly via: WitnessEvent["via"] };

/** What the journal says, by id. A window on some rows is a Books too: post() touches only what an event names. */
export type Books = {
  /** The device whose books these are; where nobody says, every record is its own. */
  readonly home: DeviceId | undefined;
  /** Chains of keys that this device had before: what they left open goes on here. */
  readonly formers: ReadonlySet<DeviceId>;
  readonly devices: Map<DeviceId, Device>;
  readonly payments: Map<PaymentId, Payment>;
  /** Payments by the others that they say they are, here or not. */
  readonly sameAs: Map<PaymentId, readonly PaymentId[]>;
  readonly cases: Map<CaseId, RefundCase>;
  /** `device:seq` of a refund record → its case. */
  readonly caseOf: Map<string, CaseId>;
  /** Requests that were declined, by `device:seq` of their record. */
  readonly refusals: Map<string, Refusal>;
  readonly batches: Map<BatchId, Batch>;
  readonly staff: Map<StaffId, Staff>;
  /** By `what`, for profiles by `profile:<acquirer>`. */
  readonly policies: Map<string, PolicyDocument>;
  readonly imports: Map<Hash, StatementImport>;
  readonly exports: Map<string, ExportedFile>;
  /** Over-payments that belong to somebody, by their payment. */
  readonly claims: Map<PaymentId, OverpayClaim>;
  /** By `device:seq` of their records. */
  readonly acks: Map<string, Acked>;
  readonly witnessed: Map<string, Witnessed>;
  /** Every record of a case, for those that more than one device may speak of. */
  readonly tales: Map<CaseId, readonly Recorded<CaseEvent>[]>;
  /** Records about what is not here yet, by `device:seq` of its record or the id of its case. */
  readonly waiting: Map<string, readonly Recorded[]>;
};

export const emptyBooks = (home?: DeviceId, formers: Books["formers"] = new Set()): Books => ({
  home,
  formers,
  devices: new Map(),
  payments: new Map(),
  sameAs: new Map(),
  cases: new Map(),
  caseOf: new Map(),
  refusals: new Map(),
  batches: new Map(),
  staff: new Map(),
  policies: new Map(),
  imports: new Map(),
  exports: new Map(),
  claims: new Map(),
  acks: new Map(),
  witnessed: new Map(),
  tales: new Map(),
  waiting: new Map(),
});

/** The chains before one, the newest first, as their devices tell. */
export const formersOf = (
  devices: readonly Pick<Device, "device" | "before">[],
  home: DeviceId | undefined,
): ReadonlySet<DeviceId> => {
  const beforeOf = (device: DeviceId | undefined): DeviceId | undefined =>
    devices.find((one) => one.device === device)?.before;
  const formers = new Set<DeviceId>();
  for (let next = beforeOf(home); next !== undefined && !formers.has(next); next = beforeOf(next))
    formers.add(next);
  return formers;
};

const caseIdOf = (books: Books, ref: RecordRef): CaseId => {
  const caseId = books.caseOf.get(writeRef(ref));
  if (caseId === undefined) throw new Error(`no refund stands at ${writeRef(ref)}`);
  return caseId;
};

/** What other devices said of something before it was here. */
const postWaiting = (books: Books, place: string): void => {
  const waiting = books.waiting.get(place) ?? [];
  books.waiting.delete(place);
  for (const recorded of waiting) post(books, recorded);
};

const postRefund = (books: Books, recorded: Recorded<RefundEvent>): void => {
  const { caseId, reopens } = recorded.event;
  books.caseOf.set(writeRef(recorded.ref), caseId);
  postCase(books, caseId, recorded);
  postWaiting(books, writeRef(recorded.ref));
  postWaiting(books, caseId);
  const refusal = reopens && books.refusals.get(writeRef(reopens));
  if (refusal !== undefined)
    books.refusals.set(writeRef(refusal.ref), { ...refusal, reopenedAs: caseId });
};

const postDecision = (books: Books, recorded: Recorded<DecideEvent>): void => {
  const { refund } = recorded.event;
  if (refund !== undefined) return postCase(books, caseIdOf(books, refund), recorded);
  const place = writeRef(recorded.ref);
  books.refusals.set(place, takeRefusal(recorded));
  postWaiting(books, place);
};

/** A contact may be about a payment or nothing at all: then no case hears of it. */
const postContact = (books: Books, recorded: Recorded<ContactEvent>): void => {
  const { about } = recorded.event;
  const caseId = about && books.caseOf.get(writeRef(about));
  if (caseId !== undefined) postCase(books, caseId, recorded);
  else if (about !== undefined && about.device !== recorded.ref.device)
    postLater(books, recorded, writeRef(about));
};

const postBatch = (books: Books, recorded: Recorded<MoneyEvent>): void => {
  const id = recorded.event.batch?.id;
  const batch = id === undefined ? undefined : takeBatch(books.batches.get(id), recorded);
  if (batch !== undefined) books.batches.set(batch.batchId, batch);
};

const batchOf = (books: Books, ref: RecordRef): Batch | undefined => {
  const attempts = books.cases.get(caseIdOf(books, ref))?.attempts ?? [];
  const attempt = attempts.find(({ record }) => writeRef(record) === writeRef(ref));
  return attempt?.batchId === undefined ? undefined : books.batches.get(attempt.batchId);
};

/** Marks the batches that the attempts of an upload report or a recall belong to. */
const markBatches = (books: Books, recorded: Recorded<MoneyEvent>): void => {
  const { event } = recorded;
  if (event.state !== "submitted" && event.state !== "ready") return;
  for (const ref of event.refunds.filter((refund) => isHome(books, refund))) {
    const batch = batchOf(books, ref);
    if (batch?.state === "created") books.batches.set(batch.batchId, closeBatch(batch, recorded));
  }
};

/** The refunds of a record that are here; those of another device may come later, and hear of it then. */
const refundsHere = (books: Books, { event, ref }: Recorded<MoneyEvent>): readonly RecordRef[] =>
  event.refunds.filter(
    (refund) => refund.device === ref.device || books.caseOf.has(writeRef(refund)),
  );

const postMoney = (books: Books, recorded: Recorded<MoneyEvent>): void => {
  const here = refundsHere(books, recorded);
  const cases = new Set(here.map((ref) => caseIdOf(books, ref)));
  for (const caseId of cases)
    if (isNews(books, caseId, recorded)) postCase(books, caseId, recorded);
  for (const ref of recorded.event.refunds)
    if (!here.includes(ref)) postLater(books, recorded, writeRef(ref));
  if (!isHome(books, recorded.ref)) return;
  postBatch(books, recorded);
  markBatches(books, recorded);
};

/** People of another device stay with it: the same pseudonym is somebody else here. */
const postForeignStaff = (books: Books, recorded: Recorded<StaffEvent>): void => {
  const device = books.devices.get(recorded.ref.device);
  if (device === undefined) return;
  const { staff } = recorded.event;
  const known = device.people.find((person) => person.staff === staff);
  const people = [
    ...device.people.filter((person) => person !== known),
    takeStaff(known, recorded),
  ];
  people.sort((one, other) => (one.staff < other.staff ? -1 : 1));
  books.devices.set(device.device, { ...device, people });
};

const postStaff = (books: Books, recorded: Recorded<StaffEvent>): void => {
  const { staff } = recorded.event;
  if (!isHome(books, recorded.ref)) return postForeignStaff(books, recorded);
  books.staff.set(staff, takeStaff(books.staff.get(staff), recorded));
};

/** Key of a document in `Books.policies`. */
export const policyKey = (event: Pick<PolicyEvent, "what" | "document">): string => {
  const about = event.document["acquirer"];
  return event.what === "profile" && typeof about === "string" ? `profile:${about}` : event.what;
};

/** Documents, files and imports of another device are its own: here they are in force only when this one says so. */
const postPolicy = (books: Books, { event, ref }: Recorded<PolicyEvent>): void => {
  if (!isHome(books, ref)) return;
  const { what, version, hash, document } = event;
  books.policies.set(policyKey(event), { what, version, hash, record: ref, document });
};

const postGenesis = (books: Books, { event, ref }: Recorded<GenesisEvent>): void => {
  const { label, prefix, shop, jwk, continues } = event;
  const { device } = ref;
  const before = given("before", continues?.device);
  books.devices.set(device, { device, label, prefix, shop, jwk, ...before, people: [] });
};

const postImport = (books: Books, { event, ref, at }: Recorded<ImportEvent>): void => {
  if (!isHome(books, ref)) return;
  const { file, takesBack } = event;
  const known = books.imports.get(file);
  if (takesBack === undefined) books.imports.set(file, { file, record: ref, at, event });
  else if (known !== undefined) books.imports.set(file, { ...known, takenBack: at });
};

const postExport = (books: Books, { event, ref, at, staff }: Recorded<ExportEvent>): void => {
  if (!isHome(books, ref)) return;
  books.exports.set(event.exportId, { exportId: event.exportId, record: ref, at, staff });
};

const as = <E extends JournalEvent>(recorded: Recorded, event: E): Recorded<E> => ({
  ...recorded,
  event,
});

const postRefundWork = (
  books: Books,
  recorded: Recorded,
  event: WithdrawEvent | NoticeEvent | GoodsEvent,
): void => {
  const { refund } = event;
  const isHere = refund.device === recorded.ref.device || books.caseOf.has(writeRef(refund));
  if (isHere) postCase(books, caseIdOf(books, refund), as(recorded, event));
  else postLater(books, recorded, writeRef(refund));
};

/** Writes one record into the books. It only folds: a replay never judges again. */
export const post = (books: Books, recorded: Recorded): void => {
  const { event } = recorded;
  switch (event.kind) {
    case "genesis":
      return postGenesis(books, as(recorded, event));
    case "payment":
      return postPayment(books, as(recorded, event));
    case "import":
      return postImport(books, as(recorded, event));
    case "refund":
      return postRefund(books, as(recorded, event));
    case "withdraw":
    case "notice":
    case "goods":
      return postRefundWork(books, recorded, event);
    case "decide":
      return postDecision(books, as(recorded, event));
    case "contact":
      return postContact(books, as(recorded, event));
    case "money":
      return postMoney(books, as(recorded, event));
    case "policy":
      return postPolicy(books, as(recorded, event));
    case "staff":
      return postStaff(books, as(recorded, event));
    case "export":
      return postExport(books, as(recorded, event));
    case "erase":
      return postErasure(books, as(recorded, event));
    case "claim":
      return postClaim(books, as(recorded, event));
    case "close":
    case "gap":
    case "rotate":
      return undefined;
    case "ack":
      return postAck(books, as(recorded, event));
    case "wit":
      return postWitness(books, as(recorded, event));
    default:
      return unreachable(event);
  }
};
