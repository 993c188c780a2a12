import { given } from "../domain/given.ts";
import type { DeviceId } from "../domain/ids.ts";
import type { Finding, FindingCode } from "./findings.ts";
import type { ByteSource, LineOf, RawLine } from "./parse-refundlog.ts";
import type { Verify } from "./record.ts";
import { newDigest, type Digest } from "./sha256.ts";
import { newState, type State } from "./rules/state.ts";
import type { Revocation } from "./tokens.ts";
import type { RingKey, Roots } from "./trust-ring.ts";
import { newChain, takeKnown, type Chain } from "./verify-chain.ts";
import type { DeviceKey, OpenedRecord } from "./verify-record.ts";
import type { VerifiedChain } from "./verify-report.ts";
import type { TailLine } from "./verify-tail.ts";
import { findKey, type Trust } from "./verify-tokens.ts";

type Progress = { readonly bytes: number; readonly records: number };

/** What is verified, by whom it is trusted, and what is known already. */
export type VerifyInput = {
  readonly source: ByteSource;
  readonly verify: Verify;
  /** Shop roots that the person trusts; with none, everything but the issuer is still checked. */
  readonly roots: Roots;
  /** Receipts, witness statements, acks … that others hold, one text each. */
  readonly pins?: readonly string[];
  /** Keys that the importer knows to be revoked: a thief's file does not bring the list that says so. */
  readonly revoked?: readonly Revocation[];
  /** What is known of this chain already: joins an incremental file, refuses forks and older files. */
  readonly base?: VerifiedChain;
  /** False saves memory: the report then brings no chain. */
  readonly keepsRecords?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Asked now and then; its answer may wait for what waits for the thread. */
  readonly isCancelled?: () => boolean | Promise<boolean>;
};

export type Pending = { readonly line: number; readonly opened: Promise<OpenedRecord | undefined> };

/** One run over one file. */
export type Session = {
  readonly input: VerifyInput;
  readonly findings: Map<string, Finding>;
  readonly ring: Map<string, RingKey>;
  readonly trust: Trust;
  readonly queue: Pending[];
  readonly tail: TailLine[];
  readonly carried: Set<string>;
  readonly digest: Digest;
  head: LineOf<"head"> | undefined;
  chain: Chain | undefined;
  key: DeviceKey | undefined;
  order: number;
  line: number;
  bytes: number;
  attachments: number;
  /** The line before, not yet known to be the last. */
  held: RawLine | undefined;
};

/** Notes a finding once. */
export const report = (
  session: Session,
  code: FindingCode,
  at: { line?: number; seq?: number } = {},
): void => {
  const id = `${code} ${at.line ?? ""} ${at.seq ?? ""}`;
  if (!session.findings.has(id)) session.findings.set(id, { code, ...at });
};

export const newSession = (input: VerifyInput): Session => {
  const ring = new Map<string, RingKey>();
  return {
    input,
    findings: new Map(),
    ring,
    trust: { ring, roots: input.roots, verify: input.verify },
    queue: [],
    tail: [],
    carried: new Set(),
    digest: newDigest(),
    head: undefined,
    chain: undefined,
    key: undefined,
    order: -1,
    line: 0,
    bytes: 0,
    attachments: 0,
    held: undefined,
  };
};

const nobody = "" as DeviceId;

/** The device that the head names, else the first key that may record. */
export const deviceOf = ({ head, ring }: Session): DeviceId =>
  head?.dev ??
  [...ring.values()].find(({ certificate }) => certificate?.role === "device")?.kid ??
  nobody;

/** The known records that stand before this file, or nothing when they are of another chain or end too early. */
const joinedBase = (session: Session, from: number): VerifiedChain | undefined => {
  const { base } = session.input;
  if (base === undefined) return undefined;
  const joins = base.device === deviceOf(session) && base.from <= from && base.to >= from - 1;
  if (joins) return base;
  report(session, "E_CHAIN_START");
  return undefined;
};

/** Findings of rules stand at the line that is being taken. */
const onRule =
  (session: Session): Chain["report"] =>
  (code, seq) =>
    report(session, code, {
      ...given("line", session.line > 0 ? session.line : undefined),
      ...given("seq", seq),
    });

const stateFrom = (session: Session, device: DeviceId, first: number): State => {
  const certificate = session.ring.get(device)?.certificate;
  const setting = {
    device,
    certificate,
    keys: (kid: string) => findKey(session.trust, kid),
    verify: session.input.verify,
    report: onRule(session),
    from: session.head?.from ?? 0,
  };
  if (certificate !== undefined && certificate.role !== "device") report(session, "E_KEY_ROLE");
  return newState(setting, first);
};

/** Runs the records known before this file through the rules. */
const replay = async (chain: Chain, base: VerifiedChain, from: number): Promise<void> => {
  for (const record of base.records)
    if (record.seq < from) await takeKnown(chain, record, base.omit);
};

const openChain = async (session: Session): Promise<Chain> => {
  const device = deviceOf(session);
  const from = session.head?.from ?? 0;
  const base = joinedBase(session, from);
  const first = base?.from ?? from;
  const setting = {
    state: stateFrom(session, device, first),
    device,
    omit: session.head?.omit ?? [],
    report: onRule(session),
    keepsRecords: session.input.keepsRecords !== false,
  };
  const chain = newChain(setting, first);
  if (first > 0) report(session, "W_PARTIAL");
  if (base !== undefined) await replay(chain, base, from);
  return chain;
};

/** The chain of the file, opened at the first record with the records known before it. */
export const chainOf = async (session: Session): Promise<Chain> => {
  session.chain ??= await openChain(session);
  return session.chain;
};
