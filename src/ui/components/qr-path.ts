import { correction, generate } from "lean-qr";

/** A code as one SVG path in units of a module, quiet zone of 4 included in `size`. */
export type QrPath = { readonly size: number; readonly d: string };

const quiet = 4;

type Modules = { readonly size: number; readonly get: (x: number, y: number) => boolean };

const rowPath = (code: Modules, y: number): string => {
  let d = "";
  for (let x = 0; x < code.size; x++) {
    if (!code.get(x, y)) continue;
    const start = x;
    while (x < code.size && code.get(x, y)) x++;
    d += `M${start + quiet} ${y + quiet}h${x - start}v1h${start - x}z`;
  }
  return d;
};

const encode = (text: string): Modules | undefined => {
  for (const [level, version] of [
    [correction.M, 20],
    [correction.L, 22],
  ] as const) {
    try {
      return generate(text, { minCorrectionLevel: level, maxVersion: version });
    } catch {
      // too long for this level
    }
  }
  return undefined;
};

/** The code of a text: medium correction up to version 20, low up to 22, else none (refundlog.md §15). */
export const qrPath = (text: string): QrPath | undefined => {
  const code = encode(text);
  if (code === undefined) return undefined;
  const rows = Array.from({ length: code.size }, (_, y) => rowPath(code, y));
  return { size: code.size + 2 * quiet, d: rows.join("") };
};
