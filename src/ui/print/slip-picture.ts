import type { Picture } from "../../domain/escpos.ts";
import { fontSize, layOutSlip, type SlipFont, type SlipMark } from "./slip-layout.ts";
import type { SlipLine, SlipPaper } from "./slip-lines.ts";

const families: Readonly<Record<"text" | "mono", string>> = {
  text: 'system-ui, "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", sans-serif',
  mono: "ui-monospace, Menlo, Consolas, monospace",
};

const fontOf = (font: SlipFont): string => {
  const bold = font === "bold" || font === "title" || font === "amount";
  const family = font === "mono" ? families.mono : families.text;
  return `${bold ? "600 " : ""}${fontSize[font]}px ${family}`;
};

const drawCode = (pen: CanvasRenderingContext2D, mark: Extract<SlipMark, { kind: "code" }>) => {
  pen.save();
  pen.translate(mark.x, mark.y);
  pen.scale(mark.dots, mark.dots);
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- this fills a path, not an array
  pen.fill(new Path2D(mark.d));
  pen.restore();
};

const drawMark = (pen: CanvasRenderingContext2D, mark: SlipMark, width: number): void => {
  switch (mark.kind) {
    case "text":
      pen.font = fontOf(mark.font);
      pen.fillText(mark.text, mark.x, mark.y);
      return;
    case "rule":
      for (let x = 0; x < width; x += 12) pen.fillRect(x, mark.y, 7, 2);
      return;
    case "code":
      drawCode(pen, mark);
  }
};

/** What a canvas shows, as a PNG. */
export const toPng = (canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("the canvas gave no picture"));
      else blob.arrayBuffer().then((buffer) => resolve(new Uint8Array(buffer)), reject);
    }, "image/png");
  });

/** The slip on a canvas as wide as the print head: 384 or 576 dots, black on white. */
const paintSlip = (lines: readonly SlipLine[], paper: SlipPaper): CanvasRenderingContext2D => {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("this browser draws no pictures");
  const layout = layOutSlip(lines, paper, (text, font) => {
    pen.font = fontOf(font);
    return pen.measureText(text).width;
  });
  canvas.width = layout.width;
  canvas.height = layout.height;
  pen.fillStyle = "white";
  pen.fillRect(0, 0, layout.width, layout.height);
  pen.fillStyle = "black";
  for (const mark of layout.marks) drawMark(pen, mark, layout.width);
  return pen;
};

/** The slip as a PNG, a dot of the print head for each pixel. */
export const drawSlip = (
  lines: readonly SlipLine[],
  paper: SlipPaper,
): Promise<Uint8Array<ArrayBuffer>> => toPng(paintSlip(lines, paper).canvas);

/** The same picture dot by dot, for a printer. */
export const slipDots = (lines: readonly SlipLine[], paper: SlipPaper): Picture => {
  const pen = paintSlip(lines, paper);
  const { width, height } = pen.canvas;
  return pen.getImageData(0, 0, width, height);
};
