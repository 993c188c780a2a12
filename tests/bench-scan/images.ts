import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import sharp from "sharp";

import type { Frame } from "../../src/workers/decode.ts";

/**
 * One picture of a set; `expected` lists every text that counts as right, and is null where nothing may be read. `codes` are
 * in the picture, which may be more than are listed.
 */
type Image = {
  readonly file: string;
  readonly expected: readonly string[] | null;
  readonly codes?: number;
};

/** A folder of pictures with its manifest.json, laid out as data/decode/README.md says. */
export type ImageSet = {
  readonly set: string;
  readonly group: string;
  readonly kind: "positive" | "negative";
  readonly format: string | null;
  readonly images: readonly Image[];
};

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** Every set below a folder; none when the folder is not there. */
export const findSets = (folder: string): readonly ImageSet[] =>
  (existsSync(folder) ? readdirSync(folder).sort() : [])
    .map((name) => join(folder, name, "manifest.json"))
    .filter((manifest) => existsSync(manifest))
    .map((manifest) => readJson(manifest) as ImageSet);

/** What else a picture may hold: of several codes not all are listed, but those of its set are known. */
export const othersOf = (
  { images }: ImageSet,
  { expected, codes = 1 }: Image,
): readonly string[] =>
  codes > (expected?.length ?? 0) ? images.flatMap((image) => image.expected ?? []) : [];

/** The pixels of a picture as grey RGBA, so that every engine is given the same, turned clockwise. */
export const loadFrame = async (file: string, degrees: number): Promise<Frame> => {
  const grey = sharp(file).flatten({ background: "#fff" }).rotate(degrees).toColourspace("b-w");
  const { data, info } = await grey.raw().toBuffer({ resolveWithObject: true });
  const rgba = new Uint8ClampedArray(info.width * info.height * 4).fill(255);
  for (let pixel = 0; pixel < info.width * info.height; pixel++) {
    const value = data[pixel * info.channels] ?? 0;
    rgba.fill(value, pixel * 4, pixel * 4 + 3);
  }
  return { data: rgba, width: info.width, height: info.height };
};
