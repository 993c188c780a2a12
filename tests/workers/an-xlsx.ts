import { aZip } from "./a-zip.ts";

export type Cell = string | { readonly number: string; readonly style?: number };

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const letters = (column: number): string =>
  (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) +
  String.fromCharCode(65 + (column % 26));

type Writing = {
  /** Texts in the cells, or in a list of their own. */
  readonly inline?: boolean;
  /** Prefix of every element, as some writers put one. */
  readonly prefix?: string;
  /** Row number of the first row. */
  readonly first?: number;
  /** Days begin in 1904, as on old Macs. */
  readonly since1904?: boolean;
};

const relations = (inside: string): string => `<Relationships>${inside}</Relationships>`;

/** A workbook of one sheet with these rows; empty cells are left out, as spreadsheets do. */
export const anXlsx = (
  rows: readonly (readonly Cell[])[],
  { inline = false, prefix = "", first = 1, since1904 = false }: Writing = {},
): Buffer => {
  const p = prefix === "" ? "" : `${prefix}:`;
  const shared: string[] = [];
  const cellOf = (cell: Cell, reference: string): string => {
    if (typeof cell !== "string")
      return `<${p}c r="${reference}" s="${cell.style ?? 0}"><${p}v>${cell.number}</${p}v></${p}c>`;
    if (cell === "") return "";
    if (inline)
      return `<${p}c r="${reference}" t="inlineStr"><${p}is><${p}t xml:space="preserve">${escape(cell)}</${p}t></${p}is></${p}c>`;
    shared.push(cell);
    return `<${p}c r="${reference}" t="s"><${p}v>${shared.length - 1}</${p}v></${p}c>`;
  };
  const lines = rows.map((row, at) => {
    const cells = row.map((cell, column) => cellOf(cell, `${letters(column)}${at + first}`));
    return `<${p}row r="${at + first}" spans="1:3">${cells.join("")}</${p}row>`;
  });
  const texts = shared.map(
    (text) => `<si><t>${escape(text)}</t><rPh sb="0" eb="1"><t>读音</t></rPh></si>`,
  );
  const parts: Readonly<Record<string, string>> = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<${p}workbook xmlns:r="r"><${p}workbookPr date1904="${since1904 ? 1 : 0}"/><${p}sheets><${p}sheet name="Sheet1" sheetId="1" r:id="rId7"/><${p}sheet name="Sheet2" sheetId="2" r:id="rId8"/></${p}sheets></${p}workbook>`,
    "xl/_rels/workbook.xml.rels": relations(
      `<Relationship Id="rId8" Target="worksheets/sheet9.xml"/><Relationship Id="rId7" Target="/xl/worksheets/sheet1.xml"/>`,
    ),
    "xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="&quot;每 day&quot;0.00"/></numFmts><cellStyleXfs><xf numFmtId="22"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164" applyNumberFormat="1"><alignment/></xf><xf numFmtId="165"/></cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `<sst>${texts.join("")}</sst>`,
    "xl/worksheets/sheet1.xml": `<?xml version="1.0"?><${p}worksheet><${p}cols><${p}col min="1"/></${p}cols><${p}sheetData>${lines.join("")}</${p}sheetData></${p}worksheet>`,
  };
  return aZip(Object.entries(parts).map(([name, text]) => ({ name, bytes: Buffer.from(text) })));
};
