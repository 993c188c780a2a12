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
  AckEvent,
  ContactEvent,
  DecideEvent,
  ExportEvent,
  GenesisEvent,
  GoodsEvent,
  ImportEvent,
  JournalEvent,
  MoneyEvent,
  NoticeEvent,
  PaymentEvent,
  PolicyEvent,
  PublicJwk,
  Recorded,
  RefundEvent,
  Shop,
  StaffEvent,
  WithdrawEvent,
  WitnessEvent,
} from "./journal-event.ts";
import type { EraseEvent } from "./erase-event.ts";
import { closeBatch, takeBatch, type Batch } from "./batch.ts";
import { given } from "./given.ts";
import {
  forgetPayer,
  joinSame,
  takePayment,
  withClaim,
  type BalanceClaim,
  type Payment,
} from "./payment.ts";
import { evolve, type RefundCase } from "./refund/case.ts";
import type { CaseEvent } from "./refund/history.ts";
import { standingOf } from "./refund/money-track.ts";
import { forgetRefusal, takeRefusal, type Refusal } from "./refund/refusal.ts";
import { unreachable } from "./result.ts";
import { takeStaff, type Staff } from "./staff.ts";

export type Device = {
  readonly device: DeviceId;
  readonly label: string;
  readonly prefix: string;
  readonly shop: Shop;
  readonly jwk: PublicJwk;
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
  readonly devices: Map<DeviceId, Device>;
  readonly payments: Map<PaymentId, Payment>;
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
  /** By `device:seq` of their records. */
  readonly acks: Map<string, Acked>;
  readonly witnessed: Map<string, Witnessed>;
};

export const emptyBooks = (): Books => ({
  devices: new Map(),
  payments: new Map(),
  cases: new Map(),
  caseOf: new Map(),
  refusals: new Map(),
  batches: new Map(),
  staff: new Map(),
  policies: new Map(),
  imports: new Map(),
  exports: new Map(),
  acks: new Map(),
  witnessed: new Map(),
});

const claimsOf = ({ caseId, attempts, lines }: RefundCase): readonly BalanceClaim[] =>
  attempts.map((attempt) => ({
    caseId,
    attempt: attempt.number,
    amount: attempt.amount,
    standing: standingOf(attempt.money),
    ...given("lines", lines),
  }));

/** A refund counts on every payment that turned out to be the one it was made of. */
const postClaims = (books: Books, paymentId: PaymentId, claims: readonly BalanceClaim[]): void => {
  const payment = books.payments.get(paymentId);
  if (payment === undefined) return;
  for (const id of [paymentId, ...payment.same]) {
    const one = books.payments.get(id);
    if (one !== undefined) books.payments.set(id, claims.reduce(withClaim, one));
  }
};

const postCase = (books: Books, caseId: CaseId, recorded: Recorded<CaseEvent>): void => {
  const next = evolve(books.cases.get(caseId), recorded);
  books.cases.set(caseId, next);
  if (next.paymentId !== undefined) postClaims(books, next.paymentId, claimsOf(next));
};

/** Every other payment that is this one, those of the others too. */
const othersOf = (books: Books, { paymentId }: Payment): readonly Payment[] => {
  const ids = new Set([paymentId]);
  for (const id of ids) for (const other of books.payments.get(id)?.same ?? []) ids.add(other);
  ids.delete(paymentId);
  return [...ids].flatMap((id) => books.payments.get(id) ?? []);
};

/** Makes the payments of a group say the same of their balance; the newest word is the one just written. */
const joinGroup = (books: Books, newest: Payment): void => {
  const others = othersOf(books, newest);
  const whole = joinSame(newest, others);
  const { amount, external, claims } = whole;
  books.payments.set(whole.paymentId, whole);
  const ids = [whole.paymentId, ...whole.same];
  for (const other of others) {
    const same = ids.filter((id) => id !== other.paymentId);
    books.payments.set(other.paymentId, { ...other, amount, external, claims, same });
  }
};

const postPayment = (books: Books, recorded: Recorded<PaymentEvent>): void => {
  const { paymentId } = recorded.event;
  const payment = takePayment(books.payments.get(paymentId), recorded);
  books.payments.set(paymentId, payment);
  if (payment.same.length > 0) joinGroup(books, payment);
};

const caseIdOf = (books: Books, ref: RecordRef): CaseId => {
  const caseId = books.caseOf.get(writeRef(ref));
  if (caseId === undefined) throw new Error(`no refund stands at ${writeRef(ref)}`);
  return caseId;
};

const postRefund = (books: Books, recorded: Recorded<RefundEvent>): void => {
  const { caseId, reopens } = recorded.event;
  books.caseOf.set(writeRef(recorded.ref), caseId);
  postCase(books, caseId, recorded);
  const refusal = reopens && books.refusals.get(writeRef(reopens));
  if (refusal !== undefined)
    books.refusals.set(writeRef(refusal.ref), { ...refusal, reopenedAs: caseId });
};

const postDecision = (books: Books, recorded: Recorded<DecideEvent>): void => {
  const { refund } = recorded.event;
  if (refund === undefined) books.refusals.set(writeRef(recorded.ref), takeRefusal(recorded));
  else postCase(books, caseIdOf(books, refund), recorded);
};

/** A contact may be about a payment or nothing at all: then no case hears of it. */
const postContact = (books: Books, recorded: Recorded<ContactEvent>): void => {
  const { about } = recorded.event;
  const caseId = about && books.caseOf.get(writeRef(about));
  if (caseId !== undefined) postCase(books, caseId, recorded);
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
  for (const ref of event.refunds) {
    const batch = batchOf(books, ref);
    if (batch?.state === "created") books.batches.set(batch.batchId, closeBatch(batch, recorded));
  }
};

const postMoney = (books: Books, recorded: Recorded<MoneyEvent>): void => {
  const cases = new Set(recorded.event.refunds.map((ref) => caseIdOf(books, ref)));
  for (const caseId of cases) postCase(books, caseId, recorded);
  postBatch(books, recorded);
  markBatches(books, recorded);
};

const postStaff = (books: Books, recorded: Recorded<StaffEvent>): void => {
  const { staff } = recorded.event;
  books.staff.set(staff, takeStaff(books.staff.get(staff), recorded));
};

/** Key of a document in `Books.policies`. */
export const policyKey = (event: Pick<PolicyEvent, "what" | "document">): string => {
  const about = event.document["acquirer"];
  return event.what === "profile" && typeof about === "string" ? `profile:${about}` : event.what;
};

const postPolicy = (books: Books, { event, ref }: Recorded<PolicyEvent>): void => {
  const { what, version, hash, document } = event;
  books.policies.set(policyKey(event), { what, version, hash, record: ref, document });
};

const postGenesis = (books: Books, { event, ref }: Recorded<GenesisEvent>): void => {
  const { label, prefix, shop, jwk } = event;
  books.devices.set(ref.device, { device: ref.device, label, prefix, shop, jwk });
};

const postExport = (books: Books, { event, ref, at, staff }: Recorded<ExportEvent>): void => {
  books.exports.set(event.exportId, { exportId: event.exportId, record: ref, at, staff });
};

const postAck = (books: Books, { event, ref, at }: Recorded<AckEvent>): void => {
  const { seq, head, token, by } = event;
  books.acks.set(writeRef(ref), { device: ref.device, seq, head, token, by, record: ref, at });
};

const postWitness = (books: Books, { event, ref, at }: Recorded<WitnessEvent>): void => {
  const { device, seq, head, via } = event;
  books.witnessed.set(writeRef(ref), { device, seq, head, via, record: ref, at });
};

/** Forgets what a record said of the customer, wherever the books tell of it; what they do not hold stays unknown. */
const postErasure = (books: Books, recorded: Recorded<EraseEvent>): void => {
  const { record, cases = [], payments = [] } = recorded.event;
  const place = writeRef(record);
  const own = books.caseOf.get(place);
  for (const caseId of new Set(own === undefined ? cases : [own, ...cases]))
    if (books.cases.has(caseId)) postCase(books, caseId, recorded);
  for (const id of payments) {
    const payment = books.payments.get(id);
    if (payment !== undefined) books.payments.set(id, forgetPayer(payment, record.device));
  }
  const refusal = books.refusals.get(place);
  if (refusal !== undefined) books.refusals.set(place, forgetRefusal(refusal));
};

const as = <E extends JournalEvent>(recorded: Recorded, event: E): Recorded<E> => ({
  ...recorded,
  event,
});

const postRefundWork = (
  books: Books,
  recorded: Recorded,
  event: WithdrawEvent | NoticeEvent | GoodsEvent,
): void => postCase(books, caseIdOf(books, event.refund), as(recorded, event));

/** Writes one record into the books. It only folds: a replay never judges again. */
export const post = (books: Books, recorded: Recorded): void => {
  const { event } = recorded;
  switch (event.kind) {
    case "genesis":
      return postGenesis(books, as(recorded, event));
    case "payment":
      return postPayment(books, as(recorded, event));
    case "import": {
      books.imports.set(event.file, {
        file: event.file,
        record: recorded.ref,
        at: recorded.at,
        event,
      });
      return undefined;
    }
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
    case "gap":
      return undefined;
    case "ack":
      return postAck(books, as(recorded, event));
    case "wit":
      return postWitness(books, as(recorded, event));
    default:
      return unreachable(event);
  }
};
