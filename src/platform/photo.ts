import type { Area, Prepared, PreparedPhoto, PrepareFault } from "../domain/evidence.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { connect, type WorkerEnd } from "../workers/call.ts";
import type { PhotoAnswer, PhotoRequest } from "../workers/photo.ts";

type Job = { readonly signal?: AbortSignal };

/** Makes files ready to be kept, away from the page. */
export type PhotoDesk = {
  readonly preparePhoto: (file: Blob, job?: Job) => Promise<Result<PreparedPhoto, PrepareFault>>;
  /** The photo once more, with these parts painted over for good. */
  readonly coverPhoto: (
    file: Blob,
    cover: readonly Area[],
    job?: Job,
  ) => Promise<Result<PreparedPhoto, PrepareFault>>;
  readonly prepareFile: (file: Blob, job?: Job) => Promise<Result<Prepared, PrepareFault>>;
};

const watchdogMs = 20_000;

/** A worker that takes longer than `mostMs` over one file is stopped; the next file gets a fresh one. */
export const createPhotoDesk = (start: () => WorkerEnd, mostMs = watchdogMs): PhotoDesk => {
  const { call, stop } = connect<PhotoRequest, PhotoAnswer>(start);
  const ask = async (request: PhotoRequest, job: Job): Promise<PhotoAnswer> => {
    const watchdog = setTimeout(stop, mostMs);
    const answer = await call(request, job);
    clearTimeout(watchdog);
    if (answer.ok) return answer.value;
    return fail({ kind: answer.fault.kind === "aborted" ? "aborted" : "photo_failed" });
  };
  const askPhoto = async (
    request: Omit<PhotoRequest, "take">,
    job: Job,
  ): Promise<Result<PreparedPhoto, PrepareFault>> => {
    const answer = await ask({ ...request, take: "photo" }, job);
    if (!answer.ok) return answer;
    const { value } = answer;
    return value.kind === "photo" ? ok(value) : fail({ kind: "file_type_unknown" });
  };
  return {
    prepareFile: (file, job = {}) => ask({ file, take: "any" }, job),
    preparePhoto: (file, job = {}) => askPhoto({ file }, job),
    coverPhoto: (file, cover, job = {}) => askPhoto({ file, cover }, job),
  };
};
