import type { Picture, PrinterWay } from "../domain/escpos.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { UploadRequest } from "../domain/upload-answer.ts";
import type { Comparison, ComparisonTold } from "../domain/reconcile/comparison.ts";
import { connect } from "../workers/call.ts";
import type { CompareAnswer } from "../workers/compare.ts";
import type { ResultAnswer, ResultRequest } from "../workers/result-file.ts";
import type {
  StatementAnswer,
  StatementOrder,
  StatementProgress,
  StatementRequest,
} from "../workers/statement.ts";
import { uploadOrigin } from "./build.ts";
import type { CameraFault } from "./camera-fault.ts";
import { createPhotoDesk } from "./photo.ts";
import type { Scanner } from "./scanner.ts";
import { holdWakeLock } from "./wake-lock.ts";
import type { Watched } from "./watch-video.ts";
import { startWorker } from "./workers.ts";
import { lockWriter } from "./writer-lock.ts";

type OutFile = {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** A prepared file, as the share sheet and downloads take it. */
export const toFile = ({ name, type, bytes }: OutFile): File => new File([bytes], name, { type });

const cameraFaults = {
  not_allowed: "camera_not_allowed",
  not_found: "camera_not_found",
  in_use: "camera_in_use",
  aborted: "camera_unknown",
  security: "camera_insecure",
  hung: "camera_hung",
  no_media_devices: "camera_insecure",
  in_app_browser: "camera_in_app_browser",
  decoder_failed: "camera_decoder_failed",
  unknown: "camera_unknown",
} as const satisfies Record<CameraFault["because"], string>;

const cameraOf = ({ camera, abilities, stop }: Scanner) => ({
  stop,
  zooms: abilities.zooms,
  zoom: async (factor: number) => void (await camera.setZoom(factor)),
  ...(abilities.torch ? { torch: async (on: boolean) => void (await camera.setTorch(on)) } : {}),
  ...(abilities.canSwitch ? { switchCamera: camera.nextCamera } : {}),
});

const faultOf = ({ because }: CameraFault) => ({ kind: cameraFaults[because] });

type Heard = {
  readonly onCodes: Watched["onCodes"];
  readonly onDark: Watched["onDark"];
  readonly onFault: (fault: ReturnType<typeof faultOf>) => void;
};

/** Opens the camera; its code, the decoder and the library come with the first scan, not with the app. */
export const openScanner = async (
  video: HTMLVideoElement,
  heard: Heard,
  kind: "live" | "film" = "live",
) => {
  const scanner = await import("./scanner.ts");
  const onFault = (fault: CameraFault): void => heard.onFault(faultOf(fault));
  const opened = await scanner.openScanner(video, { ...heard, onFault }, kind);
  return opened.ok ? ok(cameraOf(opened.value)) : fail(faultOf(opened.fault));
};

/** Every code of a picture; a picture without one is a fault of its own. */
export const decodePicture = async (file: Blob) => {
  const scanner = await import("./scanner.ts");
  const decoded = await scanner.decodePicture(file);
  const nothing = decoded.ok && decoded.value.codes.length === 0;
  return nothing ? fail({ kind: "no_code_in_picture" } as const) : decoded;
};

/** The screen stays on until the returned function is called. */
export const keepAwake = (): (() => void) => {
  const { acquire, release } = holdWakeLock();
  acquire();
  return release;
};

/** Made smaller for the way between two phones, and back; its code comes with the first transfer. */
export const gzip = async (bytes: Uint8Array<ArrayBuffer>) =>
  (await import("./gzip.ts")).gzip(bytes);

export const gunzip = async (bytes: Uint8Array<ArrayBuffer>) =>
  (await import("./gzip.ts")).gunzip(bytes);

type Job<Progress> = {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
};

type Part = Exclude<StatementProgress, { kind: "read" }>;

type ReadOptions = Job<{
  readonly bytes: number;
  readonly total: number;
  readonly rows: number;
}> & {
  readonly known: Float64Array<ArrayBuffer>;
  readonly allowMissingSummary: boolean;
  readonly mappings: StatementRequest["mappings"];
  readonly usual: StatementRequest["usual"];
  readonly onPart: (part: Part) => Promise<boolean>;
};

const statements = connect<StatementOrder, StatementAnswer, StatementProgress>(
  startWorker("statement"),
);

type WorkerFailed = { readonly kind: "worker_failed"; readonly message: string };

const digests = connect<MessagePort, undefined>(startWorker("digest"));

/** Opens a way to a thread that makes digests until the signal ends it; `onBroken` where it ends by itself. */
const openDigests = (signal: AbortSignal, onBroken: (fault: WorkerFailed) => void): MessagePort => {
  const { port1, port2 } = new MessageChannel();
  void digests.call(port1, { transfer: [port1], signal }).then((ended) => {
    if (!ended.ok && ended.fault.kind === "worker_failed") onBroken(ended.fault);
  });
  return port2;
};

/** Starts the threads that read a statement, for a person who is about to choose one. */
export const warmReading = (): void => {
  statements.warm();
  digests.warm();
};

/** Reads a statement in its worker; its parts are stored one after another, the first that cannot be stops the reading. */
export const readStatement = async (file: File, options: ReadOptions) => {
  const stop = new AbortController();
  options.signal.addEventListener("abort", () => stop.abort());
  let stored = Promise.resolve(true);
  const store = async (part: Part, before: Promise<boolean>): Promise<boolean> => {
    const good = (await before) && (await options.onPart(part));
    if (!good) stop.abort();
    return good;
  };
  const hear = (told: StatementProgress): void | Promise<boolean> => {
    if (told.kind === "read")
      return options.onProgress({ bytes: told.bytes, total: told.of, rows: told.rows });
    stored = store(told, stored);
    return stored;
  };
  const { known, allowMissingSummary, mappings, usual } = options;
  let broken: Result<never, WorkerFailed> | undefined;
  const port = openDigests(stop.signal, (fault) => {
    broken = fail(fault);
    stop.abort();
  });
  const order = { file, known, allowMissingSummary, mappings, usual, digests: port };
  const answer = await statements.call(order, {
    transfer: [port],
    signal: stop.signal,
    onProgress: hear,
  });
  await stored;
  stop.abort();
  return broken ?? (answer.ok ? answer.value : answer);
};

const comparisons = connect<Comparison, CompareAnswer, ComparisonTold>(startWorker("compare"));

type CompareOptions = {
  readonly onTold: (told: ComparisonTold) => void | Promise<unknown>;
  readonly signal: AbortSignal;
};

/** Compares in a worker of its own; the blocks are moved there. */
export const compareStatements = async (
  comparison: Comparison,
  { onTold, signal }: CompareOptions,
) => {
  const blocks = comparison.returns.map(({ block }) => block.rows);
  const transfer = [...blocks, ...comparison.attempts];
  const answer = await comparisons.call(comparison, { signal, transfer, onProgress: onTold });
  return answer.ok ? answer.value : answer;
};

/** How this browser can reach a receipt printer. */
export const printerWays = (["bluetooth", "usb", "serial"] as const).filter(
  (way) => way in navigator,
);

/** Prints on a receipt printer; its code comes with the first one. */
export const printReceipt = async (
  way: PrinterWay,
  picture: Picture,
  onProgress: (done: number, of: number) => void,
) => (await import("./receipt-printer.ts")).printReceipt(way, picture, onProgress);

/** Sends a copy to the merchant's own storage; its code comes with the first one. */
export const sendUpload = async (request: UploadRequest, cancel: AbortSignal) =>
  (await import("./send-upload.ts")).sendUpload(request, cancel, document);

/** The app's own server, and the one host that this build names. */
export const mayReach = (origin: string): boolean =>
  origin === location.origin || origin === uploadOrigin;

const oneWindow = lockWriter();

/** One window at a time sends. */
export const sendAlone = (work: () => Promise<void>): Promise<void> =>
  oneWindow("refund-desk-uploads", work);

const resultFiles = connect<ResultRequest, ResultAnswer>(startWorker("statement"));

/** The lines of a portal's answer, taken out of it in the statements' worker. */
export const readResultFile = async (file: File, signal: AbortSignal) => {
  const answer = await resultFiles.call({ kind: "result", file }, { signal });
  if (answer.ok) return answer.value;
  const stopped = answer.fault.kind === "aborted";
  return fail({ kind: stopped ? ("aborted" as const) : ("file_unreadable" as const) });
};

export { verifyFile } from "./verify-file.ts";

export const { preparePhoto, prepareFile, coverPhoto } = createPhotoDesk(startWorker("photo"));

const sealing = async () => (await import("./backup-crypto.ts")).backupCrypto;

type Sealing = Awaited<ReturnType<typeof sealing>>;

/** Seals and opens backups; its code comes with the first one. */
export const backups: Sealing = {
  newKey: async (recoveryCode) => (await sealing()).newKey(recoveryCode),
  seal: async (key, lines) => (await sealing()).seal(key, lines),
  open: async (file, by) => (await sealing()).open(file, by),
};
