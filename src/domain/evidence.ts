import type { EvidenceFile } from "./journal-event.ts";
import type { Hash } from "./ids.ts";
import type { PhotoQuality } from "./photo-quality.ts";
import type { SeenIdentity } from "./refund/draft.ts";
import { fail, ok, type Result } from "./result.ts";

/** Pictures that are read; every one is kept as a JPEG of our own making. */
export type PictureType = "image/jpeg" | "image/png" | "image/gif" | "image/webp" | "image/bmp";

/** Files that are kept as they are. */
export type FileType =
  | "text/plain"
  | "message/rfc822"
  | "application/pdf"
  | "audio/wav"
  | "audio/mpeg"
  | "audio/mp4"
  | "audio/ogg"
  | "audio/webm";

/** A photo that is ready to be kept: small enough, upright, without a trace of where and by what it was taken. */
export type PreparedPhoto = {
  readonly kind: "photo";
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: Hash;
  readonly type: "image/jpeg";
  readonly width: number;
  readonly height: number;
  readonly quality: PhotoQuality;
  /** What it was before. */
  readonly source: PictureType;
};

/** Another file that is ready to be kept; its type was read from its bytes, whatever its name says. */
export type PreparedFile = {
  readonly kind: "file";
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: Hash;
  readonly type: FileType;
};

export type Prepared = PreparedPhoto | PreparedFile;

/** Why a file cannot be kept; each has another way out. */
export type PrepareFault =
  | {
      readonly kind: "photo_too_large";
      readonly megabytes: number;
      readonly megapixels: number;
    }
  | { readonly kind: "evidence_too_large"; readonly megabytes: number }
  | {
      readonly kind:
        | "photo_heic"
        | "photo_svg"
        | "photo_unreadable"
        | "photo_blank"
        | "photo_failed"
        | "file_type_unknown"
        | "file_unreadable"
        | "aborted";
    };

/** Limits of what is read (reliability.md I1, refundlog.md E_LIMIT) and of how many items one record carries. */
export const evidenceLimits = {
  photoBytes: 25 * 1024 * 1024,
  photoPixels: 50_000_000,
  fileBytes: 5 * 1024 * 1024,
  files: 6,
} as const;

/** A part of a picture, all of it in shares of its width and height from the top left. */
export type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Room that photos leave free for records (reliability.md S11). */
const reserveBytes = 10 * 1024 * 1024;

/** Whether a file may still be kept; where the browser tells nothing it is tried. */
export const hasRoom = (
  bytes: number,
  { used, quota }: { readonly used?: number; readonly quota?: number },
): boolean => used === undefined || quota === undefined || used + bytes + reserveBytes <= quota;

/** What a file can be used as, in the order of the list; a picture of an identity paper is not among them (R33). */
export const evidenceKinds = [
  "voucher",
  "slip",
  "photo",
  "chat",
  "email",
  "audio",
  "screenshot",
  "form",
  "other",
] as const satisfies readonly EvidenceFile["kind"][];

export type EvidenceKind = (typeof evidenceKinds)[number];

const kindOfFile = (type: FileType): EvidenceKind => {
  if (type === "text/plain") return "chat";
  if (type === "message/rfc822") return "email";
  return type === "application/pdf" ? "form" : "audio";
};

/** What a file most likely is; never a proof of payment, which a person has to say (X26). */
export const likelyKind = (prepared: Prepared): EvidenceKind => {
  if (prepared.kind === "file") return kindOfFile(prepared.type);
  return prepared.source === "image/png" ? "screenshot" : "photo";
};

/** The list with this file at its end, or in the place of the same bytes. */
export const withFile = (
  files: readonly EvidenceFile[],
  file: EvidenceFile,
): readonly EvidenceFile[] =>
  files.some(({ sha256 }) => sha256 === file.sha256)
    ? files.map((known) => (known.sha256 === file.sha256 ? file : known))
    : [...files, file];

export const withoutFile = (files: readonly EvidenceFile[], gone: Hash): readonly EvidenceFile[] =>
  files.filter(({ sha256 }) => sha256 !== gone);

/** Papers that a customer is known by. */
export const identityPapers = ["id_card", "passport", "driver", "other"] as const;

/** A paper that was seen; four characters of it are kept and never more (R33). */
export const parseIdentity = (
  paper: string,
  typed: string,
): Result<SeenIdentity, { readonly kind: "last4_characters" }> => {
  const known = identityPapers.find((one) => one === paper) ?? "other";
  const last4 = typed.normalize("NFKC").trim();
  return /^[0-9A-Za-z]{4}$/.test(last4)
    ? ok({ paper: known, last4 })
    : fail({ kind: "last4_characters" });
};
