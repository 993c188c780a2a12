import { writeFileSync } from "node:fs";
import bwip from "bwip-js/node";

/** What a till scans; the generator shares no code with the app. */
export type Code = {
  readonly kind: "qrcode" | "code128" | "ean13" | "datamatrix";
  readonly text: string;
};

type Modules = {
  readonly width: number;
  readonly height: number;
  readonly isBlack: (x: number, y: number) => boolean;
};

type Raw = {
  readonly pixs?: readonly number[];
  readonly pixx?: number;
  readonly pixy?: number;
  readonly sbs?: readonly number[];
};

const modulesOf = ({ kind, text }: Code): Modules => {
  // oxlint-disable-next-line import/no-named-as-default-member -- the named `raw` is a symbology
  const [raw = {}] = bwip.raw({ bcid: kind, text }) as Raw[];
  const { pixs, pixx = 0, pixy = 0, sbs = [] } = raw;
  if (pixs !== undefined)
    return { width: pixx, height: pixy, isBlack: (x, y) => pixs[y * pixx + x] === 1 };
  const black = sbs.flatMap((width, index) => Array<boolean>(width).fill(index % 2 === 0));
  return {
    width: black.length,
    height: Math.round(black.length / 3),
    isBlack: (x) => black[x] ?? false,
  };
};

const width = 1280;
const height = 720;
const quiet = 12;

/** A code in the middle of its part of white paper, as large as its quiet zone allows. */
const paint = (luma: Buffer, modules: Modules, [from, to]: readonly [number, number]): void => {
  const across = Math.floor((to - from) / (modules.width + 2 * quiet));
  const down = Math.floor(height / (modules.height + 2 * quiet));
  const scale = Math.min(across, down, 6);
  const left = (from + to - modules.width * scale) >> 1;
  const top = (height - modules.height * scale) >> 1;
  for (let y = 0; y < modules.height * scale; y++)
    for (let x = 0; x < modules.width * scale; x++)
      if (modules.isBlack(Math.floor(x / scale), Math.floor(y / scale)))
        luma[(top + y) * width + left + x] = 16;
};

/** The brightness of each pixel of 1280 × 720 that a camera sees: codes side by side on paper. */
export const lumaOf = (...codes: readonly Code[]): Buffer => {
  const luma = Buffer.alloc(width * height, 235);
  const room = width / codes.length;
  for (const [index, code] of codes.entries())
    paint(luma, modulesOf(code), [index * room, (index + 1) * room]);
  return luma;
};

/** Writes what the camera sees from its next opening on: these pictures over and over. */
export const writeCamera = (file: string, lumas: readonly Buffer[], framesPerSecond = 10): void => {
  const head = `YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`;
  const grey = Buffer.alloc((width * height) >> 1, 128);
  const frames = lumas.flatMap((luma) => [Buffer.from("FRAME\n"), luma, grey]);
  writeFileSync(file, Buffer.concat([Buffer.from(head), ...frames]));
};

/** Still codes before the camera; nothing but paper without any. */
export const showCamera = (file: string, ...codes: readonly Code[]): void => {
  const luma = lumaOf(...codes);
  writeCamera(file, [luma, luma]);
};

/** A PNG of a code, as a customer sends it. */
export const pictureOf = ({ kind, text }: Code): Promise<Buffer> =>
  // oxlint-disable-next-line import/no-named-as-default-member -- as above
  bwip.toBuffer({
    bcid: kind,
    text,
    scale: 4,
    paddingwidth: 12,
    paddingheight: 12,
    backgroundcolor: "FFFFFF",
  });

/** Chromium with that file for a camera. */
export const cameraFlags = (file: string): readonly string[] => [
  "--use-fake-device-for-media-stream",
  `--use-file-for-fake-video-capture=${file}`,
];
