// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createDecoder } from "../../src/platform/decoder.ts";
import { fail, ok } from "../../src/domain/result.ts";
import { serve, type WorkerEnd } from "../../src/workers/call.ts";
import type { DecodeAnswer, DecodedCode, DecodeRequest } from "../../src/workers/decode.ts";

type Frame = Extract<DecodeRequest, { kind: "frame" }>;
type Answering = (frame: Frame) => readonly DecodedCode[];

const corners = [{ x: 0.5, y: 0.5 }];
const code: DecodedCode = { format: "qr", text: "A7-000123", lines: 1, corners };
const stops: (() => void)[] = [];
let grabbed = 0;

/** The second engine where none may be asked for. */
const noSecond = (): WorkerEnd => {
  throw new Error("the second engine was started");
};

/** A worker in this thread that answers a moment later. */
const aWorkerOf = (answer: (request: DecodeRequest) => DecodeAnswer) => (): WorkerEnd => {
  const toPage: ((event: { data?: unknown }) => void)[] = [];
  const toWorker: ((event: { data?: unknown }) => void)[] = [];
  serve<DecodeRequest, DecodeAnswer>(
    {
      postMessage: (data) => toPage.forEach((heard) => heard({ data })),
      addEventListener: (_kind, heard) => toWorker.push(heard),
    },
    answer,
  );
  return {
    postMessage: (data) => void setTimeout(() => toWorker.forEach((heard) => heard({ data })), 5),
    addEventListener: (kind, heard) => void (kind === "message" && toPage.push(heard)),
    terminate: () => undefined,
  };
};

/** One for frames of a camera. */
const aWorker = (answer: Answering) =>
  aWorkerOf((request) => {
    if (request.kind === "picture") throw new Error("a picture");
    return ok({ codes: answer(request) });
  });

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
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const watching = (answer: Answering, video = aVideo(), second = noSecond) => {
  const told: string[][] = [];
  const failed = vi.fn();
  const stop = createDecoder(aWorker(answer), second).watch(video, {
    onCodes: (codes) => told.push(codes.map(({ text }) => text)),
    onDark: () => undefined,
    onFailed: failed,
  });
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

const aPictureWorker = (asked: unknown[], answer: DecodeAnswer) =>
  aWorkerOf((request) => {
    asked.push(request);
    return answer;
  });

test("a picture is opened and read in the worker, at no more than 1600 pixels", async () => {
  const asked: unknown[] = [];
  const file = new Blob(["jpeg"]);
  const seen = ok({ codes: [code] });
  const decoder = createDecoder(aPictureWorker(asked, seen), noSecond);
  expect(await decoder.decodePicture(file)).toEqual(seen);
  expect(asked).toEqual([{ kind: "picture", file, longestEdge: 1600 }]);
});

test("F81 a picture that is too large or no picture is told apart, the first without a worker", async () => {
  const huge = { size: 26 * 1024 * 1024 } as Blob;
  expect(await createDecoder(noSecond, noSecond).decodePicture(huge)).toEqual(
    fail({ kind: "picture_too_large" }),
  );
  for (const kind of ["picture_too_large", "picture_unreadable"] as const) {
    const decoder = createDecoder(aPictureWorker([], fail({ kind })), noSecond);
    expect(await decoder.decodePicture(new Blob(["text"]))).toEqual(fail({ kind }));
  }
  const broken = aWorkerOf(() => {
    throw new Error("out of memory");
  });
  expect(await createDecoder(broken, noSecond).decodePicture(new Blob(["jpeg"]))).toEqual(
    fail({ kind: "picture_unreadable" }),
  );
});

test("F79 a picture that stays black is told after three seconds, and when it is light again", async () => {
  vi.useFakeTimers();
  let dark = true;
  const told: boolean[] = [];
  const stop = createDecoder(
    aWorkerOf(() => ok({ codes: [], dark })),
    aWorker(nothing),
  ).watch(aVideo(), {
    onCodes: () => undefined,
    onDark: (now) => told.push(now),
    onFailed: () => undefined,
  });
  stops.push(stop);
  await pass(2900);
  expect(told).toEqual([]);
  await pass(400);
  expect(told).toEqual([true]);
  dark = false;
  await pass(5000);
  expect(told).toEqual([true, false]);
});

const nothing: Answering = () => [];

const hungWorker = () => ({ ...aWorker(nothing)(), postMessage: () => undefined });

/** Lets time pass for the page and the workers. */
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test("the second engine is started when nothing was read for two seconds, and reads beside the first", async () => {
  vi.useFakeTimers();
  const starts: number[] = [];
  const looks = vi.fn<Answering>(nothing);
  const { told } = watching(looks, aVideo(), () => {
    starts.push(Date.now());
    return aWorker(() => [code])();
  });
  const begin = Date.now();
  await pass(1900);
  expect(starts).toEqual([]);
  await pass(1100);
  expect(starts.map((at) => at - begin >= 2000)).toEqual([true]);
  expect(told).toEqual([["A7-000123"]]);
  const before = looks.mock.calls.length;
  await pass(1000);
  expect(looks.mock.calls.length - before).toBeGreaterThan(10);
});

test("the second engine is never started while the first reads, not even for a linear code of few lines", async () => {
  vi.useFakeTimers();
  const second = vi.fn(noSecond);
  watching(
    ({ options }) => (options.kind === "live" && options.attempt % 9 === 0 ? [code] : []),
    aVideo(),
    second,
  );
  await pass(10_000);
  const line: DecodedCode = { format: "code_128", text: "42", lines: 2, corners };
  watching(() => [line], aVideo(), second);
  await pass(10_000);
  expect(second).not.toHaveBeenCalled();
});

test("reads that are never sure do not keep the second engine away", async () => {
  vi.useFakeTimers();
  let flicker = 0;
  const wide = [0.4, 0.6].map((x) => ({ x, y: 0.5 }));
  const line: DecodedCode = { format: "ean_13", text: "A", lines: 5, corners: wide };
  const { told } = watching(
    () => [{ ...line, text: ["A", "B"][(flicker += 1) % 2] ?? "" }],
    aVideo(),
    aWorker(() => [code]),
  );
  await pass(3000);
  expect(told).toEqual([["A7-000123"]]);
});

test("lines that both engines saw of one code add up", async () => {
  vi.useFakeTimers();
  const line: DecodedCode = { format: "ean_13", text: "6901234567892", lines: 2, corners };
  const { told } = watching(
    ({ options }) =>
      options.kind === "live" && options.attempt === 32 ? [{ ...line, lines: 1 }] : [],
    aVideo(),
    aWorker(() => [line]),
  );
  await pass(2600);
  expect(told).toEqual([["6901234567892"]]);
});

test("a second engine that does not work is asked once a visit, and the first goes on", async () => {
  vi.useFakeTimers();
  const asked = vi.fn<Answering>(() => {
    throw new Error("CompileError: WebAssembly is refused");
  });
  let answers: readonly DecodedCode[] = [];
  const { told, failed } = watching(() => answers, aVideo(), aWorker(asked));
  await pass(5000);
  expect(asked).toHaveBeenCalledTimes(1);
  answers = [code];
  await pass(500);
  expect(told).toEqual([["A7-000123"]]);
  expect(failed).not.toHaveBeenCalled();
});

test("a second engine that cannot be started, or never answers, changes nothing", async () => {
  vi.useFakeTimers();
  for (const second of [noSecond, hungWorker]) {
    let answers: readonly DecodedCode[] = [];
    const { told } = watching(() => answers, aVideo(), second);
    await pass(5000);
    answers = [code];
    await pass(500);
    expect(told).toEqual([["A7-000123"]]);
  }
});

test("the second engine stops looking with the visit", async () => {
  vi.useFakeTimers();
  const looks = vi.fn<Answering>(nothing);
  const { stop } = watching(nothing, aVideo(), aWorker(looks));
  await pass(3000);
  stop();
  const before = looks.mock.calls.length;
  expect(before).toBeGreaterThan(2);
  await pass(3000);
  expect(looks.mock.calls.length - before).toBeLessThanOrEqual(1);
});

const noCodes = ok({ codes: [] });

test("a picture in which the first engine reads nothing is shown to the second, larger", async () => {
  const asked: unknown[] = [];
  const file = new Blob(["jpeg"]);
  const seen = ok({ codes: [code] });
  const decoder = createDecoder(aPictureWorker([], noCodes), aPictureWorker(asked, seen));
  expect(await decoder.decodePicture(file)).toEqual(seen);
  expect(asked).toEqual([{ kind: "picture", file, longestEdge: 3200 }]);
});

test("a picture without a code says so where the second engine does not work or hangs", async () => {
  const first = aPictureWorker([], noCodes);
  const file = new Blob(["jpeg"]);
  expect(await createDecoder(first, noSecond).decodePicture(file)).toEqual(noCodes);
  vi.useFakeTimers();
  const answer = createDecoder(first, hungWorker).decodePicture(file);
  await pass(11_000);
  expect(await answer).toEqual(noCodes);
});
