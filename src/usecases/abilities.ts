import type { Area, Prepared, PreparedPhoto, PrepareFault } from "../domain/evidence.ts";
import type { PaperState, Picture, PrinterFault, PrinterWay } from "../domain/escpos.ts";
import type { Result } from "../domain/result.ts";
import type { BackupCrypto } from "./backup-crypto.ts";
import type { Delivery, OutFile } from "./deps.ts";
import type { ReadStatementFile } from "./import-statement.ts";
import type { Compare } from "./read-reconciliation.ts";
import type { ReadResultFile } from "./review-results.ts";
import type { SendUpload } from "./send-uploads.ts";
import type { VerifyFile } from "./verify-file.ts";

/** A code that a camera or a picture showed, with its place in the frame (0…1) where the decoder tells it. */
export type SeenCode = {
  readonly text: string;
  readonly format: "qr" | "data_matrix" | "code_128" | "ean_13" | "ean_8" | "itf" | "other";
  readonly corners?: readonly { readonly x: number; readonly y: number }[];
};

/** Codes that were seen together; the picture of them where one has to be chosen. */
export type SeenCodes = {
  readonly codes: readonly SeenCode[];
  readonly picture?: ImageBitmap | HTMLCanvasElement;
};

/** Why the camera cannot be used; every one has its own sentence and another way. */
export type CameraFault = {
  readonly kind:
    | "camera_not_allowed"
    | "camera_not_found"
    | "camera_in_use"
    | "camera_hung"
    | "camera_insecure"
    | "camera_in_app_browser"
    | "camera_decoder_failed"
    | "camera_unknown";
};

/** An open camera; only what it reports is offered. */
export type OpenCamera = {
  readonly torch?: (on: boolean) => Promise<void>;
  readonly zooms?: readonly number[];
  readonly zoom?: (factor: number) => Promise<void>;
  readonly switchCamera?: () => Promise<void>;
  readonly stop: () => void;
};

/** What an open camera tells. */
export type HeardFromCamera = {
  readonly onCodes: (codes: readonly SeenCode[]) => void;
  /** The picture has been black for a while, or is no longer. */
  readonly onDark: (dark: boolean) => void;
  /** It was pulled out or taken away, or what reads its picture broke. */
  readonly onFault: (fault: CameraFault) => void;
};

/**
 * The camera as a scan screen uses it: it shows in the video element, confirmed reads come as lists. A `film` is a row of
 * large QR codes on another phone's screen.
 */
export type OpenScanner = (
  video: HTMLVideoElement,
  heard: HeardFromCamera,
  kind?: "live" | "film",
) => Promise<Result<OpenCamera, CameraFault>>;

export type PictureFault = {
  readonly kind: "picture_too_large" | "picture_unreadable" | "no_code_in_picture";
};

/** Prints a picture on a printer of the person's choice; what the paper sensor said, where the printer has told. */
export type PrintReceipt = (
  way: PrinterWay,
  picture: Picture,
  onProgress: (done: number, of: number) => void,
) => Promise<Result<{ readonly paper: PaperState | undefined }, PrinterFault>>;

/** Abilities of the browser that screens ask for; built in main.tsx from platform/. */
export type Abilities = {
  readonly openScanner: OpenScanner;
  readonly decodePicture: (file: Blob) => Promise<Result<SeenCodes, PictureFault>>;
  /** Share sheet first, else a saved file. */
  readonly deliver: (file: OutFile, title: string) => Promise<Delivery>;
  /** To a file on this device, without the share sheet. */
  readonly save: (file: OutFile) => Promise<Delivery>;
  /** Into a folder that a person chose, read back from there; undefined where the browser has no folders. */
  readonly keepInFolder: ((file: OutFile) => Promise<Delivery>) | undefined;
  readonly copyText: (text: string) => Promise<boolean>;
  /** Beep and vibration; text is always shown besides. */
  readonly signal: (kind: "found" | "refused") => void;
  readonly print: (paper: "slip_58" | "slip_80" | "a4" | "a6") => void;
  /** Receipt printers can be reached so; in most browsers there is no way. */
  readonly printerWays: readonly PrinterWay[];
  readonly printReceipt: PrintReceipt;
  /** Starts the threads that read a statement, for a person who is about to choose one. */
  readonly warmReading: () => void;
  readonly readStatement: ReadStatementFile;
  readonly compareStatements: Compare;
  readonly readResultFile: ReadResultFile;
  /** A photo made small, upright and free of metadata; a flagged one is still a photo. */
  readonly preparePhoto: (
    file: Blob,
    job?: { readonly signal?: AbortSignal },
  ) => Promise<Result<PreparedPhoto, PrepareFault>>;
  /** A photo once more, with these parts of it painted over for good. */
  readonly coverPhoto: (
    file: Blob,
    cover: readonly Area[],
  ) => Promise<Result<PreparedPhoto, PrepareFault>>;
  /** The same for any file; what is no picture is kept as it is. */
  readonly prepareFile: (
    file: Blob,
    job?: { readonly signal?: AbortSignal },
  ) => Promise<Result<Prepared, PrepareFault>>;
  /** Files that another app shared with this one; each is given once. */
  readonly takeShared: () => Promise<readonly File[]>;
  readonly verifyFile: VerifyFile;
  readonly backups: BackupCrypto;
  /** The screen stays on until the returned function is called. */
  readonly keepAwake: () => () => void;
  readonly gzip: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
  /** Undefined for damage, and for what would grow beyond all measure. */
  readonly gunzip: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  readonly storage: () => Promise<{
    readonly used?: number;
    readonly quota?: number;
    readonly persisted?: boolean;
    readonly installed: boolean;
  }>;
  readonly askToKeepData: () => Promise<boolean>;
  /** Tells every window that a form is half filled: no update comes over it until the returned function is called. */
  readonly markDraftOpen: () => () => void;
  /** Looks for a new version; quiet when there is none or no network. */
  readonly checkForUpdate: () => Promise<void>;
  /** Sends a file to the merchant's own storage; the only request that leaves the app's own server. */
  readonly sendUpload: SendUpload;
  /** One window at a time sends. */
  readonly sendAlone: (work: () => Promise<void>) => Promise<void>;
  /** Whether this build may ask a host, as `https://host:port`. */
  readonly mayReach: (origin: string) => boolean;
  /** Version and build hash. */
  readonly app: string;
};
