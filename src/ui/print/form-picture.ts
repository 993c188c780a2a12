import { qrPath } from "../components/qr-path.ts";
import { fieldLines, fieldWidth, type FormFieldName } from "./form-fields.ts";
import { blocksOf, type PaperFormContent } from "./paper-form.tsx";
import { wrapText } from "./slip-layout.ts";
import { toPng } from "./slip-picture.ts";

/** A4 at 150 dots per inch. */
const page = { width: 1240, height: 1754, margin: 70 };
const columns = 4;
const columnWidth = (page.width - 2 * page.margin) / columns;
const pad = 8;
const codeSize = 160;

const fontOf = (size: number, bold = false): string =>
  `${bold ? "600 " : ""}${size}px system-ui, "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", sans-serif`;

const small = { font: fontOf(15), leading: 22 };
const value = { font: fontOf(19, true), leading: 27 };

type Pen = CanvasRenderingContext2D;

const wrapped = (pen: Pen, text: string, room: number): readonly string[] =>
  text.split("\n").flatMap((line) => wrapText(line, room, (part) => pen.measureText(part).width));

type Cell = {
  readonly name: FormFieldName;
  readonly column: number;
  readonly width: number;
  readonly label: readonly string[];
  readonly lines: readonly string[];
  readonly height: number;
};

const cellAt = (
  pen: Pen,
  name: FormFieldName,
  column: number,
  { values, zh, en }: PaperFormContent,
): Cell => {
  const width = fieldWidth(name) * columnWidth;
  pen.font = small.font;
  const label = wrapped(
    pen,
    `${zh(`forms.field.${name}`)}  ${en(`forms.field.${name}`)}`,
    width - 2 * pad,
  );
  pen.font = value.font;
  const lines = wrapped(pen, values[name] ?? "", width - 2 * pad);
  const room = Math.max(lines.length, fieldLines(name));
  const height = label.length * small.leading + room * value.leading + 2 * pad;
  return { name, column, width, label, lines, height };
};

/** Cells from the left; a new row begins where one does not fit any more. */
const rowsOf = (
  pen: Pen,
  fields: readonly FormFieldName[],
  content: PaperFormContent,
): readonly (readonly Cell[])[] => {
  const rows: Cell[][] = [];
  let used = columns;
  for (const name of fields) {
    if (used + fieldWidth(name) > columns) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(cellAt(pen, name, used, content));
    used += fieldWidth(name);
  }
  return rows;
};

const writeLines = (
  pen: Pen,
  lines: readonly string[],
  { x, y, font, leading }: { x: number; y: number; font: string; leading: number },
): void => {
  pen.font = font;
  for (const [index, line] of lines.entries()) pen.fillText(line, x, y + (index + 0.75) * leading);
};

const drawRow = (pen: Pen, row: readonly Cell[], top: number): number => {
  const height = Math.max(...row.map((cell) => cell.height));
  for (const { column, width, label, lines } of row) {
    const x = page.margin + column * columnWidth;
    pen.strokeRect(x, top, width, height);
    writeLines(pen, label, { x: x + pad, y: top + pad, ...small });
    const y = top + pad + label.length * small.leading;
    writeLines(pen, lines, { x: x + pad, y, ...value });
  }
  return top + height;
};

const drawHead = (pen: Pen, { kind, code, training, zh, en }: PaperFormContent): number => {
  const top = page.margin;
  pen.font = fontOf(36, true);
  pen.fillText(zh(`forms.title.${kind}`), page.margin, top + 40);
  pen.font = fontOf(20);
  pen.fillText(en(`forms.title.${kind}`), page.margin, top + 74);
  pen.font = fontOf(28, true);
  if (training) pen.fillText(zh("records.slip.practice"), page.margin, top + 116);
  const path = qrPath(code);
  if (path !== undefined) {
    pen.save();
    pen.translate(page.width - page.margin - codeSize, top);
    pen.scale(codeSize / path.size, codeSize / path.size);
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- this fills a path, not an array
    pen.fill(new Path2D(path.d));
    pen.restore();
  }
  return top + codeSize;
};

const drawBlocks = (pen: Pen, content: PaperFormContent): number => {
  let top = drawHead(pen, content);
  for (const { name, fields } of blocksOf(content.kind)) {
    pen.font = fontOf(20, true);
    const title = `${content.zh(`forms.block.${name}`)}  ${content.en(`forms.block.${name}`)}`;
    pen.fillText(title, page.margin, top + 30);
    top += 40;
    for (const row of rowsOf(pen, fields, content)) top = drawRow(pen, row, top);
  }
  pen.font = small.font;
  const foot = `${content.zh(`forms.foot.${content.kind}`)} ${content.en(`forms.foot.${content.kind}`)}`;
  const lines = wrapped(pen, foot, page.width - 2 * page.margin);
  writeLines(pen, lines, { x: page.margin, y: top + pad, ...small });
  return top + pad + lines.length * small.leading;
};

const penOf = (height: number): Pen => {
  const canvas = document.createElement("canvas");
  canvas.width = page.width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("this browser draws no pictures");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, page.width, height);
  pen.fillStyle = "black";
  pen.strokeStyle = "black";
  return pen;
};

/** A paper form as a PNG, A4 at 150 dots per inch; longer where its goods and words need more. */
export const drawForm = async (content: PaperFormContent): Promise<Uint8Array<ArrayBuffer>> => {
  const bottom = drawBlocks(penOf(page.height), content) + page.margin;
  const pen = penOf(Math.max(page.height, Math.ceil(bottom)));
  drawBlocks(pen, content);
  return toPng(pen.canvas);
};
