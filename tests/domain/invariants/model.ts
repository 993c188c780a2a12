import type { CaseId, PaymentId, RecordRef, StaffId } from "../../../src/domain/ids.ts";
import type {
  DecideEvent,
  EvidenceSource,
  GoodsEvent,
  GoodsStep,
  MoneyEvent,
  MoneyResult,
  PaymentEvent,
  Recorded,
  RefundEvent,
  StaffEvent,
} from "../../../src/domain/journal-event.ts";

/** A result that was told of one refund, and whether it came when that refund was out of the shop's hands. */
export type Heard = {
  readonly by: string;
  readonly state: MoneyResult;
  readonly inTime: boolean;
  readonly event: MoneyEvent;
};

/** One signed refund, with what people did with it and what was heard of it. */
export type Claim = {
  readonly ref: string;
  readonly signed: Recorded<RefundEvent>;
  readonly place: "pending" | "ready" | "out" | "withdrawn";
  readonly consent: "not_asked" | "asked" | "given" | "refused";
  readonly heard: readonly Heard[];
  /** A result of it was taken back at some time. */
  readonly retracted: boolean;
};

export type Person = {
  readonly role: string;
  readonly limit: number | undefined;
  readonly grants: readonly string[];
  readonly active: boolean;
};

/** What was written down, in the order of writing, and nothing that the code under test makes of it. */
export type Model = {
  readonly claims: ReadonlyMap<string, Claim>;
  readonly versions: readonly Recorded<PaymentEvent>[];
  readonly people: ReadonlyMap<StaffId, Person>;
  readonly prints: ReadonlyMap<CaseId, number>;
  /** The last word about the goods of a case. */
  readonly goods: ReadonlyMap<CaseId, GoodsStep>;
};

export const emptyModel: Model = {
  claims: new Map(),
  versions: [],
  people: new Map(),
  prints: new Map(),
  goods: new Map(),
};

export const nameOf = ({ device, seq }: RecordRef): string => `${device}:${seq}`;

const ranks: Readonly<Record<MoneyResult, 0 | 1 | 2 | 3>> = {
  processing: 0,
  needs_action: 0,
  unknown: 0,
  abnormal: 0,
  failed: 1,
  closed: 1,
  succeeded: 2,
  reversed: 3,
};

/** The strongest thing heard: 3 bounced, 2 arrived, 1 refused for good, 0 nothing final. */
export const heardRank = ({ heard }: Claim): number =>
  Math.max(0, ...heard.map(({ state, inTime }) => (inTime || ranks[state] > 1 ? ranks[state] : 0)));

/** What a refund does to the money of its payment. */
export const standing = (claim: Claim): "reserves" | "spends" | "frees" => {
  const rank = heardRank(claim);
  if (rank === 2) return "spends";
  return rank > 0 || claim.place === "withdrawn" ? "frees" : "reserves";
};

const openClaim = (signed: Recorded<RefundEvent>): Claim => ({
  ref: nameOf(signed.ref),
  signed,
  place: signed.event.need === undefined ? "ready" : "pending",
  consent: signed.event.need === undefined ? "not_asked" : "asked",
  heard: [],
  retracted: false,
});

const changed = (model: Model, refs: readonly RecordRef[], change: (claim: Claim) => Claim) => {
  const claims = new Map(model.claims);
  for (const ref of refs) {
    const claim = claims.get(nameOf(ref));
    if (claim === undefined) throw new Error("a record names a refund that nobody signed");
    claims.set(claim.ref, change(claim));
  }
  return { ...model, claims };
};

/** A decision moves only what still waits for it; it never calls back what arrived meanwhile. */
const decided = (claim: Claim, { about, result }: DecideEvent): Claim => {
  const waits = heardRank(claim) === 0;
  if (about === "reopen" && result === "approve") {
    const place = waits && claim.place === "withdrawn" ? "pending" : claim.place;
    return { ...claim, place, consent: "asked" };
  }
  if (about !== "refund") return claim;
  const consent = result === "approve" ? "given" : "refused";
  if (!waits || claim.place !== "pending") return { ...claim, consent };
  return { ...claim, consent, place: result === "approve" ? "ready" : "withdrawn" };
};

const moved = (claim: Claim, { event, ref }: Recorded<MoneyEvent>): Claim => {
  const { state } = event;
  if (state === "exported" || state === "submitted") return { ...claim, place: "out" };
  if (state === "ready") return { ...claim, place: "ready" };
  if (state === "retracted") {
    const gone = event.retracts === undefined ? "" : nameOf(event.retracts);
    return { ...claim, heard: claim.heard.filter(({ by }) => by !== gone), retracted: true };
  }
  const told = { by: nameOf(ref), state, inTime: claim.place === "out", event };
  return { ...claim, heard: [...claim.heard, told] };
};

const person = (known: Person | undefined, event: StaffEvent): Person => {
  const before = known ?? { role: "clerk", limit: undefined, grants: [], active: true };
  const anew = event.op === "added" || event.op === "changed";
  const switched = event.op === "disabled" || event.op === "enabled";
  return {
    role: event.role ?? before.role,
    limit: anew ? event.limit : before.limit,
    grants: anew ? (event.grants ?? []) : before.grants,
    active: switched ? event.op === "enabled" : before.active,
  };
};

const caseOf = (model: Model, refund: RecordRef): CaseId => {
  const caseId = model.claims.get(nameOf(refund))?.signed.event.caseId;
  if (caseId === undefined) throw new Error("a word about a refund that nobody signed");
  return caseId;
};

const withPrint = (model: Model, refund: RecordRef): Model => {
  const caseId = caseOf(model, refund);
  const prints = new Map(model.prints);
  return { ...model, prints: prints.set(caseId, (prints.get(caseId) ?? 0) + 1) };
};

const withPerson = (model: Model, event: StaffEvent): Model => {
  const known = model.people.get(event.staff);
  return { ...model, people: new Map(model.people).set(event.staff, person(known, event)) };
};

const withGoods = (model: Model, { refund, state }: GoodsEvent): Model => ({
  ...model,
  goods: new Map(model.goods).set(caseOf(model, refund), state),
});

const withRefund = (model: Model, signed: Recorded<RefundEvent>): Model => {
  const claim = openClaim(signed);
  return { ...model, claims: new Map(model.claims).set(claim.ref, claim) };
};

const withDecision = (model: Model, event: DecideEvent): Model =>
  event.refund === undefined
    ? model
    : changed(model, [event.refund], (claim) => decided(claim, event));

/** The model after one more record. */
export const tell = (model: Model, recorded: Recorded): Model => {
  const { event } = recorded;
  switch (event.kind) {
    case "payment":
      return { ...model, versions: [...model.versions, { ...recorded, event }] };
    case "refund":
      return withRefund(model, { ...recorded, event });
    case "withdraw":
      return changed(model, [event.refund], (claim) => ({ ...claim, place: "withdrawn" }));
    case "decide":
      return withDecision(model, event);
    case "money":
      return changed(model, event.refunds, (claim) => moved(claim, { ...recorded, event }));
    case "staff":
      return withPerson(model, event);
    case "goods":
      return withGoods(model, event);
    case "notice":
      return event.via === "print" ? withPrint(model, event.refund) : model;
    case "genesis":
    case "import":
    case "policy":
    case "contact":
    case "export":
    case "erase":
    case "close":
    case "gap":
    case "ack":
    case "wit":
    case "rotate":
    case "claim":
      return model;
  }
};

/** Every id that some version says is this payment's too. */
export const groupOf = ({ versions }: Model, paymentId: PaymentId): ReadonlySet<PaymentId> => {
  const group = new Set([paymentId]);
  for (let size = 0; size < group.size;) {
    size = group.size;
    for (const { event } of versions) {
      const ids = [event.paymentId, ...(event.same ?? [])];
      if (ids.some((id) => group.has(id))) for (const id of ids) group.add(id);
    }
  }
  return group;
};

export type Sums = {
  readonly paid: number;
  readonly external: number;
  readonly reserved: number;
  readonly spent: number;
  readonly left: number;
  readonly over: number;
};

const totalOf = (claims: readonly Claim[], wanted: ReturnType<typeof standing>): number =>
  claims
    .filter((claim) => standing(claim) === wanted)
    .reduce((total, { signed }) => total + signed.event.amount.minor, 0);

/** Every refund of a payment under whichever of its ids. */
export const claimsOf = (model: Model, paymentId: PaymentId): readonly Claim[] => {
  const group = groupOf(model, paymentId);
  return [...model.claims.values()].filter(
    ({ signed }) => signed.event.paymentId !== undefined && group.has(signed.event.paymentId),
  );
};

const totalNamed = (versions: readonly Recorded<PaymentEvent>[]): number => {
  const named = new Map<string, number>();
  for (const { number, minor } of versions.flatMap(({ event }) => event.outside ?? []))
    named.set(number, Math.max(minor, named.get(number) ?? 0));
  return [...named.values()].reduce((total, minor) => total + minor, 0);
};

/** Of one chain the most it has said; what several chains name by number adds up, and the most one of them names without. */
const externalOf = (versions: readonly Recorded<PaymentEvent>[]): number => {
  const chains = [...new Set(versions.map(({ ref }) => ref.device))].map((device) =>
    versions.filter(({ ref }) => ref.device === device),
  );
  const most = chains.map((own) => Math.max(0, ...own.map(({ event }) => event.external ?? 0)));
  if (chains.length === 1) return most[0] ?? 0;
  const nameless = chains.map((own, at) => (most[at] ?? 0) - totalNamed(own));
  return totalNamed(versions) + Math.max(0, ...nameless);
};

/** A payment's sums: a statement's newest word is what was paid, otherwise the lowest that anybody wrote. */
export const sumsOf = (model: Model, paymentId: PaymentId): Sums => {
  const group = groupOf(model, paymentId);
  const versions = model.versions.filter(({ event }) => group.has(event.paymentId));
  const own = versions.map(({ event }) => event);
  const told = own.findLast(({ source }) => source === "import");
  const paid = told?.amount.minor ?? Math.min(...own.map(({ amount }) => amount.minor));
  const external = externalOf(versions);
  const claims = claimsOf(model, paymentId);
  const [reserved, spent] = [totalOf(claims, "reserves"), totalOf(claims, "spends")];
  const rest = paid - external - reserved - spent;
  return { paid, external, reserved, spent, left: Math.max(0, rest), over: Math.max(0, -rest) };
};

/** The newest version of a payment's own id. */
export const newestOf = (
  { versions }: Model,
  paymentId: PaymentId,
): Recorded<PaymentEvent> | undefined =>
  versions.findLast(({ event }) => event.paymentId === paymentId);

const proofs: Readonly<Record<EvidenceSource, (event: MoneyEvent) => boolean>> = {
  file: () => false,
  staff: () => false,
  row: ({ imported }) => imported !== undefined,
  slip: ({ channelRefundNo, evidence = [] }) =>
    channelRefundNo !== undefined || evidence.length > 0,
  portal: ({ channelRefundNo, evidence = [], raw, state }) =>
    channelRefundNo !== undefined ||
    evidence.length > 0 ||
    (state !== "succeeded" && raw !== undefined),
  support: ({ ticket }) => ticket !== undefined,
  cust: ({ at, state }) => at !== undefined && state === "succeeded",
};

/** Whether a result brings what its teller must bring (refundlog.md §5.3); words alone prove no success. */
export const isProven = (event: MoneyEvent): boolean => proofs[event.by](event);
