// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createDecoder } from "../../src/platform/decoder.ts";
import { ok } from "../../src/domain/result.ts";
import type { DecodedCode } from "../../src/workers/decode.ts";
import { aWorker, aWorkerOf, hungWorker, noSecond, type Answering } from "./a-decode-worker.ts";

const corners = [{ x: 0.5, y: 0.5 }];
const code: DecodedCode = { format: "qr", text: "A7-000123", lines: 1, corners };
const stops: (() => void)[] = [];
let grabbed = 0;
const aVideo = (change: Partial<HTMLVideoElement> = {}): HTMLVideoElement =>
  ({ readyState: 4, videoWidth: 1280, videoHeight: 720, ...change }) as HTMLVideoElement;

beforeEach(() => {
  grabbed = 0;
  vi.stubGlobal("createImageBitmap", async (_source: unknown, options: object = {}) => {
    grabbed += 1;
    return { width: 1280, height: 720, close: () => undefined, ...options };
  });
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const watching = (answer: Answering, video = aVideo(), second = noSecond, ms = 5) => {
  const told: string[][] = [];
  const failed = vi.fn();
  const stop = createDecoder(aWorker(answer, ms), second).watch(video, {
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

/** A frame of the video itself, as browsers of today give it. */
const stubVideoFrame = (width: number, height: number) => {
  const closed = vi.fn();
  const Frame = class {
    readonly displayWidth = width;
    readonly displayHeight = height;
    readonly close = closed;
  };
  vi.stubGlobal("VideoFrame", Frame);
  return { Frame, closed };
};

test("where there are frames of a video, they are read without a bitmap of the page", async () => {
  const { Frame } = stubVideoFrame(1280, 720);
  const frames: unknown[] = [];
  watching(({ frame }) => {
    frames.push(frame);
    return [];
  });
  await vi.waitFor(() => expect(frames[0]).toBeInstanceOf(Frame));
  expect(grabbed).toBe(0);
});

test("a frame that lies otherwise than the video shows is given back, and a bitmap is read", async () => {
  const { closed } = stubVideoFrame(720, 1280);
  const { told } = watching(() => [code]);
  await vi.waitFor(() => expect(told).toEqual([["A7-000123"]]));
  expect(closed).toHaveBeenCalled();
  expect(grabbed).toBeGreaterThan(0);
});

test("a worker that cannot draw frames gets bitmaps, and so does one of a browser that gives none", async () => {
  const { Frame } = stubVideoFrame(1280, 720);
  const { told, failed } = watching(({ frame }) => {
    if (frame instanceof Frame) throw new TypeError("cannot draw it");
    return [code];
  });
  await vi.waitFor(() => expect(told).toEqual([["A7-000123"]]));
  expect(failed).not.toHaveBeenCalled();
  vi.stubGlobal("VideoFrame", () => {
    throw new TypeError("not of a video");
  });
  const other = watching(() => [code]);
  await vi.waitFor(() => expect(other.told).toEqual([["A7-000123"]]));
});

/** The edges of the first looks of a decoder that takes so long for each. */
const edgesAt = async (ms: number): Promise<readonly number[]> => {
  vi.useFakeTimers();
  const edges: number[] = [];
  watching(
    ({ longestEdge }) => {
      edges.push(longestEdge);
      return [];
    },
    aVideo(),
    aWorker(nothing),
    ms,
  );
  await pass(24 * Math.max(ms, 70));
  return edges;
};

test("a slow phone looks at smaller pictures two times of three, a fast one at whole ones", async () => {
  expect(new Set(await edgesAt(50))).toEqual(new Set([1280]));
  const edges = (await edgesAt(300)).slice(6);
  expect(edges.filter((edge) => edge === 1280).length / edges.length).toBeCloseTo(1 / 3, 1);
  expect(new Set(edges)).toEqual(new Set([854, 1280]));
});

test("a decoder that keeps failing says so instead of looking on for ever", async () => {
  const { failed } = watching(() => {
    throw new Error("worker is broken");
  });
  await vi.waitFor(() => expect(failed).toHaveBeenCalledTimes(1), 2000);
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

test("F78 of two codes that take turns before the camera none is ever told alone, however the looks fall", async () => {
  vi.useFakeTimers();
  for (const turnMs of [70, 100])
    for (const lookMs of [5, 40, 90])
      for (let beginMs = 0; beginMs < 2 * turnMs; beginMs += 13) {
        await vi.advanceTimersByTimeAsync(2 * turnMs - (Date.now() % (2 * turnMs)) + beginMs);
        const turn = (): string => (Math.floor(Date.now() / turnMs) % 2 === 0 ? "A" : "B");
        const { told, stop } = watching(
          () => [{ ...code, text: turn() }],
          aVideo(),
          noSecond,
          lookMs,
        );
        await pass(1000);
        stop();
        const seen = told[0]?.toSorted();
        expect(seen, `${turnMs} ${lookMs} ${beginMs}`).toEqual(["A", "B"]);
      }
});
