import * as fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";

import { gunzip, gzip } from "../../src/platform/gzip.ts";

afterEach(() => vi.unstubAllGlobals());

test("refundlog §12 gzip is transport only: the same bytes come out", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (drawn) => {
      fc.pre(drawn[0] !== 0x1f);
      const bytes = Uint8Array.from(drawn);
      expect(await gunzip(await gzip(bytes))).toEqual(bytes);
      expect(await gunzip(bytes)).toEqual(bytes);
    }),
    { numRuns: 40 },
  );
});

test("records get smaller on the way", async () => {
  const bytes = new TextEncoder().encode('{"d":[],"j":"abc","t":"rec"}\n'.repeat(200));
  expect((await gzip(bytes)).length).toBeLessThan(bytes.length / 10);
});

test("F81 damaged and cut streams are told, not thrown", async () => {
  const packed = await gzip(new TextEncoder().encode("退款台".repeat(100)));
  const damaged = packed.map((byte, index) => (index === 20 ? byte ^ 0xff : byte));
  expect(await gunzip(damaged)).toBeUndefined();
  expect(await gunzip(packed.slice(0, -6))).toBeUndefined();
});

test("F81 a few kilobytes that hold hundreds of megabytes are refused", async () => {
  const bomb = await gzip(new Uint8Array(65 * 1024 * 1024));
  expect(bomb.length).toBeLessThan(100_000);
  expect(await gunzip(bomb)).toBeUndefined();
});

test("a browser that cannot compress sends the bytes as they are", async () => {
  const bytes = Uint8Array.from([1, 2, 3]);
  vi.stubGlobal("CompressionStream", undefined);
  Reflect.deleteProperty(globalThis, "CompressionStream");
  expect(await gzip(bytes)).toEqual(bytes);
});
