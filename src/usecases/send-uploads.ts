import { instantFromMs } from "../domain/instant.ts";
import type { BatchId } from "../domain/ids.ts";
import {
  hurried,
  isDue,
  isOutdated,
  outdated,
  stateAfter,
  timeoutFor,
  type UploadEntry,
  type UploadState,
} from "../domain/upload.ts";
import {
  judgeAnswer,
  type UploadAnswer,
  type UploadRequest,
  type Verdict,
} from "../domain/upload-answer.ts";
import { addressFor, type UploadTarget } from "../domain/upload-target.ts";
import { countErasures } from "../storage/forget-erased.ts";
import { observe } from "../storage/observe.ts";
import { getBatch } from "../storage/queries.ts";
import { changeUpload, findUpload, findUploadBytes, listUploads } from "../storage/upload-box.ts";
import type { Deps } from "./deps.ts";
import { currentTarget } from "./upload-setting.ts";

/** Sends one request; undefined when it was broken off. */
export type SendUpload = (
  request: UploadRequest,
  signal: AbortSignal,
) => Promise<UploadAnswer | undefined>;

/** Presigned addresses are proof themselves, and sign the headers they want: neither type nor secret goes with them. */
const headersFor = ({ id, type }: UploadEntry, { way, secret }: UploadTarget) => [
  ["Idempotency-Key", id] as const,
  ...(way === "presigned" ? [] : [["Content-Type", type] as const]),
  ...(secret === undefined ? [] : [[secret.name, secret.value] as const]),
];

const stop = (kind: "address_missing" | "batch_recalled" | "file_gone"): Verdict => ({
  kind: "stop",
  problem: { kind },
});

/** Runs until the entry is taken out of the queue or stopped, in this window or another. */
const whileQueued = async <T>(
  deps: Deps,
  id: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const cancelled = new AbortController();
  const unwatch = observe(
    () => findUpload(deps.journal.db, id),
    (entry) => {
      if (entry?.state.state !== "sending") cancelled.abort();
    },
    () => undefined,
  );
  try {
    return await work(cancelled.signal);
  } finally {
    unwatch();
  }
};

const put = (deps: Deps, id: string, next: (before: UploadState) => UploadState) =>
  changeUpload(deps.journal.db, id, (entry) => ({ ...entry, state: next(entry.state) }));

/** Why a file must not leave, or the request that it leaves by. */
const requestFor = async (
  deps: Deps,
  entry: UploadEntry,
  target: UploadTarget,
): Promise<UploadRequest | Verdict> => {
  const { db } = deps.journal;
  if (entry.kind === "batch" && (await getBatch(db, entry.id as BatchId))?.state === "recalled")
    return stop("batch_recalled");
  const address = target.way === "folder" ? addressFor(target, entry.name) : entry.address;
  if (address === undefined) return stop("address_missing");
  const bytes = await findUploadBytes(db, entry.id);
  if (bytes === undefined) return stop("file_gone");
  return {
    address,
    method: target.method,
    headers: headersFor(entry, target),
    bytes: new Uint8Array(bytes),
    timeoutMs: timeoutFor(entry.size),
  };
};

type Way = { readonly target: UploadTarget; readonly send: SendUpload };

const sendOne = async (deps: Deps, id: string, { target, send }: Way): Promise<void> => {
  const entry = await put(deps, id, (before) => ({
    state: "sending",
    tries: "tries" in before ? before.tries : 0,
  }));
  if (entry === undefined) return;
  const request = await requestFor(deps, entry, target);
  const verdict =
    "kind" in request
      ? request
      : await whileQueued(deps, id, async (signal) => {
          const answer = await send(request, signal);
          return answer && judgeAnswer(answer, target.accepts);
        });
  if (verdict === undefined) return;
  const [random = 0] = deps.random(1);
  const nowMs = deps.now();
  const moment = { nowMs, now: instantFromMs(nowMs), chance: random / 255 };
  await put(deps, id, (before) => stateAfter(before, verdict, moment));
};

/** What lies in the queue; nothing is looked at where nothing may be sent. */
const queued = async (deps: Deps): Promise<readonly UploadEntry[]> =>
  (await currentTarget(deps)) === undefined ? [] : listUploads(deps.journal.db);

/** Copies whose bytes lie here and may hold what was erased since. */
export const findOutdated = async (deps: Deps): Promise<readonly UploadEntry[]> => {
  const known = await countErasures(deps.journal.db);
  return (await queued(deps)).filter((entry) => isOutdated(entry, known));
};

/** They are deleted, and said to be (X41). */
export const dropOutdated = async (deps: Deps): Promise<void> => {
  for (const { id } of await findOutdated(deps)) await changeUpload(deps.journal.db, id, outdated);
};

/**
 * Sends everything that is due, one after another, the oldest first. One window at a time may do so: what another one left
 * in the middle goes again, with the same key and the same bytes.
 */
export const sendUploads = async (deps: Deps, send: SendUpload): Promise<void> => {
  await dropOutdated(deps);
  const entries = await queued(deps);
  for (const { id } of entries.filter((entry) => isDue(entry, deps.now()))) {
    const target = await currentTarget(deps);
    if (target !== undefined) await sendOne(deps, id, { target, send });
  }
};

/** When the next file may go, in milliseconds since 1970; undefined while none waits or may. */
export const nextUploadAt = async (deps: Deps): Promise<number | undefined> => {
  const entries = await queued(deps);
  const times = entries.flatMap((entry) => {
    if (isDue(entry, deps.now())) return [0];
    return entry.state.state === "waiting" ? [entry.state.notBefore] : [];
  });
  return times.length === 0 ? undefined : Math.min(...times);
};

/** The network is back, or the app was opened: what found no server before need not wait any longer. */
export const hurryUploads = async (deps: Deps): Promise<void> => {
  for (const { id } of await queued(deps)) await changeUpload(deps.journal.db, id, hurried);
};
