import type { Money } from "../../../domain/money.ts";
import type { Format } from "../../format.ts";
import { toPng } from "../../print/slip-picture.ts";
import { shareOf, type NamedTable } from "./rankings.ts";

/** What stands on the picture; everything is in words already. */
export type InsightsPicture = {
  readonly title: string;
  readonly days: string;
  /** The mark of practice; empty for the real shop. */
  readonly practice: string;
  readonly tiles: readonly (readonly [word: string, number: string])[];
  readonly tables: readonly NamedTable[];
  readonly whole: Money;
  readonly format: Format;
};

const width = 1080;
const margin = 60;
const inner = width - 2 * margin;
const line = 52;
const rows = 5;

const fontOf = (size: number, bold = false): string =>
  `${bold ? "600 " : ""}${size}px system-ui, "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", sans-serif`;

type Pen = CanvasRenderingContext2D;

const heightOf = ({ tiles, tables, practice }: InsightsPicture): number =>
  tables.reduce(
    (sum, table) => sum + line * 1.6 + Math.min(rows, table.rows.length) * line * 1.4,
    2 * margin + (3 + tiles.length + (practice === "" ? 0 : 1)) * line,
  );

/** A word at the left, a number at the right. */
const pair = (pen: Pen, y: number, left: string, right: string): void => {
  const room = inner - pen.measureText(right).width - 20;
  pen.textAlign = "left";
  pen.fillText(left, margin, y, room);
  pen.textAlign = "right";
  pen.fillText(right, width - margin, y);
  pen.textAlign = "left";
};

const drawTable = (
  pen: Pen,
  top: number,
  table: NamedTable,
  { whole, format }: InsightsPicture,
) => {
  let y = top + line * 1.4;
  pen.fillStyle = "#16181d";
  pen.font = fontOf(34, true);
  pen.fillText(table.finding, margin, y, inner);
  pen.font = fontOf(30);
  for (const { name, sum } of table.rows.slice(0, rows)) {
    y += line * 0.9;
    pen.fillStyle = "#16181d";
    const share = shareOf(sum, whole);
    pair(pen, y, name, `${format.money(sum)} · ${format.percent(share)}`);
    pen.fillStyle = "#0b57d0";
    pen.fillRect(margin, y + line * 0.2, Math.max(4, inner * share), 10);
    y += line * 0.5;
  }
  return y;
};

/** A report as one PNG for a chat: its numbers, its findings and the first lines of its rankings. */
export const drawInsights = (picture: InsightsPicture): Promise<Uint8Array<ArrayBuffer>> => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = Math.ceil(heightOf(picture));
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("this browser draws no pictures");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, canvas.height);
  pen.fillStyle = "#16181d";
  let y = margin + line;
  for (const [text, font] of [
    [picture.title, fontOf(44, true)],
    [picture.days, fontOf(30)],
    [picture.practice, fontOf(44, true)],
  ] as const) {
    if (text === "") continue;
    pen.font = font;
    pen.fillText(text, margin, y, inner);
    y += line;
  }
  pen.font = fontOf(30);
  for (const [word, number] of picture.tiles) {
    pair(pen, y, word, number);
    y += line;
  }
  y -= line;
  for (const table of picture.tables) y = drawTable(pen, y, table, picture);
  return toPng(canvas);
};
