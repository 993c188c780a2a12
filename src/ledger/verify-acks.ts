import { hashText } from "./base64url.ts";
import { acknowledgement, statusList, type Acknowledgement, type StatusList } from "./tokens.ts";
import { linesOf, type End } from "./verify-tail.ts";
import { openToken, type OpenedToken } from "./verify-tokens.ts";

/** An acknowledgement whose signature and role are right. */
export type Ack = OpenedToken<Acknowledgement> & { readonly line: number; readonly token: string };

const readAcks = async (end: End): Promise<readonly Ack[]> => {
  const acks: Ack[] = [];
  for (const { j, line } of linesOf(end, "ack")) {
    const read = await openToken(end.trust, j, "refund-ack+jwt", acknowledgement);
    if (typeof read === "string") end.report(read === "E_SCHEMA" ? "E_ACK" : read, { line });
    else if (read.role !== "office" && read.role !== "root") end.report("E_KEY_ROLE", { line });
    else acks.push({ ...read, line, token: j });
  }
  return acks;
};

/** An ack needs its record, says what the chain says, and its status list is here (refundlog.md §14). */
const checkAck = (
  end: End,
  { claims, kid, token, line }: Ack,
  statuses: ReadonlySet<string>,
): void => {
  const { chain } = end;
  const digest = hashText(token);
  const record = chain.acks.find(({ core }) => core.ah === digest);
  const known = chain.hashes.get(claims.seq);
  const unlike =
    record === undefined ||
    (record.core.by as string) !== kid ||
    record.core.s !== claims.seq ||
    (record.core.h as string) !== claims.head;
  const contradicts =
    (claims.dev as string) !== chain.device ||
    (known !== undefined && (known as string) !== claims.head);
  const lacksStatus = claims.status !== undefined && !statuses.has(claims.status);
  if (unlike || contradicts || lacksStatus) end.report("E_ACK", { line });
};

const checkAckRecords = (end: End): void => {
  const carried = new Set(linesOf(end, "ack").map(({ j }) => hashText(j)));
  for (const { core, seq } of end.chain.acks)
    if (seq >= end.chain.state.from && !carried.has(core.ah)) end.report("E_ACK", { seq });
};

const slack = 300;

/** Records an ack covers were made before it, records after its own record after it. */
const checkBrackets = (end: End, acks: readonly Ack[]): void => {
  const { chain } = end;
  const recorded = new Map(chain.acks.map(({ core, seq }) => [core.ah as string, seq]));
  const brackets = acks.map(({ claims, token }) => ({
    to: claims.seq,
    since: recorded.get(hashText(token)) ?? Number.MAX_SAFE_INTEGER,
    iat: claims.iat,
  }));
  for (const { seq, iat } of chain.times) {
    const isOutside = brackets.some(
      (ack) =>
        (seq <= ack.to && iat > ack.iat + slack) || (seq > ack.since && iat < ack.iat - slack),
    );
    if (isOutside) end.report("W_OUTSIDE_BRACKET", { seq });
  }
};

const maxUnacked = { records: 500, seconds: 30 * 86_400 };

const checkUnacked = (end: End, latest: Ack | undefined): void => {
  const last = end.chain.times.at(-1);
  if (latest === undefined || last === undefined) return;
  const records = last.seq - latest.claims.seq;
  const seconds = last.iat - latest.claims.iat;
  if (records > maxUnacked.records || seconds > maxUnacked.seconds)
    end.report("W_UNACKED_OVER_LIMIT", {});
};

const readStatuses = async (end: End) => {
  const lists: { readonly claims: StatusList; readonly line: number }[] = [];
  for (const { j, line } of linesOf(end, "status")) {
    const read = await openToken(end.trust, j, "refund-status+jwt", statusList);
    if (typeof read === "string") end.report(read, { line });
    else if (read.role !== "office" && read.role !== "root") end.report("E_KEY_ROLE", { line });
    else lists.push({ claims: read.claims, line });
  }
  return lists.flatMap(({ claims, line }) => claims.list.map((entry) => ({ entry, at: { line } })));
};

/** A key is cut by sequence: what it signed later does not count (refundlog.md §8). */
const checkRevocations = async (end: End, acked: number): Promise<void> => {
  const { chain } = end;
  const known = end.revoked.map((entry) => ({ entry, at: {} }));
  for (const { entry, at } of [...(await readStatuses(end)), ...known]) {
    if ((entry.kid as string) === chain.device) {
      for (const { seq, line } of chain.marks)
        if (seq > entry.seq) end.report("E_KEY_REVOKED", { seq, line });
      const hash = chain.hashes.get(entry.seq);
      if (hash !== undefined && (hash as string) !== entry.h)
        end.report("E_FORK", { seq: entry.seq, ...at });
      continue;
    }
    for (const { kid, seq } of chain.state.approvals)
      if (kid === (entry.kid as string) && seq > acked) end.report("E_KEY_REVOKED", { seq });
  }
};

const newest = (acks: readonly Ack[]): Ack | undefined =>
  acks.reduce<Ack | undefined>(
    (best, ack) => (best === undefined || ack.claims.seq > best.claims.seq ? ack : best),
    undefined,
  );

/** Acknowledgements, status lists and what they say of the chain (refundlog.md §8, §14). */
export const checkAcks = async (end: End): Promise<readonly Ack[]> => {
  const acks = await readAcks(end);
  const statuses = new Set<string>(linesOf(end, "status").map(({ j }) => hashText(j)));
  for (const ack of acks) checkAck(end, ack, statuses);
  checkAckRecords(end);
  checkBrackets(end, acks);
  const latest = newest(acks);
  checkUnacked(end, latest);
  await checkRevocations(end, latest?.claims.seq ?? -1);
  return acks;
};
