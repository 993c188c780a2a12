import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { openPicture } from "../../src/workers/open-picture.ts";

const opened: unknown[] = [];

beforeEach(() => {
  opened.length = 0;
  vi.stubGlobal("createImageBitmap", async (_file: Blob, options: object) => {
    opened.push(options);
    return { width: 1, height: 1 };
  });
});

afterEach(() => void vi.unstubAllGlobals());

/** The header of a PNG of that size, and its end. */
const aPng = (width: number, height: number): Blob => {
  const bytes = Buffer.alloc(45);
  bytes.write("\x89PNG\r\n\x1a\n", "latin1");
  bytes.writeUInt32BE(13, 8);
  bytes.write("IHDR", 12, "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.write("IEND", 37, "latin1");
  return new Blob([bytes]);
};

test("F81 a picture of more than 50 megapixels is refused by its header, before it is decoded", async () => {
  expect(await openPicture(aPng(10_000, 5_001), 1600)).toEqual({
    ok: false,
    fault: { kind: "picture_too_large" },
  });
  expect(opened).toEqual([]);
  expect(await openPicture(aPng(10_000, 5_000), 1600)).toMatchObject({ ok: true });
});

test("F81 a large picture is made smaller while it is opened, a small one is taken as it is", async () => {
  await openPicture(aPng(8_000, 6_000), 1600);
  await openPicture(aPng(800, 6_000), 1600);
  const resizeQuality = "high";
  expect(opened).toEqual([{ resizeQuality, resizeWidth: 1600 }, { resizeQuality }]);
});

test("F81 what is cut, drawn by a script or no picture at all is unreadable", async () => {
  const unreadable = { ok: false, fault: { kind: "picture_unreadable" } };
  const svg = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>']);
  expect(await openPicture(aPng(800, 600).slice(0, 40), 1600)).toEqual(unreadable);
  expect(await openPicture(svg, 1600)).toEqual(unreadable);
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new DOMException("", "EncodingError")));
  expect(await openPicture(new Blob(["text"]), 1600)).toEqual(unreadable);
  expect(await openPicture(new Blob([]), 1600)).toEqual(unreadable);
});
