import bwip from "bwip-js/node";
import { generate } from "lean-qr";

import type { Frame } from "../../src/workers/decode.ts";

/** Black modules on white, `true` is black. */
export type Modules = {
  readonly width: number;
  readonly height: number;
  readonly isBlack: (x: number, y: number) => boolean;
};

export const qrModules = (text: string): Modules => {
  const code = generate(text);
  return { width: code.size, height: code.size, isBlack: (x, y) => code.get(x, y) };
};

export const dataMatrixModules = (text: string): Modules => {
  // oxlint-disable-next-line import/no-named-as-default-member -- the named `raw` is a symbology
  const [{ pixs = [], pixx = 0, pixy = 0 } = {}] = bwip.raw({ bcid: "datamatrix", text }) as {
    pixs?: number[];
    pixx?: number;
    pixy?: number;
  }[];
  return { width: pixx, height: pixy, isBlack: (x, y) => pixs[y * pixx + x] === 1 };
};

type LinearKind = "code128" | "ean13" | "ean8" | "upca" | "interleaved2of5";

/** Linear codes come as widths of bars and spaces in turn. */
export const linearModules = (kind: LinearKind, text: string, height = 40): Modules => {
  // oxlint-disable-next-line import/no-named-as-default-member -- the named `raw` is a symbology
  const [{ sbs = [] } = {}] = bwip.raw({ bcid: kind, text }) as { sbs?: number[] }[];
  const black: boolean[] = [];
  for (const [index, width] of sbs.entries()) {
    for (let module = 0; module < width; module++) black.push(index % 2 === 0);
  }
  return { width: black.length, height, isBlack: (x) => black[x] ?? false };
};

type Placed = {
  readonly modules: Modules;
  readonly left: number;
  readonly top: number;
  readonly scale: number;
  readonly upright?: boolean;
};

/** A white picture with codes on it; their quiet zones are the white around them. */
export const aPicture = (width: number, height: number, placed: readonly Placed[]): Frame => {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const paint = (x: number, y: number): void => {
    if (x < width && y < height) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  };
  for (const { modules, left, top, scale, upright = false } of placed) {
    for (let y = 0; y < modules.height * scale; y++) {
      for (let x = 0; x < modules.width * scale; x++) {
        const black = modules.isBlack(Math.floor(x / scale), Math.floor(y / scale));
        if (black && upright) paint(left + y, top + x);
        else if (black) paint(left + x, top + y);
      }
    }
  }
  return { data, width, height };
};

/** The same picture with every channel changed by `change(value, index of the pixel)`. */
export const altered = (
  { data, width, height }: Frame,
  change: (value: number, pixel: number) => number,
): Frame => ({
  data: data.map((value, index) => (index % 4 === 3 ? value : change(value, index >> 2))),
  width,
  height,
});
