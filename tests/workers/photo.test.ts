import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";

import type { GreyPicture } from "../../src/domain/photo-quality.ts";
import { isPlainJpeg } from "../../src/workers/photo-jpeg.ts";
import {
  prepareEvidence,
  type OpenPicture,
  type PhotoAnswer,
  type PhotoRequest,
  type Studio,
} from "../../src/workers/photo.ts";
import {
  aBmp,
  aGif,
  aGrey,
  aJpeg,
  anMp4,
  aPng,
  aWav,
  aWebp,
  joined,
  segment,
  traces,
} from "../support/pictures.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const written = aGrey(512, 384, (x, y) => (x % 7 < 3 && y % 9 < 5 ? 40 : 220));

/** A JPEG of about 65 kB times that. */
const sized = (count: number): Bytes =>
  joined(
    [0xff, 0xd8],
    ...Array.from({ length: count }, () => segment(0xdb, "x".repeat(65_000))),
    aJpeg(16, 16).slice(2),
  );

/** A browser that draws `bytes` at each size and quality and remembers what it was asked. */
const aStudio = (over: Partial<{ develop: OpenPicture["develop"]; grey: GreyPicture }> = {}) => {
  const opened: (readonly [type: string, bytes: Bytes, how: Parameters<Studio["open"]>[1]])[] = [];
  const developed: (readonly [edge: number, quality: number])[] = [];
  let open = 0;
  const studio: Studio = {
    open: async (file, how) => {
      opened.push([file.type, new Uint8Array(await file.arrayBuffer()), how]);
      open++;
      return {
        width: 1600,
        height: 1200,
        develop: async (edge, quality) => {
          developed.push([edge, quality]);
          return (await over.develop?.(edge, quality)) ?? aJpeg(1600, 1200, { before: traces });
        },
        grey: () => over.grey ?? written,
        close: () => void open--,
      };
    },
  };
  return { studio, opened, developed, stillOpen: () => open };
};

const ask = (
  { studio }: { readonly studio: Studio },
  bytes: Bytes,
  over: Partial<PhotoRequest & { readonly signal: AbortSignal }> = {},
): Promise<PhotoAnswer> =>
  prepareEvidence(studio)(
    { file: new Blob([bytes]), take: "any", ...over },
    { signal: over.signal ?? new AbortController().signal },
  );

const hashOf = (bytes: Bytes): string => createHash("sha256").update(bytes).digest("base64url");

const kindOf = (answer: PhotoAnswer): string => (answer.ok ? answer.value.type : answer.fault.kind);

const refused = async (bytes: Bytes, size?: number): Promise<string> => {
  const desk = aStudio();
  const file = new Blob([bytes]);
  if (size !== undefined) Object.defineProperty(file, "size", { value: size });
  const answer = await ask(desk, bytes, { file });
  expect(desk.opened).toEqual([]);
  return kindOf(answer);
};

describe("a photo on its way to the record", () => {
  it("R38 F82 every picture is drawn anew and carries no metadata, a small one too", async () => {
    for (const [source, bytes] of [
      ["image/jpeg", aJpeg(40, 40, { before: traces })],
      ["image/png", aPng(40, 40)],
      ["image/gif", aGif(40, 40)],
      ["image/bmp", aBmp(40, 40)],
      ["image/webp", aWebp("VP8L", 40, 40)],
    ] as const) {
      const desk = aStudio();
      const answer = await ask(desk, bytes);
      if (!answer.ok || answer.value.kind !== "photo") throw new Error(kindOf(answer));
      expect(answer.value).toMatchObject({ type: "image/jpeg", width: 1600, height: 1200, source });
      expect(answer.value.bytes).toEqual(aJpeg(1600, 1200));
      expect(answer.value.sha256).toBe(hashOf(aJpeg(1600, 1200)));
      expect(isPlainJpeg(answer.value.bytes)).toBe(true);
      expect(desk.opened[0]?.[0]).toBe(source);
      expect(desk.developed).toEqual([[1600, 0.75]]);
      expect(desk.stillOpen()).toBe(0);
    }
  });

  it("R39 what was made is opened again and judged", async () => {
    const desk = aStudio({ grey: aGrey(512, 384, (x) => x / 16) });
    const answer = await ask(desk, aJpeg(4000, 3000));
    expect(answer).toMatchObject({
      value: { quality: { blurred: true, dark: true, bright: false, small: false } },
    });
    expect(desk.opened[1]?.[1]).toEqual(aJpeg(1600, 1200));
  });

  it("F81 opens a large picture small, whichever way it lies, and a strip as it is", async () => {
    for (const [width, height, asked] of [
      [4000, 3000, 1600],
      [3000, 4000, 1600],
      [1080, 2400, undefined],
      [1080, 20_000, undefined],
    ] as const) {
      const desk = aStudio();
      await ask(desk, aJpeg(width, height));
      expect(desk.opened[0]?.[2]?.width).toBe(asked);
    }
  });

  it("F83 paints over what must not be kept, and judges the picture without it", async () => {
    const desk = aStudio();
    const cover = [{ x: 0, y: 0.5, width: 1, height: 0.25 }];
    await ask(desk, aJpeg(4000, 3000), { take: "photo", cover });
    expect(desk.opened.map(([, , how]) => how?.cover)).toEqual([cover, undefined]);
  });

  it("S11 lowers quality, then size, until it has at most 250 KB", async () => {
    const desk = aStudio({ develop: async (edge) => sized(edge > 1024 ? 4 : 3) });
    const answer = await ask(desk, aJpeg(4000, 3000));
    expect(answer.ok && answer.value.bytes.length).toBeLessThanOrEqual(250 * 1024);
    expect(desk.developed).toEqual([
      [1600, 0.75],
      [1600, 0.65],
      [1600, 0.5],
      [1280, 0.55],
      [1024, 0.5],
    ]);
    const never = await ask(aStudio({ develop: async () => sized(4) }), aJpeg(4000, 3000));
    expect(kindOf(never)).toBe("photo_failed");
  });

  it("F81 a blank canvas is not kept", async () => {
    const answer = await ask(aStudio({ grey: aGrey(512, 384, () => 0) }), aJpeg(8000, 6000));
    expect(kindOf(answer)).toBe("photo_blank");
  });

  it("F82 a browser that gives something else than a JPEG is not believed", async () => {
    const answer = await ask(aStudio({ develop: async () => aPng(9, 9) }), aJpeg(40, 40));
    expect(kindOf(answer)).toBe("photo_failed");
  });

  it("stops between its steps when the page gives up", async () => {
    const given = new AbortController();
    const desk = aStudio({
      develop: async () => {
        given.abort();
        return sized(4);
      },
    });
    const early = await ask(aStudio(), aJpeg(40, 40), { signal: AbortSignal.abort() });
    expect(kindOf(early)).toBe("aborted");
    const late = await ask(desk, aJpeg(40, 40), { signal: given.signal });
    expect(kindOf(late)).toBe("aborted");
    expect(desk.developed).toHaveLength(1);
    expect(desk.stillOpen()).toBe(0);
  });
});

describe("pictures that are refused before anything is decoded", () => {
  it.each([
    ["100 megapixels", aJpeg(10_000, 10_000), "photo_too_large"],
    ["8 kB that decode to a gigabyte", aPng(20_000, 13_000), "photo_too_large"],
    ["one pixel above the limit", aPng(50_000_001, 16), "photo_too_large"],
    ["a line of 65,535", aJpeg(65_535, 100), "photo_too_large"],
    ["a column of one pixel", aJpeg(1, 65_535), "photo_unreadable"],
    ["a frame larger than its screen", aGif(9, 9, [[0, 0, 9000, 9000]]), "photo_too_large"],
    ["a WebP of 16384²", aWebp("VP8X", 16_384, 16_384), "photo_too_large"],
    ["a BMP on its head", aBmp(9000, -9000 >>> 0), "photo_too_large"],
    ["a cut photo", aJpeg(4000, 3000).slice(0, -3), "photo_unreadable"],
    ["a photo without pixels", aPng(0, 0), "photo_unreadable"],
    ["nothing", new Uint8Array(), "file_unreadable"],
    ["a HEIC", joined([0, 0, 0, 24], "ftypheic\0\0\0\0"), "photo_heic"],
    ["a drawing with a script", joined("<svg><script>alert(1)</script></svg>"), "photo_svg"],
    ["a picture that is a web page", joined("<html><img src=x>"), "file_type_unknown"],
    ["a film", anMp4("isom", ["vide"]), "file_type_unknown"],
  ])("F81 %s", async (_name, bytes, fault) => {
    expect(await refused(bytes)).toBe(fault);
  });

  it("F81 takes 25 MB and not a byte more, and says so", async () => {
    const most = 25 * 1024 * 1024;
    expect(await refused(aJpeg(40, 40), most + 1)).toBe("photo_too_large");
    const file = new Blob([aJpeg(40, 40)]);
    Object.defineProperty(file, "size", { value: most });
    expect(kindOf(await ask(aStudio(), aJpeg(40, 40), { file }))).toBe("image/jpeg");
    const answer = await ask(aStudio(), aJpeg(9000, 9000));
    expect(answer).toMatchObject({ fault: { megabytes: 25, megapixels: 50 } });
  });

  it("F81 what the browser cannot decode is unreadable", async () => {
    const studio: Studio = {
      open: async () => {
        throw new DOMException("The source image could not be decoded", "InvalidStateError");
      },
    };
    expect(kindOf(await ask({ studio }, aJpeg(40, 40)))).toBe("photo_unreadable");
  });

  it("a file that went away is unreadable", async () => {
    const file = new Blob(["x"]);
    Object.defineProperty(file, "slice", {
      value: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }),
    });
    expect(kindOf(await ask(aStudio(), new Uint8Array(), { file }))).toBe("file_unreadable");
  });
});

describe("other files", () => {
  it("R20 a recording is kept as it is, by what its bytes say and not its name", async () => {
    const file = new File([aWav()], "photo.jpg", { type: "image/jpeg" });
    const answer = await ask(aStudio(), aWav(), { file });
    const value = { kind: "file", bytes: aWav(), sha256: hashOf(aWav()), type: "audio/wav" };
    expect(answer).toEqual({ ok: true, value });
  });

  it("refundlog E_LIMIT takes 5 MiB and not a byte more", async () => {
    const text = new Uint8Array(5 * 1024 * 1024 + 1).fill(0x61);
    expect(kindOf(await ask(aStudio(), text.slice(1)))).toBe("text/plain");
    expect(await ask(aStudio(), text)).toEqual({
      ok: false,
      fault: { kind: "evidence_too_large", megabytes: 5 },
    });
  });

  it("where a photo is wanted, nothing else will do", async () => {
    const answer = await ask(aStudio(), aWav(), { take: "photo" });
    expect(kindOf(answer)).toBe("file_type_unknown");
  });
});
