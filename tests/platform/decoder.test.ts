// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createDecoder } from "../../src/platform/decoder.ts";
import { serve, type WorkerEnd } from "../../src/workers/call.ts";
import type { DecodeAnswer, DecodedCode, DecodeRequest } from "../../src/workers/decode.ts";

type Answering = (request: DecodeRequest) => readonly DecodedCode[];

const corners = [{ x: 0.5, y: 0.5 }];
const code: DecodedCode = { format: "qr", text: "A7-000123", lines: 1, corners };
const stops: (() => void)[] = [];
let grabbed = 0;

/** A worker in this thread that answers a moment later. */
const aWorker = (answer: Answering) => (): WorkerEnd => {
  const toPage: ((event: { data?: unknown }) => void)[] = [];
  const toWorker: ((event: { data?: unknown }) => void)[] = [];
  serve<DecodeRequest, DecodeAnswer>(
    {
      postMessage: (data) => toPage.forEach((heard) => heard({ data })),
      addEventListener: (_kind, heard) => toWorker.push(heard),
    },
    (request) => ({ codes: answer(request), ms: 1 }),
  );
  return {
    postMessage: (data) => void setTimeout(() => toWorker.forEach((heard) => heard({ data })), 5),
    addEventListener: (kind, heard) => void (kind === "message" && toPage.push(heard)),
    terminate: () => undefined,
  };
};

const aVideo = (change: Partial<HTMLVideoElement> = {}): HTMLVideoElement =>
  ({ readyState: 4, videoWidth: 1280, videoHeight: 720, ...change }) as HTMLVideoElement;

beforeEach(() => {
  grabbed = 0;
  vi.stubGlobal("createImageBitmap", async (_source: unknown, options: object = {}) => {
    grabbed += 1;
    return { width: 3200, height: 1600, close: () => undefined, ...options };
  });
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.unstubAllGlobals();
});

const watching = (answer: Answering, video = aVideo()) => {
  const told: string[][] = [];
  const failed = vi.fn();
  const stop = createDecoder(aWorker(answer)).watch(
    video,
    (codes) => told.push(codes.map(({ text }) => text)),
    failed,
  );
  stops.push(stop);
  return { told, failed, stop };
};

test("a code held before the camera is told once", async () => {
  const { told } = watching(() => [code]);
  await vi.waitFor(() => expect(grabbed).toBeGreaterThan(5));
  expect(told).toEqual([["A7-000123"]]);
});

test("one frame is in the worker at a time, and each takes the next turn of the schedule", async () => {
  const turns: unknown[] = [];
  watching(({ options }) => {
    turns.push(options);
    return [];
  });
  await vi.waitFor(() => expect(turns.length).toBeGreaterThanOrEqual(4));
  expect(grabbed - turns.length).toBeLessThanOrEqual(1);
  expect(turns.slice(0, 3)).toEqual([0, 1, 2].map((attempt) => ({ kind: "live", attempt })));
});

test("nothing is told after stopping", async () => {
  const { told, stop } = watching(() => [code]);
  stop();
  const before = grabbed;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(told).toEqual([]);
  expect(grabbed).toBeLessThanOrEqual(before + 1);
});

test("a video without a picture yet is waited for", async () => {
  const video = aVideo({ readyState: 1 });
  const { told } = watching(() => [code], video);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(grabbed).toBe(0);
  Object.assign(video, { readyState: 4 });
  await vi.waitFor(() => expect(told).toEqual([["A7-000123"]]));
});

test("wide videos are made smaller before they are read", async () => {
  const widths: number[] = [];
  watching(
    ({ bitmap }) => {
      widths.push((bitmap as { resizeWidth?: number }).resizeWidth ?? 0);
      return [];
    },
    aVideo({ videoWidth: 1920 }),
  );
  await vi.waitFor(() => expect(widths[0]).toBe(1280));
});

test("a decoder that keeps failing says so instead of looking on for ever", async () => {
  const { failed } = watching(() => {
    throw new Error("worker is broken");
  });
  await vi.waitFor(() => expect(failed).toHaveBeenCalledTimes(1), 2000);
});

test("a picture is read at no more than 1600 pixels, with every pass", async () => {
  const seen: unknown[] = [];
  const decoder = createDecoder(
    aWorker(({ bitmap, options }) => {
      seen.push(bitmap, options);
      return [code];
    }),
  );
  expect(await decoder.decodePicture(new Blob(["jpeg"]))).toEqual({ ok: true, value: [code] });
  expect(seen[0]).toMatchObject({ resizeWidth: 1600, resizeHeight: 800 });
  expect(seen[1]).toEqual({ kind: "still" });
});

test("a file that is no picture, too large, or breaks the worker is told apart", async () => {
  const decoder = createDecoder(
    aWorker(() => {
      throw new Error("out of memory");
    }),
  );
  expect(await decoder.decodePicture(new Blob(["jpeg"]))).toMatchObject({
    fault: { kind: "decoder_failed" },
  });
  const huge = { size: 26 * 1024 * 1024 } as Blob;
  expect(await decoder.decodePicture(huge)).toMatchObject({ fault: { kind: "picture_too_large" } });
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new DOMException("", "EncodingError")));
  expect(await decoder.decodePicture(new Blob(["text"]))).toMatchObject({
    fault: { kind: "picture_unreadable" },
  });
});
