// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";

import { createDecoder } from "../../src/platform/decoder.ts";
import { fail, ok } from "../../src/domain/result.ts";
import type { DecodeAnswer, DecodedCode } from "../../src/workers/decode.ts";
import { aWorkerOf, hungWorker, noSecond } from "./a-decode-worker.ts";

const code: DecodedCode = {
  format: "qr",
  text: "A7-000123",
  lines: 1,
  corners: [{ x: 0.5, y: 0.5 }],
};

afterEach(() => void vi.useRealTimers());

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
  await vi.advanceTimersByTimeAsync(11_000);
  expect(await answer).toEqual(noCodes);
});
