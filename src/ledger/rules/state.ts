import type { DeviceId } from "../../domain/ids.ts";
import type { FindingCode } from "../findings.ts";
import type { Jwk, RecordHash, RecordKind, Verify } from "../record.ts";
import type { Enrolment } from "../tokens.ts";
import type { Erasable } from "./erasable.ts";
import type { Fact, FactOf } from "./fact.ts";
import type { Step } from "./money-fold.ts";

/**
 * What the chain says so far, read straight from the signed claims.
 * This folder is on purpose a second, independent reading of refund-model.md beside `domain/refund`:
 * a fault in the rules that recorded must not also be the judge of the record.
 */
export type State = {
  readonly device: DeviceId;
  /** The device's own certificate; undefined when the file carries none that reads. */
  readonly certificate: Enrolment | undefined;
  readonly keys: KeyLookup;
  readonly verify: Verify;
  readonly report: (code: FindingCode, seq: number) => void;
  /** First record of the file under judgement; what stands before comes from an earlier file. */
  readonly from: number;
  readonly seen: Map<number, Seen>;
  readonly sales: Map<string, Sale>;
  readonly attempts: Map<number, Attempt>;
  readonly people: Map<string, Person>;
  readonly policies: Map<number, string>;
  readonly decisions: Map<number, Decision>;
  readonly results: Map<number, readonly number[]>;
  readonly claims: Map<string, { readonly seq: number; readonly st: string }>;
  readonly cases: Set<string>;
  readonly numbers: Set<string>;
  readonly approvals: { readonly seq: number; readonly kid: string }[];
  /** Undefined while the sum before this stretch is unknown. */
  totals: Map<string, number> | undefined;
  refundsSinceClose: number | undefined;
  shopCurrency: string | undefined;
  /** Records before this stretch, or broken ones in it, are unknown: what is not found may stand there. */
  incomplete: boolean;
  rotated: boolean;
  /** A person has recorded something: from then on the app itself sets nothing up. */
  isManned: boolean;
  clock: { readonly iat: number; readonly clk: readonly [number, number] | undefined } | undefined;
};

type KeyLookup = (
  kid: string,
) => { readonly jwk: Jwk; readonly certificate: Enrolment | undefined } | undefined;

/** What any later record may need to know of an earlier one. */
export type Seen = Erasable & {
  readonly kind: RecordKind;
  readonly hash: RecordHash;
  readonly training: boolean;
};

/** Payments that are one: their limits and the refunds that use them. */
export type Group = {
  readonly members: Set<Sale>;
  imported: { readonly seq: number; readonly amt: number } | undefined;
  lowest: number;
  ext: number;
  /** Sum of the refunds that count. */
  reserved: number;
  /** False where an earlier version or member lies outside. */
  complete: boolean;
  flagged: boolean;
};

export type Sale = {
  readonly key: string;
  /** The number its key was derived from, as canonical text; undefined where withheld. */
  readonly number: string | undefined;
  latest: Version;
  group: Group;
};

/** What later records ask of a payment; a file may have a hundred thousand, so nothing else of it is kept. */
export type Version = Pick<FactOf<"payment">, "seq" | "training"> &
  Pick<FactOf<"payment">["core"], "st" | "cur" | "amt"> & { readonly grade: string | undefined };

/** `closed`: withdrawn before anybody decided. */
type Approval = "not_required" | "pending" | "approved" | "rejected" | "closed";

type Refund = FactOf<"refund">;

/** What later records ask of a refund; nothing else of it is kept. */
export type Asked = Pick<Refund, "seq" | "hash" | "device" | "training"> & {
  readonly core: Pick<Refund["core"], "no" | "try" | "type" | "mode" | "amt" | "cur" | "sale">;
  readonly det:
    | Pick<NonNullable<Refund["det"]>, "case" | "need" | "dst" | "rsn" | "lines">
    | undefined;
  readonly staff: string | undefined;
};

/** One refund record and all that happened to it. */
export type Attempt = {
  readonly fact: Asked;
  readonly sale: Sale | undefined;
  /** Its `det` is withheld: how it started is unknown, so its states are not judged. */
  readonly opaque: boolean;
  readonly start: "ready" | "pending_approval";
  steps: readonly Step[];
  money: string;
  approval: Approval;
  approvalExpires: number | undefined;
  goods: string;
  decisions: number;
  reopened: boolean;
  recallApproved: boolean;
  exports: { readonly file: string | undefined; readonly out: string | undefined }[];
  exporter: string | undefined;
  continued: boolean;
};

export type Person = {
  readonly sid: string;
  active: boolean;
  role: string | undefined;
  max: number | undefined;
  grants: readonly string[];
  pin: Jwk | undefined;
  readonly passkeys: Map<string, Jwk>;
};

type Decision = {
  readonly ref: number;
  readonly approves: boolean;
  readonly expires: number | undefined;
};

export type Rule<K extends RecordKind> = (state: State, fact: FactOf<K>) => void | Promise<void>;

type Setting = Pick<State, "device" | "certificate" | "keys" | "verify" | "report" | "from">;

/** The state before the first record that is read; `first` > 0 starts in the unknown. */
export const newState = (setting: Setting, first: number): State => ({
  ...setting,
  seen: new Map(),
  sales: new Map(),
  attempts: new Map(),
  people: new Map(),
  policies: new Map(),
  decisions: new Map(),
  results: new Map(),
  claims: new Map(),
  cases: new Set(),
  numbers: new Set(),
  approvals: [],
  totals: first === 0 ? new Map() : undefined,
  refundsSinceClose: first === 0 ? 0 : undefined,
  shopCurrency: undefined,
  incomplete: first > 0,
  rotated: false,
  isManned: first > 0,
  clock: undefined,
});

/** A hole in the chain: sums and unknown names after it prove nothing. */
export const loseTrack = (state: State): void => {
  state.incomplete = true;
  state.totals = undefined;
  state.refundsSinceClose = undefined;
  state.clock = undefined;
};

/** The earlier record a fact names, if it may be used; reports E_REF and E_TRAINING. */
export const findReferred = (
  state: State,
  fact: Fact,
  seq: number,
  kinds: readonly RecordKind[],
): Seen | undefined => {
  const found = state.seen.get(seq);
  if (found === undefined) {
    if (seq >= fact.seq || !state.incomplete) state.report("E_REF", fact.seq);
    return undefined;
  }
  if (!kinds.includes(found.kind)) {
    state.report("E_REF", fact.seq);
    return undefined;
  }
  return found;
};

/** Like `findReferred`, for references that must not mix training and real records. */
export const findOwn = (
  state: State,
  fact: Fact,
  seq: number,
  kinds: readonly RecordKind[],
): Seen | undefined => {
  const found = findReferred(state, fact, seq, kinds);
  if (found !== undefined && found.training !== fact.training) state.report("E_TRAINING", fact.seq);
  return found;
};

/** The refund a fact names. */
export const findAttempt = (state: State, fact: Fact, seq: number): Attempt | undefined =>
  findOwn(state, fact, seq, ["refund"]) === undefined ? undefined : state.attempts.get(seq);

/** Who made this record; undefined when withheld, the app itself or somebody unknown. */
export const personOf = (state: State, fact: Fact): Person | undefined =>
  fact.ctx === undefined ? undefined : state.people.get(fact.ctx.staff);
