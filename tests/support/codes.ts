import type { Frame } from "../../src/workers/decode.ts";
import { createPipeline } from "../../src/workers/decode-frame.ts";

/** What the app's own scanner reads in a picture. */
export const readFrame = (frame: Frame): readonly string[] =>
  createPipeline()
    .decode(frame, { kind: "still" })
    .map(({ text }) => text);

const scale = 4;

/** Every run of black modules in the path of a code: a row, where it begins, and how long it is. */
export const runsOf = (
  path: string,
): readonly (readonly [x: number, y: number, length: number])[] =>
  Array.from(path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g), (run) => {
    const [x = 0, y = 0, length = 0] = run.slice(1, 4).map(Number);
    return [x, y, length];
  });

/** Paints the path of a code as a browser would, black runs on white, and reads it with the app's own scanner. */
export const readPath = (path: string, size: number): string | undefined => {
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [x, y, length] of runsOf(path))
    for (let row = y * scale; row < (y + 1) * scale; row++)
      data.fill(0, (row * width + x * scale) * 4, (row * width + (x + length) * scale) * 4);
  return readFrame({ data, width, height: width })[0];
};

/** The text of a code that stands on a page. */
export const readSvgCode = (svg: Element | null): string | undefined => {
  const size = Number(svg?.getAttribute("viewBox")?.split(" ")[2] ?? 0);
  return readPath(svg?.querySelector("path")?.getAttribute("d") ?? "", size);
};
