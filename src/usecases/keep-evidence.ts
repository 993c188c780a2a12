import type { EvidenceKind, Prepared } from "../domain/evidence.ts";
import type { Hash } from "../domain/ids.ts";
import type { EvidenceFile } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { hashBytes } from "../ledger/base64url.ts";
import { findAttachment, saveAttachment } from "../storage/save-attachment.ts";
import { withReopening, type StorageFault } from "../storage/storage-fault.ts";
import type { Deps } from "./deps.ts";

type Kept = Pick<Deps, "journal">;

export type KeepEvidenceFault =
  | Exclude<StorageFault, { readonly kind: "quota" }>
  /** No room for this file; a record needs far less, so that the refund goes on without it (F9). */
  | { readonly kind: "photo_not_kept" };

/**
 * Keeps the bytes of a file under their hash and gives what a record says of it; the same bytes are kept once. The
 * worker that prepared the file hashed it: over five megabytes that would hold up the page.
 */
export const keepEvidence = async (
  { journal: { db } }: Kept,
  { bytes, sha256, type }: Prepared,
  kind: EvidenceKind,
): Promise<Result<EvidenceFile, KeepEvidenceFault>> => {
  const file: EvidenceFile = { kind, sha256, size: bytes.length, type };
  const saved = await withReopening<EvidenceFile, never>(db, async () => {
    await saveAttachment(db, sha256, bytes);
    return ok(file);
  });
  if (saved.ok) return saved;
  const { fault } = saved;
  return fail(fault.kind === "quota" ? { kind: "photo_not_kept" } : fault);
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
