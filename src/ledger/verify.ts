import type { Hash } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { encodeBase64url } from "./base64url.ts";
import {
  limits,
  lineOrder,
  parseLine,
  readLines,
  type FileLine,
  type LineOf,
  type LineType,
  type RawLine,
} from "./parse-refundlog.ts";
import { readKey } from "./trust-ring.ts";
import { checkAbsences, checkAttachments, takeAttachmentLine } from "./verify-attachments.ts";
import { takeRecord, type Chain } from "./verify-chain.ts";
import { checkEnd, type EndResult } from "./verify-end.ts";
import { openRecord, type DeviceKey } from "./verify-record.ts";
import { writeReport, type VerifyReport } from "./verify-report.ts";
import {
  chainOf,
  deviceOf,
  newSession,
  report,
  type Pending,
  type Session,
  type VerifyInput,
} from "./verify-session.ts";

const inFlight = 64;
const beat = 200;

const takeOpened = async (session: Session, { line, opened }: Pending): Promise<void> => {
  const record = await opened;
  const chain = await chainOf(session);
  session.line = line;
  if (record === undefined) report(session, "E_INTERNAL", { line });
  else await takeRecord(chain, record, line).catch(() => report(session, "E_INTERNAL", { line }));
  session.line = 0;
};

const drain = async (session: Session, until: number): Promise<void> => {
  while (session.queue.length > until) {
    const next = session.queue.shift();
    if (next !== undefined) await takeOpened(session, next);
  }
};

const keyOf = (session: Session): DeviceKey => {
  session.key ??= { device: deviceOf(session), ring: session.ring };
  return session.key;
};

const takeRecordLine = async (session: Session, line: LineOf<"rec">, at: number): Promise<void> => {
  await chainOf(session);
  const { verify } = session.input;
  const opened = openRecord(line, keyOf(session), verify).catch(() => undefined);
  session.queue.push({ line: at, opened });
  await drain(session, inFlight - 1);
};

const takeKeyLine = async (session: Session, line: LineOf<"key">, at: number): Promise<void> => {
  const { key, faults } = await readKey(line, session.input.roots, session.input.verify);
  for (const code of faults) report(session, code, { line: at });
  if (key === undefined) return;
  if (session.ring.has(key.kid)) report(session, "E_LINE_TYPE", { line: at });
  else session.ring.set(key.kid, key);
};

const takeAttachment = async (session: Session, line: LineOf<"att">, at: number): Promise<void> => {
  session.attachments++;
  const chain = await chainOf(session);
  for (const code of takeAttachmentLine(chain, session.carried, line))
    report(session, code, { line: at });
};

const once: ReadonlySet<LineType> = new Set(["head", "end"]);

const checkOrder = (session: Session, type: LineType, at: number): void => {
  const place = lineOrder.indexOf(type);
  const isFirst = session.order < 0 && type !== "head";
  const isRepeated = place === session.order && once.has(type);
  if (isFirst || isRepeated || place < session.order) report(session, "E_LINE_TYPE", { line: at });
  session.order = Math.max(session.order, place);
};

const takeLine = async (session: Session, line: FileLine, at: number): Promise<void> => {
  checkOrder(session, line.t, at);
  if (line.t === "head") {
    session.head ??= line;
    return;
  }
  if (line.t === "key") return await takeKeyLine(session, line, at);
  if (line.t === "rec") return await takeRecordLine(session, line, at);
  await drain(session, 0);
  if (line.t === "att") return await takeAttachment(session, line, at);
  session.tail.push({ t: line.t, j: line.j, line: at });
};

/** Everything before the last line is covered by its digest, so a line is counted when the next one comes. */
const count = (session: Session, raw: RawLine): void => {
  const { held } = session;
  if (held?.bytes !== undefined) {
    session.digest.update(held.bytes);
    session.bytes += held.bytes.length;
  }
  session.held = raw;
};

const takeRaw = async (session: Session, raw: RawLine): Promise<void> => {
  count(session, raw);
  if (!raw.isTerminated) report(session, "E_FILE_TRUNCATED", { line: raw.number });
  const reading = parseLine(raw);
  if (reading.ok) await takeLine(session, reading.line, raw.number);
  else report(session, reading.code, { line: raw.number });
};

const tellProgress = ({ input, bytes, chain }: Session): void =>
  input.onProgress?.({ bytes, records: chain?.marks.length ?? 0 });

type Cancelled = { readonly kind: "cancelled" };

const readAll = async (session: Session): Promise<Result<undefined, Cancelled>> => {
  for await (const raw of readLines(session.input.source)) {
    if (raw.number % beat === 0) {
      if ((await session.input.isCancelled?.()) === true) return fail({ kind: "cancelled" });
      tellProgress(session);
    }
    if (raw.number > limits.lines || session.bytes > limits.fileBytes) {
      report(session, "E_LIMIT", { line: raw.number });
      break;
    }
    await takeRaw(session, raw);
  }
  await drain(session, 0);
  return ok(undefined);
};

/** What the importer already knows must not be forked, and a file that ends earlier brings nothing. */
const checkBase = (session: Session, chain: Chain): void => {
  const { base } = session.input;
  if (base === undefined || base.device !== chain.device) return;
  for (const { seq, hash } of base.records) {
    const known = chain.hashes.get(seq);
    if (known !== undefined && known !== hash) report(session, "E_FORK", { seq });
  }
  if (chain.last !== undefined && base.to > chain.last.seq) report(session, "E_EXPORT_STALE");
};

const finish = async (session: Session): Promise<EndResult> => {
  const chain = await chainOf(session);
  if (session.tail.at(-1)?.t !== "end" || session.order < lineOrder.indexOf("end"))
    report(session, "E_FILE_TRUNCATED");
  if (chain.marks.length === 0) report(session, "E_COUNT");
  checkBase(session, chain);
  checkAbsences(chain);
  checkAttachments(chain, session.carried);
  return await checkEnd({
    chain,
    trust: session.trust,
    head: session.head,
    tail: session.tail,
    pins: session.input.pins ?? [],
    revoked: session.input.revoked ?? [],
    counted: {
      bytes: session.bytes,
      sha256: encodeBase64url(session.digest.finish()) as Hash,
      attachments: session.attachments,
    },
    report: (code, at) => report(session, code, at),
  });
};

const nothing: EndResult = { root: undefined, pinnedTo: undefined, foreignPins: 0 };

const judge = async (session: Session): Promise<Result<EndResult, Cancelled>> => {
  try {
    const read = await readAll(session);
    return read.ok ? ok(await finish(session)) : read;
  } catch {
    report(session, "E_INTERNAL");
    return ok(nothing);
  }
};

/**
 * The whole procedure of refundlog.md §17 over one file, line by line, with every finding and never only the first.
 * Does not throw on any input: what nobody foresaw is E_INTERNAL.
 */
export const verifyRefundlog = async (
  input: VerifyInput,
): Promise<Result<VerifyReport, Cancelled>> => {
  const session = newSession(input);
  const end = await judge(session);
  if (!end.ok) return end;
  const chain = await chainOf(session);
  tellProgress(session);
  const { attachments, trust, findings } = session;
  return ok(writeReport(chain, trust, { ...end.value, attachments }, [...findings.values()]));
};
