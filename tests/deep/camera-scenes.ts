import { lumaOf, type Code } from "../e2e/support/camera.ts";

/** What stands between a code and the camera. */
export type Scene = "clean" | "noisy" | "blurred" | "low light";

const width = 1280;
const height = 720;
const pixels = width * height;

/** Repeatable, and even between -1 and 1. */
const noiseAt = (n: number): number => {
  const mixed = Math.imul(n ^ (n >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 31 - 1;
};

/** The mean of a square of `2 * reach + 1` pixels, rows first and then columns. */
const meanAlong = (luma: Buffer, reach: number, step: number, length: number): Buffer => {
  const mean = Buffer.from(luma);
  for (let at = 0; at < luma.length; at++) {
    const place = Math.floor(at / step) % length;
    if (place < reach || place >= length - reach) continue;
    let sum = 0;
    for (let beside = -reach; beside <= reach; beside++) sum += luma[at + beside * step] ?? 0;
    mean[at] = sum / (2 * reach + 1);
  }
  return mean;
};

const blurred = (luma: Buffer, reach: number): Buffer =>
  meanAlong(meanAlong(luma, reach, 1, width), reach, width, height);

type Look = {
  readonly reach: number;
  /** Grey values between black and white, and the black. */
  readonly contrast: number;
  readonly dark: number;
  readonly noise: number;
};

const looks: Readonly<Record<Scene, Look>> = {
  clean: { reach: 0, contrast: 220, dark: 16, noise: 0 },
  noisy: { reach: 0, contrast: 160, dark: 40, noise: 45 },
  blurred: { reach: 2, contrast: 200, dark: 20, noise: 4 },
  "low light": { reach: 1, contrast: 40, dark: 18, noise: 12 },
};

/** Some pictures of a code, or of paper alone, in this scene; noise differs from one to the next, as a sensor's does. */
export const filmed = (
  code: Code | undefined,
  scene: Scene,
  pictures: number,
): readonly Buffer[] => {
  const { reach, contrast, dark, noise } = looks[scene];
  const soft = blurred(code === undefined ? lumaOf() : lumaOf(code), reach);
  return Array.from({ length: pictures }, (_, picture) =>
    Buffer.from(
      soft.map((value, at) => {
        const seen = dark + (contrast * (value - 16)) / 219;
        const grain = noise * noiseAt(at + picture * pixels);
        return Math.max(0, Math.min(255, seen + grain));
      }),
    ),
  );
};
