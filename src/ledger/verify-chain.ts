import type { DeviceId, Hash } from "../domain/ids.ts";
import type { FindingCode } from "./findings.ts";
import { leafHash } from "./merkle.ts";
import type { RecordHash, RecordKind } from "./record.ts";
import { applyRules } from "./rules/index.ts";
import type { Fact, FactOf } from "./rules/fact.ts";
import { loseTrack, type State } from "./rules/state.ts";
import type { OpenedRecord, VerifiedRecord } from "./verify-record.ts";

/** One line of a record in a report. */
export type RecordMark = {
  readonly seq: number;
  readonly line: number;
  readonly kind: RecordKind | undefined;
};

/** A disclosure that a record names and does not carry. */
export type Absence = {
  readonly seq: number;
  readonly digests: readonly Hash[];
  readonly missesDet: boolean;
  readonly missesCtx: boolean;
  readonly omit: readonly string[];
};

type Attachment = { readonly seq: number; readonly size: number; readonly type: string };

/** Everything a file's end needs to know of its records. */
export type Chain = {
  readonly state: State;
  readonly device: DeviceId;
  readonly omit: readonly string[];
  readonly report: (code: FindingCode, seq?: number) => void;
  readonly hashes: Map<number, RecordHash>;
  readonly times: { readonly seq: number; readonly iat: number }[];
  readonly leaves: Hash[];
  readonly marks: RecordMark[];
  readonly records: VerifiedRecord[];
  readonly acks: FactOf<"ack">[];
  readonly absences: Absence[];
  readonly attachments: Map<string, Attachment[]>;
  readonly erasedDigests: Set<string>;
  readonly erasedFiles: Set<string>;
  /** Sum and number of real refunds, by currency. */
  readonly totals: Map<string, { count: number; sum: number }>;
  readonly keepsRecords: boolean;
  /** Number of leaves that come from an earlier file. */
  known: number;
  next: number;
  last:
    | { readonly seq: number; readonly hash: RecordHash; readonly xid: string | undefined }
    | undefined;
};

type Setting = Pick<Chain, "state" | "device" | "omit" | "report" | "keepsRecords">;

/** A chain before its first record; `first` is the number that record must have. */
export const newChain = (setting: Setting, first: number): Chain => ({
  ...setting,
  hashes: new Map(),
  times: [],
  leaves: [],
  marks: [],
  records: [],
  acks: [],
  absences: [],
  attachments: new Map(),
  erasedDigests: new Set(),
  erasedFiles: new Set(),
  totals: new Map(),
  known: 0,
  next: first,
  last: undefined,
});

/** What is erased of another chain explains nothing that is missing in this one. */
const takeErasure = (chain: Chain, { core }: FactOf<"erase">): void => {
  if (core.dev !== undefined) return;
  for (const digest of core.d ?? []) chain.erasedDigests.add(digest);
  for (const file of core.a ?? []) chain.erasedFiles.add(file);
};

const takeRefund = (chain: Chain, fact: FactOf<"refund">): void => {
  if (fact.training) return;
  const { cur, amt } = fact.core;
  const known = chain.totals.get(cur) ?? { count: 0, sum: 0 };
  chain.totals.set(cur, { count: known.count + 1, sum: known.sum + amt });
};

const takeKind = (chain: Chain, fact: Fact): void => {
  if (fact.kind === "ack") chain.acks.push(fact);
  if (fact.kind === "erase") takeErasure(chain, fact);
  if (fact.kind === "refund") takeRefund(chain, fact);
};

const takeAbsence = (
  chain: Chain,
  fact: Fact,
  digests: readonly Hash[],
  omit: Chain["omit"],
): void => {
  if (digests.length === 0) return;
  chain.absences.push({
    seq: fact.seq,
    digests,
    missesDet: fact.det === undefined,
    missesCtx: fact.ctx === undefined,
    omit,
  });
};

const takeAttachments = (chain: Chain, { det, cust, seq }: Fact): void => {
  const named = [...(det !== undefined && "ev" in det ? (det.ev ?? []) : []), ...(cust?.ev ?? [])];
  for (const { sha256, size, type } of named) {
    const known = chain.attachments.get(sha256);
    if (known === undefined) chain.attachments.set(sha256, [{ seq, size, type }]);
    else known.push({ seq, size, type });
  }
};

const applyFact = async (chain: Chain, fact: Fact): Promise<void> => {
  takeKind(chain, fact);
  chain.times.push({ seq: fact.seq, iat: fact.iat });
  await applyRules(chain.state, fact);
};

/** Takes a record of an earlier, verified file: its rules run again, its bytes were checked then. */
export const takeKnown = async (
  chain: Chain,
  record: VerifiedRecord,
  omit: Chain["omit"],
): Promise<void> => {
  const { claims: fact, hash, seq } = record;
  chain.hashes.set(seq, hash);
  chain.leaves.push(leafHash(record.jwt));
  chain.known++;
  chain.next = seq + 1;
  chain.last = { seq, hash, xid: fact.kind === "export" ? fact.core.xid : undefined };
  takeAbsence(chain, fact, record.absent, omit);
  await applyFact(chain, fact);
  if (chain.keepsRecords) chain.records.push(record);
};

const seqOf = (chain: Chain, { payload }: OpenedRecord): number => {
  const told = payload?.["seq"];
  return typeof told === "number" && Number.isSafeInteger(told) && told >= 0 ? told : chain.next;
};

/** Whether the record stands next; a repeated one is judged no further. */
const checkPlace = (chain: Chain, seq: number, hash: RecordHash): boolean => {
  if (seq < chain.next) {
    chain.report("E_SEQ_REPEAT", seq);
    const known = chain.hashes.get(seq);
    if (known !== undefined && known !== hash) chain.report("E_FORK", seq);
    return false;
  }
  if (seq > chain.next) {
    chain.report("E_SEQ_GAP", seq);
    loseTrack(chain.state);
    chain.last = undefined;
  }
  return true;
};

const checkLink = (chain: Chain, { payload }: OpenedRecord, seq: number): void => {
  if (payload === undefined || chain.last === undefined) return;
  if (payload["prev"] === chain.last.hash) return;
  const joins = chain.marks.length === 0;
  chain.report(joins ? "E_CHAIN_START" : "E_PREV", seq);
};

const xidOf = (fact: Fact | undefined): string | undefined =>
  fact?.kind === "export" ? fact.core.xid : undefined;

/** Takes the next record of the file under judgement (refundlog.md §17 steps 4–7). */
export const takeRecord = async (
  chain: Chain,
  opened: OpenedRecord,
  line: number,
): Promise<void> => {
  const { fact, hash } = opened;
  const seq = seqOf(chain, opened);
  for (const code of opened.faults) chain.report(code, seq);
  const stands = checkPlace(chain, seq, hash);
  if (stands) checkLink(chain, opened, seq);
  chain.marks.push({ seq, line, kind: fact?.kind });
  if (!stands) return;
  chain.hashes.set(seq, hash);
  chain.leaves.push(opened.leaf);
  chain.next = seq + 1;
  chain.last = { seq, hash, xid: xidOf(fact) };
  if (fact === undefined) {
    loseTrack(chain.state);
    return;
  }
  takeAbsence(chain, fact, opened.absent, chain.omit);
  takeAttachments(chain, fact);
  await applyFact(chain, fact);
  if (chain.keepsRecords) chain.records.push(recordOf(chain, opened, fact));
};

const recordOf = (chain: Chain, opened: OpenedRecord, fact: Fact): VerifiedRecord => ({
  device: chain.device,
  seq: fact.seq,
  kind: fact.kind,
  jwt: opened.jwt,
  disclosures: opened.disclosures,
  hash: opened.hash,
  claims: fact,
  absent: opened.absent,
});
