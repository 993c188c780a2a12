import type { EvidenceKind, Prepared } from "../domain/evidence.ts";
import type { Hash } from "../domain/ids.ts";
import { addSeconds, instantFromMs } from "../domain/instant.ts";
import type { EvidenceFile } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { hashBytes } from "../ledger/base64url.ts";
import {
  dropUnused,
  findAttachment,
  saveDraftAttachment,
  unusedSince,
} from "../storage/save-attachment.ts";
import { withReopening, type StorageFault } from "../storage/storage-fault.ts";
import type { Deps } from "./deps.ts";

type Kept = Pick<Deps, "journal" | "now">;

export type KeepEvidenceFault =
  | Exclude<StorageFault, { readonly kind: "quota" }>
  /** No room for this file; a record needs far less, so that the refund goes on without it (F9). */
  | { readonly kind: "photo_not_kept" };

/**
 * Keeps the bytes of a file under their hash and gives what a record says of it; the same bytes are kept once. The
 * worker that prepared the file hashed it: over five megabytes that would hold up the page.
 */
export const keepEvidence = async (
  { journal: { db }, now }: Kept,
  { bytes, sha256, type }: Prepared,
  kind: EvidenceKind,
): Promise<Result<EvidenceFile, KeepEvidenceFault>> => {
  const file: EvidenceFile = { kind, sha256, size: bytes.length, type };
  const saved = await withReopening<EvidenceFile, never>(db, async () => {
    await saveDraftAttachment(db, { sha256, bytes, since: instantFromMs(now()) });
    return ok(file);
  });
  if (saved.ok) return saved;
  const { fault } = saved;
  return fail(fault.kind === "quota" ? { kind: "photo_not_kept" } : fault);
};

/** Forgets a file that was taken out of a draft; one that a record names stays. */
export const forgetEvidence = (
  { journal: { db } }: Pick<Deps, "journal">,
  sha256: Hash,
): Promise<void> => dropUnused(db, sha256);

/** A draft is offered again for as long; what lies longer and was never recorded is nobody's. */
const longestDraftSeconds = 30 * 86_400;

/** Forgets the files of drafts that were given up long ago. */
export const forgetOldEvidence = async ({ journal: { db }, now }: Kept): Promise<void> => {
  const before = addSeconds(instantFromMs(now()), -longestDraftSeconds);
  for (const sha256 of await unusedSince(db, before)) await dropUnused(db, sha256);
};

export type FindEvidenceFault =
  | StorageFault
  | { readonly kind: "attachment_gone" | "attachment_damaged" };

/** The bytes of a file that a record names; others than those it was recorded with are not shown (F22). */
export const findEvidence = async (
  { journal: { db } }: Kept,
  sha256: Hash,
): Promise<Result<Uint8Array<ArrayBuffer>, FindEvidenceFault>> =>
  withReopening<Uint8Array<ArrayBuffer>, FindEvidenceFault>(db, async () => {
    const bytes = await findAttachment(db, sha256);
    if (bytes === undefined) return fail({ kind: "attachment_gone" });
    return hashBytes(bytes) === sha256 ? ok(bytes) : fail({ kind: "attachment_damaged" });
  });
