import { fail, ok, type Result } from "../domain/result.ts";
import type {
  CopyBytes,
  CopyFile,
  SafetyCopyAnswer,
  SafetyCopyFault,
  SafetyCopyRequest,
} from "./safety-copy.ts";

type Handle = {
  readonly getSize: () => number;
  readonly truncate: (size: number) => void;
  readonly flush: () => void;
  readonly close: () => void;
  readonly read: (into: CopyBytes, options: { at: number }) => number;
  readonly write: (bytes: CopyBytes, options: { at: number }) => number;
};
type CopyFileHandle = {
  readonly kind: "file";
  readonly getFile: () => Promise<{ readonly size: number }>;
  readonly createSyncAccessHandle?: () => Promise<Handle>;
};
type CopyFolder = {
  readonly getFileHandle: (name: string, options: { create: boolean }) => Promise<CopyFileHandle>;
  readonly removeEntry: (name: string) => Promise<void>;
  readonly entries: () => AsyncIterable<
    readonly [string, CopyFileHandle | { readonly kind: "directory" }]
  >;
};

/** What we use of `navigator.storage`, whose private folder not every browser has. */
export type CopyStorage = { readonly getDirectory?: () => Promise<CopyFolder> };

const patienceMs = 3000;
const firstPauseMs = 10;
const longestPauseMs = 200;
const chunkSize = 1 << 20;

const nameOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "name" in error ? String(error.name) : "";

const faultOf = (error: unknown): SafetyCopyFault => {
  const name = nameOf(error);
  if (name === "QuotaExceededError") return { kind: "quota" };
  if (name === "NoModificationAllowedError") return { kind: "busy" };
  if (name === "SecurityError" || name === "NotSupportedError") return { kind: "no_opfs" };
  return { kind: "unknown", message: String(error) };
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A handle of a reloaded or sleeping tab is let go late (F32): ask again for up to 3 s. */
const openPatiently = async (file: CopyFileHandle): Promise<Handle> => {
  if (file.createSyncAccessHandle === undefined) {
    throw new DOMException("no synchronous files", "NotSupportedError");
  }
  const deadline = performance.now() + patienceMs;
  for (let wait = firstPauseMs; ; wait = Math.min(wait * 2, longestPauseMs)) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      const busy = nameOf(error) === "NoModificationAllowedError";
      if (!busy || performance.now() + wait > deadline) throw error;
    }
    await pause(wait);
  }
};

const writeAll = (handle: Handle, bytes: CopyBytes, start: number): void => {
  for (let done = 0; done < bytes.length;) {
    const written = handle.write(bytes.subarray(done), { at: start + done });
    if (written === 0) throw new DOMException("nothing was written", "QuotaExceededError");
    done += written;
  }
};

const readFrom = (handle: Handle, from: number): CopyBytes => {
  const bytes = new Uint8Array(Math.max(handle.getSize() - from, 0));
  for (let done = 0; done < bytes.length;) {
    const read = handle.read(bytes.subarray(done, done + chunkSize), { at: from + done });
    if (read === 0) return bytes.slice(0, done);
    done += read;
  }
  return bytes;
};

/** A half-written frame is taken back, so that a refused append leaves the file as it was. */
const append = (handle: Handle, bytes: CopyBytes, wanted?: number): SafetyCopyAnswer => {
  const at = handle.getSize();
  if (wanted !== undefined && wanted !== at) return fail({ kind: "other_size", size: at });
  try {
    writeAll(handle, bytes, at);
    handle.flush();
  } catch (error) {
    handle.truncate(at);
    throw error;
  }
  return sized(handle, at + bytes.length);
};

/** Overwrites in place: a new file name would not be durable for half a minute (rel-S22). */
const replace = (handle: Handle, bytes: CopyBytes): SafetyCopyAnswer => {
  writeAll(handle, bytes, 0);
  handle.truncate(bytes.length);
  handle.flush();
  return sized(handle, bytes.length);
};

const truncate = (handle: Handle, size: number): SafetyCopyAnswer => {
  const before = handle.getSize();
  if (size > before) return fail({ kind: "other_size", size: before });
  handle.truncate(size);
  handle.flush();
  return sized(handle, size);
};

const sized = (handle: Handle, expected: number): SafetyCopyAnswer => {
  const size = handle.getSize();
  return size === expected ? ok({ size }) : fail({ kind: "other_size", size });
};

const listFiles = async (folder: CopyFolder): Promise<readonly CopyFile[]> => {
  const files: CopyFile[] = [];
  for await (const [name, entry] of folder.entries()) {
    if (entry.kind === "file") {
      files.push({ name, size: (await entry.getFile()).size });
    }
  }
  return files.sort((one, other) => (one.name < other.name ? -1 : 1));
};

const missingIsUndefined = (error: unknown): undefined => {
  if (nameOf(error) !== "NotFoundError") throw error;
  return undefined;
};

const withHandle = async <T>(
  folder: CopyFolder,
  name: string,
  create: boolean,
  work: (handle: Handle) => T,
): Promise<T> => {
  const handle = await openPatiently(await folder.getFileHandle(name, { create }));
  try {
    return work(handle);
  } finally {
    handle.close();
  }
};

const perform = async (
  folder: CopyFolder,
  { call, input }: SafetyCopyRequest,
): Promise<SafetyCopyAnswer> => {
  const [name = ""] = input;
  switch (call) {
    case "append":
      return withHandle(folder, name, true, (handle) => append(handle, input[1], input[2]));
    case "replace":
      return withHandle(folder, name, true, (handle) => replace(handle, input[1]));
    case "truncate":
      return withHandle(folder, name, false, (handle) => truncate(handle, input[1]));
    case "read":
      return ok(
        await withHandle(folder, name, false, (handle) => readFrom(handle, input[1] ?? 0)).catch(
          missingIsUndefined,
        ),
      );
    case "list":
      return ok(await listFiles(folder));
    case "remove":
      await folder.removeEntry(name).catch(missingIsUndefined);
      return ok(undefined);
  }
};

const findFolder = async (
  storage: CopyStorage | undefined,
): Promise<Result<CopyFolder, SafetyCopyFault>> => {
  if (storage?.getDirectory === undefined) return fail({ kind: "no_opfs" });
  return ok(await storage.getDirectory());
};

/** Answers one request after the other; the handle is open only while one of them is at work. */
export const answerSafetyCopy = (
  storage: CopyStorage | undefined,
): ((request: SafetyCopyRequest) => Promise<SafetyCopyAnswer>) => {
  let last: Promise<unknown> = Promise.resolve();

  const answer = async (request: SafetyCopyRequest): Promise<SafetyCopyAnswer> => {
    try {
      const folder = await findFolder(storage);
      return folder.ok ? await perform(folder.value, request) : folder;
    } catch (error) {
      return fail(faultOf(error));
    }
  };

  return (request) => {
    const answered = last.then(() => answer(request));
    last = answered;
    return answered;
  };
};
