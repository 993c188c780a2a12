import type { Brand } from "../domain/brand.ts";
import type { DeviceId, Hash } from "../domain/ids.ts";
import { given } from "../domain/given.ts";
import { fingerprint } from "./keys.ts";
import { severityOf, verdictOf, type Finding, type Verdict } from "./findings.ts";
import type { RecordHash } from "./record.ts";
import { balanceOf, left } from "./rules/balance.ts";
import type { State } from "./rules/state.ts";
import type { Chain, RecordMark } from "./verify-chain.ts";
import type { EndResult } from "./verify-end.ts";
import type { VerifiedRecord } from "./verify-record.ts";
import type { Trust } from "./verify-tokens.ts";

type Checked = {
  readonly device: DeviceId;
  readonly from: number;
  readonly to: number;
  readonly omit: readonly string[];
  readonly head: RecordHash;
  readonly root: Hash;
  readonly records: readonly VerifiedRecord[];
};

/** A chain without any E_ finding under pinned roots; of an incremental file, with the known records before it. */
export type VerifiedChain = Brand<Checked, "VerifiedChain">;

/** Where the money of one refund stands by the records. */
type RefundStanding = {
  readonly seq: number;
  readonly no: string;
  readonly amt: number;
  readonly cur: string;
  readonly money: string;
  readonly approval: string;
  readonly goods: string;
  readonly training: boolean;
};

type SaleBalance = {
  readonly sale: string;
  readonly cur: string;
  readonly paid: number;
  readonly external: number;
  readonly reserved: number;
  readonly remaining: number;
};

/** Who signed: `unknown` means that the file holds together under a key nobody vouched for. */
type Signer =
  | { readonly kind: "none" }
  | {
      readonly kind: "pinned" | "unknown";
      readonly kid: string;
      readonly fingerprint: string;
      readonly label: string | undefined;
      readonly issuer: string | undefined;
      readonly issuerFingerprint: string | undefined;
    };

/** One record line of the report; `isGood` = no E_ finding speaks of it. */
export type RecordLine = RecordMark & { readonly isGood: boolean };

export type VerifyReport = {
  readonly verdict: Verdict;
  /** The verdict if the shop key were trusted: everything but E_ENROL_ISSUER. */
  readonly verdictBesideIssuer: Verdict;
  readonly findings: readonly Finding[];
  readonly signer: Signer;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly records: readonly RecordLine[];
  readonly attachments: number;
  readonly head: string | undefined;
  readonly root: string | undefined;
  readonly refunds: readonly RefundStanding[];
  readonly balances: readonly SaleBalance[];
  /** Real refunds by currency: how many, how much, minor units. */
  readonly totals: readonly {
    readonly cur: string;
    readonly count: number;
    readonly sum: number;
  }[];
  /** Last record that something outside the device bears out; what follows it could have been cut. */
  readonly pinnedTo: number | undefined;
  readonly foreignPins: number;
  readonly chain: VerifiedChain | undefined;
};

/** What a person reads of a report; of a hundred thousand records the rest would be too much to hand on. */
export type ToldReport = Omit<VerifyReport, "chain" | "refunds" | "balances">;

const signerOf = ({ ring }: Trust, device: string): Signer => {
  const key = ring.get(device);
  if (key === undefined) return { kind: "none" };
  return {
    kind: key.isPinned ? "pinned" : "unknown",
    kid: key.kid,
    fingerprint: fingerprint(key.kid),
    label: key.certificate?.label,
    issuer: key.issuer,
    issuerFingerprint: key.issuer === undefined ? undefined : fingerprint(key.issuer),
  };
};

const refundsOf = (state: State): readonly RefundStanding[] =>
  [...state.attempts.values()].map(({ fact, money, approval, goods }) => ({
    seq: fact.seq,
    no: fact.core.no,
    amt: fact.core.amt,
    cur: fact.core.cur,
    money,
    approval,
    goods,
    training: fact.training,
  }));

const balancesOf = (state: State): readonly SaleBalance[] =>
  [...state.sales.values()].map(({ key, latest, group }) => {
    const balance = balanceOf(group);
    const { paid, ext: external, reserved } = balance;
    return { sale: key, cur: latest.cur, paid, external, reserved, remaining: left(balance) };
  });

const chainOf = (
  chain: Chain,
  root: Hash | undefined,
  verdict: Verdict,
): VerifiedChain | undefined => {
  const { last, device, omit, records } = chain;
  if (verdict === "invalid" || last === undefined || root === undefined || !chain.keepsRecords)
    return undefined;
  const from = records[0]?.seq ?? last.seq;
  const checked: Checked = { device, from, to: last.seq, omit, head: last.hash, root, records };
  return checked as VerifiedChain;
};

const severities = ["error", "finding", "warning"];

const rankOf = ({ code }: Finding): number => severities.indexOf(severityOf(code));

type Lines = ReadonlyMap<number | undefined, number>;

/** The lines of the records that findings name without one. */
const linesFor = (chain: Chain, found: readonly Finding[]): Lines => {
  const named = new Set(found.flatMap(({ line, seq }) => (line === undefined ? [seq] : [])));
  const marks = named.size === 0 ? [] : chain.marks.filter(({ seq }) => named.has(seq));
  return new Map(marks.map(({ seq, line }) => [seq, line]));
};

const placeAt = ({ code, seq, line }: Finding, lines: Lines): Finding => {
  const known = line ?? lines.get(seq);
  return { code, ...given("line", known), ...given("seq", seq) };
};

/** Worst first, then in the order of the chain; a finding about a record learns its line. */
const inOrder = (chain: Chain, found: readonly Finding[]): readonly Finding[] => {
  const lines = linesFor(chain, found);
  const placed = found.map((finding) => placeAt(finding, lines));
  return placed.sort(
    (one, other) =>
      rankOf(one) - rankOf(other) ||
      (one.seq ?? -1) - (other.seq ?? -1) ||
      (one.line ?? 0) - (other.line ?? 0),
  );
};

const recordLines = (chain: Chain, findings: readonly Finding[]): readonly RecordLine[] => {
  const errors = findings.filter(({ code }) => severityOf(code) === "error");
  const bad = new Set(errors.map(({ seq }) => seq));
  const badLines = new Set(errors.map(({ line }) => line));
  return chain.marks.map(({ seq, line, kind }) => {
    const isGood = kind !== undefined && !bad.has(seq) && !badLines.has(line);
    return { seq, line, kind, isGood };
  });
};

/** Puts everything found into one report. */
export const writeReport = (
  chain: Chain,
  trust: Trust,
  end: EndResult & { readonly attachments: number },
  found: readonly Finding[],
): VerifyReport => {
  const findings = inOrder(chain, found);
  const verdict = verdictOf(findings);
  const [first] = chain.marks;
  return {
    verdict,
    verdictBesideIssuer: verdictOf(findings.filter(({ code }) => code !== "E_ENROL_ISSUER")),
    findings,
    signer: signerOf(trust, chain.device),
    from: first?.seq,
    to: chain.last?.seq,
    records: recordLines(chain, findings),
    attachments: end.attachments,
    head: chain.last?.hash,
    root: end.root,
    refunds: refundsOf(chain.state),
    balances: balancesOf(chain.state),
    totals: [...chain.totals].map(([cur, { count, sum }]) => ({ cur, count, sum })),
    pinnedTo: end.pinnedTo,
    foreignPins: end.foreignPins,
    chain: chainOf(chain, end.root, verdict),
  };
};
