import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createPhotoDesk } from "../../src/platform/photo.ts";
import { serve, type WorkerEnd } from "../../src/workers/call.ts";
import type { PhotoAnswer, PhotoRequest } from "../../src/workers/photo.ts";
import { ok } from "../../src/domain/result.ts";
import { aHash } from "../support/a.ts";

type Heard = (event: { data?: unknown }) => void;

const file = new Blob(["x"]);
const chat: PhotoAnswer = ok({
  kind: "file",
  bytes: new Uint8Array(3),
  sha256: aHash(1),
  type: "text/plain",
});
const asked: PhotoRequest[] = [];
let started = 0;
let ended = 0;

/** A worker in this thread; what it answers may take for ever. */
const aWorker = (answer: () => PhotoAnswer | Promise<PhotoAnswer>) => (): WorkerEnd => {
  const toPage: Heard[] = [];
  const toWorker: Heard[] = [];
  started += 1;
  serve<PhotoRequest, PhotoAnswer>(
    {
      postMessage: (data) => toPage.forEach((heard) => heard({ data })),
      addEventListener: (_kind, heard) => toWorker.push(heard),
    },
    (request) => {
      asked.push(request);
      return answer();
    },
  );
  return {
    postMessage: (data) => queueMicrotask(() => toWorker.forEach((heard) => heard({ data }))),
    addEventListener: (kind, heard) => void (kind === "message" && toPage.push(heard)),
    terminate: () => void (ended += 1),
  };
};

const never = new Promise<PhotoAnswer>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  started = 0;
  ended = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

test("rel-I1 a file that takes longer than 20 seconds is given up and its worker stopped", async () => {
  const answers = [never, chat];
  const { prepareFile } = createPhotoDesk(aWorker(() => answers.shift() ?? never));
  const first = prepareFile(file);
  await vi.advanceTimersByTimeAsync(19_999);
  expect(ended).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(await first).toEqual({ ok: false, fault: { kind: "photo_failed" } });
  expect(ended).toBe(1);
  expect(await prepareFile(file)).toBe(chat);
  expect(started).toBe(2);
});

test("the dog does not bite the next file", async () => {
  const answers: (PhotoAnswer | Promise<PhotoAnswer>)[] = [chat, never];
  const { prepareFile } = createPhotoDesk(aWorker(() => answers.shift() ?? never));
  await prepareFile(file);
  await vi.advanceTimersByTimeAsync(15_000);
  let done = false;
  void prepareFile(file).then(() => (done = true));
  await vi.advanceTimersByTimeAsync(19_000);
  expect(done).toBe(false);
});

test("giving up settles at once", async () => {
  const { preparePhoto } = createPhotoDesk(aWorker(() => never));
  const given = new AbortController();
  const answer = preparePhoto(file, { signal: given.signal });
  given.abort();
  expect(await answer).toEqual({ ok: false, fault: { kind: "aborted" } });
});

test("a worker that breaks is a photo that failed", async () => {
  const { prepareFile } = createPhotoDesk(
    aWorker(() => {
      throw new Error("no 2d canvas in this worker");
    }),
  );
  expect(await prepareFile(file)).toEqual({ ok: false, fault: { kind: "photo_failed" } });
});

test("a photo is asked for as a photo", async () => {
  const { preparePhoto } = createPhotoDesk(aWorker(() => chat));
  expect(await preparePhoto(file)).toEqual({ ok: false, fault: { kind: "file_type_unknown" } });
  expect(asked).toEqual([{ file, take: "photo" }]);
});

test("F83 a covered photo is asked for with its parts", async () => {
  const { coverPhoto } = createPhotoDesk(aWorker(() => chat));
  const cover = [{ x: 0, y: 0, width: 1, height: 0.5 }];
  await coverPhoto(file, cover);
  expect(asked.at(-1)).toEqual({ file, take: "photo", cover });
});
