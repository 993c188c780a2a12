import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isPlainJpeg, jpegSegments, jpegSize, plainJpeg } from "../../src/workers/photo-jpeg.ts";
import { aJpeg, exif, joined, segment, traces } from "../support/pictures.ts";
import { runs } from "../support/deep.ts";

const bare = aJpeg(1600, 1200);

const textOf = (bytes: Uint8Array | undefined): string =>
  Buffer.from(bytes ?? new Uint8Array()).toString("latin1");

const markers = (bytes: Uint8Array<ArrayBuffer>): readonly string[] =>
  (jpegSegments(bytes) ?? []).map(({ marker }) => marker.toString(16));

describe("metadata of a photo", () => {
  it("F82 leaves nothing of a place, a device, a thumbnail, a profile or a comment", () => {
    const told = aJpeg(1600, 1200, { before: traces, after: "SEFT GPSLatitude behind the end" });
    expect(textOf(told)).toMatch(/GPSLatitude[^]*xmpmeta[^]*ICC_PROFILE[^]*8BIM[^]*serial/);
    const plain = plainJpeg(told);
    expect(plain).toEqual(bare);
    expect(textOf(plain)).not.toMatch(/GPS|Huawei|xmp|ICC|8BIM|serial|JFXX|thumbnail|SEFT/);
    expect(isPlainJpeg(told)).toBe(false);
    expect(isPlainJpeg(bare)).toBe(true);
  });

  it.each(traces.map((trace) => [textOf(trace.slice(4, 12)), trace] as const))(
    "F82 finds %s alone",
    (_name, trace) => {
      expect(isPlainJpeg(aJpeg(16, 16, { before: [trace] }))).toBe(false);
      expect(plainJpeg(aJpeg(16, 16, { before: [trace] }))).toEqual(aJpeg(16, 16));
    },
  );

  it("F82 takes any order and number of segments", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...traces), { maxLength: 9 }),
        fc.string(),
        (before, after) => {
          expect(plainJpeg(aJpeg(1600, 1200, { before, after }))).toEqual(bare);
        },
      ),
    );
  });

  it("keeps the 14 bytes of Adobe that say how colours are mixed", () => {
    const adobe = segment(0xee, "Adobe\0d\0\0\0\0\x01");
    const picture = aJpeg(16, 16, { before: [adobe] });
    expect(plainJpeg(picture)).toEqual(picture);
  });
});

describe("segments of a JPEG", () => {
  it("a scan holds stuffed bytes, restarts and fill bytes", () => {
    expect(markers(bare)).toEqual(["e0", "db", "c0", "c4", "da", "d9"]);
  });

  it("F81 a picture that is cut anywhere is none", () => {
    const whole = aJpeg(1600, 1200, { before: [exif] });
    for (let length = 0; length < whole.length; length++)
      expect(jpegSegments(whole.slice(0, length))).toBeUndefined();
    expect(jpegSegments(whole)).toBeDefined();
  });

  it("F81 reads the size of the picture and not of the thumbnail in its EXIF", () => {
    const thumbnail = segment(0xe1, joined("Exif\0\0", aJpeg(160, 120)));
    expect(jpegSize(aJpeg(4000, 3000, { before: [thumbnail] }))).toEqual({
      width: 4000,
      height: 3000,
    });
    expect(jpegSize(aJpeg(1, 65_535))).toEqual({ width: 1, height: 65_535 });
  });

  it("skips stray bytes between segments as decoders do", () => {
    const stray = joined(bare.slice(0, 2), [0, 0, 0xff, 0xff], bare.slice(3));
    expect(plainJpeg(stray)).toEqual(bare);
  });

  it("F81 random changes of a photo throw nothing, and what comes out is plain", () => {
    const whole = aJpeg(1600, 1200, { before: traces });
    const spot = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(spot, { minLength: 1, maxLength: 8 }), (spots) => {
        const changed = whole.slice();
        for (const [at, byte] of spots) changed[at] = byte;
        const plain = plainJpeg(changed);
        if (plain !== undefined) expect(isPlainJpeg(plain)).toBe(true);
      }),
      { numRuns: runs(4_000, 20_000) },
    );
  });
});
