import { fail, ok, type Result } from "../domain/result.ts";
import { knownHead, parseKnownHeads, writeKnownHeads } from "../ledger/known-heads.ts";
import { appendLeaf, emptyEdge, leafHash } from "../ledger/merkle.ts";
import { longestMessage } from "../ledger/ur/read-ur.ts";
import { writeUr, type UrParts } from "../ledger/ur/write-ur.ts";
import { findRecord, recordsFrom } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import {
  prepareLedgerFile,
  type ChainBase,
  type ExportJob,
  type ExportLedgerFault,
} from "./export-ledger.ts";
import { rootStart } from "./own-root.ts";

/** Records as codes that another phone films: the parts, shown one after another until that phone has enough. */
export type Transfer = {
  readonly parts: UrParts;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
};

export type TransferFault =
  | ExportLedgerFault
  | { readonly kind: "heads_unreadable" | "heads_of_other_shop" }
  | { readonly kind: "nothing_to_send" }
  /** It would take minutes: a file is the better way. */
  | { readonly kind: "transfer_too_large" };

export type TransferJob = Pick<ExportJob, "onProgress" | "signal"> & {
  /** The code of the other phone, which tells what it has; without it everything is sent. */
  readonly have: string | undefined;
  readonly gzip: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
};

/** Bytes of one part: its code is of version 18 at low correction, which a phone reads off another within a hand's span. */
export const longestPart = 480;

/** What this phone has of every chain of its shop, as one code. */
export const writeOwnHeads = async (deps: Deps): Promise<string> => {
  const { db } = deps.journal;
  const heads = await db.heads.toArray();
  return writeKnownHeads({ root: await rootStart(deps), heads: heads.map(knownHead) });
};

/** The tree up to that record, made again from the records: only the newest one is kept. */
const baseAt = async ({ journal, device }: Deps, seq: number): Promise<ChainBase> => {
  let edge = emptyEdge;
  for await (const chunk of recordsFrom(journal.db, device, 0, seq))
    for (const record of chunk) edge = appendLeaf(edge, leafHash(record.jwt));
  return { seq, edge };
};

/** A head that is not on this chain says nothing: then everything is sent, and the other phone finds the fork. */
const scopeFor = async (
  deps: Deps,
  have: string,
): Promise<Result<ChainBase | "all", TransferFault>> => {
  const known = parseKnownHeads(have);
  if (!known.ok) return known;
  if (known.value.root !== (await rootStart(deps))) return fail({ kind: "heads_of_other_shop" });
  const { db } = deps.journal;
  const head = known.value.heads.find(({ device }) => device === deps.device);
  const record = head && (await findRecord(db, { device: deps.device, seq: head.seq }));
  if (head === undefined || record?.hash.startsWith(head.start) !== true) return ok("all");
  const own = await db.heads.get(deps.device);
  return own?.seq === head.seq
    ? fail({ kind: "nothing_to_send" })
    : ok(await baseAt(deps, head.seq));
};

/** Signs a package of this phone's records, whole or after what the other phone has, and cuts it into codes. */
export const prepareTransfer = async (
  deps: Deps,
  { have, gzip, ...job }: TransferJob,
): Promise<Result<Transfer, TransferFault>> => {
  const scope = have === undefined ? ok("all" as const) : await scopeFor(deps, have);
  if (!scope.ok) return scope;
  const made = await prepareLedgerFile(deps, { ...job, scope: scope.value });
  if (!made.ok) return made;
  const { file, from, to } = made.value;
  const packed = await gzip(file.bytes);
  if (packed.length > longestMessage - 8) return fail({ kind: "transfer_too_large" });
  return ok({ parts: writeUr(packed, longestPart), from, to, bytes: packed.length });
};
