import { qrPath } from "../components/qr-path.ts";
import type { SlipLine, SlipPaper } from "./slip-lines.ts";

/** Dots a print head has across, at 8 dots per millimetre. */
export const dotsAcross = { slip_58: 384, slip_80: 576 } as const satisfies Record<
  SlipPaper,
  number
>;

const dotsPerModule = 4;

/** A code as it fits the roll: 4 dots per module, 3 where it would be too wide. */
export const codeOnPaper = (
  text: string,
  paper: SlipPaper,
): { readonly d: string; readonly modules: number; readonly dots: number } | undefined => {
  const path = qrPath(text);
  if (path === undefined) return undefined;
  const dots = Math.min(dotsPerModule, Math.floor(dotsAcross[paper] / path.size));
  return { d: path.d, modules: path.size, dots };
};

export type SlipFont = "plain" | "mono" | "bold" | "title" | "amount";

/** Height of the letters in dots; 24 gives 32 half-width columns on 58 mm. */
export const fontSize: Readonly<Record<SlipFont, number>> = {
  plain: 24,
  mono: 24,
  bold: 24,
  title: 32,
  amount: 38,
};

/** One mark on the paper; `x` is the left edge, `y` the base line of a text. */
export type SlipMark =
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly font: SlipFont;
      readonly text: string;
    }
  | { readonly kind: "rule"; readonly y: number }
  | {
      readonly kind: "code";
      readonly x: number;
      readonly y: number;
      readonly d: string;
      readonly dots: number;
    };

/** Width of a text in dots. */
export type MeasureText = (text: string, font: SlipFont) => number;

type Pen = {
  readonly width: number;
  readonly measure: MeasureText;
  readonly paper: SlipPaper;
};

type Block = { readonly height: number; readonly marks: readonly SlipMark[] };

const leading = (font: SlipFont): number => Math.round(fontSize[font] * 1.4);

/** Cuts a text so that every line fits; words are kept whole where they can be. */
export const wrapText = (
  text: string,
  room: number,
  width: (text: string) => number,
): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  for (const part of text.match(/[!-~]+|\s+|./gsu) ?? []) {
    if (width(line + part) <= room) {
      line += part;
      continue;
    }
    if (line.trim() !== "") lines.push(line.trim());
    line = part.trim();
    while (width(line) > room) {
      const fit = longestFit(line, room, width);
      lines.push(line.slice(0, fit));
      line = line.slice(fit);
    }
  }
  return line.trim() === "" ? lines : [...lines, line.trim()];
};

const longestFit = (text: string, room: number, width: (text: string) => number): number => {
  let fit = 1;
  while (fit < text.length && width(text.slice(0, fit + 1)) <= room) fit++;
  return fit;
};

const textBlock = (
  text: string,
  { font, align }: { readonly font: SlipFont; readonly align: "start" | "centre" | "end" },
  { width, measure }: Pen,
): Block => {
  const lines = wrapText(text, width, (part) => measure(part, font));
  const marks = lines.map((line, index): SlipMark => {
    const free = width - measure(line, font);
    const x = align === "start" ? 0 : align === "end" ? free : free / 2;
    const y = index * leading(font) + fontSize[font];
    return { kind: "text", x: Math.max(0, Math.floor(x)), y, font, text: line };
  });
  return { height: lines.length * leading(font), marks };
};

const pairBlock = (line: Extract<SlipLine, { kind: "pair" | "amount" }>, pen: Pen): Block => {
  const value = line.kind === "pair" ? line.value : line.text;
  const font: SlipFont = line.kind === "amount" ? "amount" : line.mono === true ? "mono" : "plain";
  const label = textBlock(line.label, { font: "plain", align: "start" }, pen);
  const end = textBlock(value, { font, align: "end" }, pen);
  const fits = pen.measure(line.label, "plain") + 12 + pen.measure(value, font) <= pen.width;
  if (!fits)
    return {
      height: label.height + end.height,
      marks: [...label.marks, ...moved(end.marks, label.height)],
    };
  const toBaseLine = fontSize[font] - fontSize.plain;
  return { height: end.height, marks: [...moved(label.marks, toBaseLine), ...end.marks] };
};

const codeBlock = (line: Extract<SlipLine, { kind: "code" }>, pen: Pen): Block => {
  const code = codeOnPaper(line.text, pen.paper);
  const under = textBlock(line.under.join("  "), { font: "mono", align: "centre" }, pen);
  if (code === undefined) return under;
  const size = code.modules * code.dots;
  const x = Math.floor((pen.width - size) / 2);
  return {
    height: size + under.height,
    marks: [{ kind: "code", x, y: 0, d: code.d, dots: code.dots }, ...moved(under.marks, size)],
  };
};

const blockOf = (line: SlipLine, pen: Pen): Block => {
  switch (line.kind) {
    case "title":
      return textBlock(line.text, { font: "title", align: "centre" }, pen);
    case "strong":
      return textBlock(line.text, { font: "title", align: "centre" }, pen);
    case "centre":
      return textBlock(line.text, { font: "plain", align: "centre" }, pen);
    case "text":
      return textBlock(line.text, { font: "plain", align: "start" }, pen);
    case "rule":
      return { height: 24, marks: [{ kind: "rule", y: 12 }] };
    case "pair":
    case "amount":
      return pairBlock(line, pen);
    case "code":
      return codeBlock(line, pen);
  }
};

const moved = (marks: readonly SlipMark[], by: number): readonly SlipMark[] =>
  marks.map((mark) => ({ ...mark, y: mark.y + by }));

/** 6 mm that the tear bar needs. */
const tail = 48;

/** Where everything of a slip stands, in dots. */
export const layOutSlip = (
  lines: readonly SlipLine[],
  paper: SlipPaper,
  measure: MeasureText,
): Block & { readonly width: number } => {
  const width = dotsAcross[paper];
  let height = 8;
  const marks: SlipMark[] = [];
  for (const line of lines) {
    const block = blockOf(line, { width, measure, paper });
    marks.push(...moved(block.marks, height));
    height += block.height;
  }
  return { width, height: height + tail, marks };
};
