import { fail, ok, type Result } from "../domain/result.ts";
import { encodeBase64url } from "../ledger/base64url.ts";
import { appendLeaf, emptyEdge, leafHash, type TreeEdge } from "../ledger/merkle.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { writeRefundlog, type ExportPlan } from "../ledger/write-refundlog.ts";
import { findHandedOut, saveHandedOut, type HandedOut } from "../storage/handed-out.ts";
import { recordsFrom } from "../storage/queries.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { findAttachment } from "../storage/save-attachment.ts";
import { carriedKeys } from "./carried-keys.ts";
import { carriedTokens } from "./carried-tokens.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { fileName } from "./file-name.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

/** The chain up to a record that somebody has, and its tree. */
export type ChainBase = { readonly seq: number; readonly edge: TreeEdge };

/** `new` begins where the last file that left ended, `all` at the first record, else after what somebody has. */
export type LedgerScope = "new" | "all" | ChainBase;

export type ExportJob = {
  readonly scope: LedgerScope;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
};

export type LedgerFile = {
  readonly file: OutFile;
  readonly from: number;
  readonly to: number;
  readonly handedOut: HandedOut;
};

export type ExportLedgerFault =
  | LockedFault
  | NotEntitled
  | RecordFault
  | { readonly kind: "cancelled" };

const atOnce = 25;

/** Records one after another with the page given a chance to draw between them. */
async function* records(
  deps: Deps,
  job: ExportJob,
  range: { readonly from: number; readonly to: number },
): AsyncGenerator<SignedRecord> {
  for await (const chunk of recordsFrom(deps.journal.db, deps.device, range.from, range.to)) {
    for (const record of chunk) {
      if (job.signal.aborted) return;
      if (record.seq % atOnce === 0) await deps.pause();
      yield record;
    }
    job.onProgress((chunk.at(-1)?.seq ?? range.from) - range.from + 1, range.to - range.from + 1);
  }
}

/** The lines of a file in one piece. */
export const collect = async (
  lines: AsyncIterable<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: Uint8Array[] = [];
  for await (const line of lines) parts.push(line);
  const whole = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Everything that a file of a chain up to a head holds, from its beginning or behind what somebody has. */
export const planFile = async (
  deps: Deps,
  job: ExportJob,
  {
    head,
    before,
  }: {
    readonly head: Pick<HandedOut, "seq" | "exportId">;
    readonly before: ChainBase | undefined;
  },
): Promise<ExportPlan> => {
  const from = before === undefined ? 0 : before.seq + 1;
  const carried = await carriedTokens(deps, { from, to: head.seq });
  return {
    created: Math.floor(deps.now() / 1000),
    device: deps.device,
    from,
    to: head.seq,
    xid: head.exportId,
    omit: [],
    keys: carriedKeys(deps, carried),
    records: records(deps, job, { from, to: head.seq }),
    edge: before?.edge ?? emptyEdge,
    tokens: carried.tokens,
    findAttachment: (sha256) => findAttachment(deps.journal.db, sha256),
  };
};

/** Writes the export record; the answer is where the chain stands with it, whatever another window adds after. */
const recordExport = async (
  deps: Deps,
  exportId: string,
): Promise<Result<HandedOut, RecordFault>> => {
  let edge = emptyEdge;
  const saved = await recordEvents<never>(deps, async ({ head }) => {
    edge = head?.edge ?? emptyEdge;
    return planOf({ kind: "export", exportId });
  });
  if (!saved.ok) return saved;
  const [record] = saved.value.records;
  if (record === undefined) throw new Error("a saved plan has a record");
  const { seq, hash, jwt } = record;
  return ok({ exportId, seq, hash, edge: appendLeaf(edge, leafHash(jwt)) });
};

const baseOf = async (deps: Deps, scope: LedgerScope): Promise<ChainBase | undefined> => {
  if (scope === "all") return undefined;
  return scope === "new" ? findHandedOut(deps.journal.db) : scope;
};

/** Appends the export record and writes a signed file up to it, of everything or as `choose` says. */
export const prepareFile = async (
  deps: Deps,
  job: ExportJob,
  choose: (plan: ExportPlan) => { readonly plan: ExportPlan; readonly what: string },
): Promise<Result<LedgerFile, ExportLedgerFault>> => {
  const staff = whoMay(deps, "audit_export");
  if (!staff.ok) return staff;
  const recorded = await recordExport(deps, encodeBase64url(deps.random(16)));
  if (!recorded.ok) return recorded;
  const handedOut = recorded.value;
  const before = await baseOf(deps, job.scope);
  const { plan, what } = choose(await planFile(deps, job, { head: handedOut, before }));
  const lines = writeRefundlog(plan, { kid: deps.device, sign: deps.sign });
  const bytes = await collect(lines).catch((error: unknown) => {
    if (job.signal.aborted) return undefined;
    throw error;
  });
  if (bytes === undefined || job.signal.aborted) return fail({ kind: "cancelled" });
  const file = {
    name: fileName(deps, what, "refundlog"),
    type: "application/vnd.refundlog",
    bytes,
  };
  return ok({ file, from: plan.from, to: plan.to, handedOut });
};

/** The journal as a signed file; nothing is handed out yet. */
export const prepareLedgerFile = (
  deps: Deps,
  job: ExportJob,
): Promise<Result<LedgerFile, ExportLedgerFault>> =>
  prepareFile(deps, job, (plan) => ({ plan, what: "journal" }));

/** The file was shared or saved: the next one begins after it. */
export const ledgerHandedOut = (deps: Deps, { handedOut }: LedgerFile): Promise<void> =>
  saveHandedOut(deps.journal.db, handedOut);
