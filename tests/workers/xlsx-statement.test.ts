import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { splitTicked } from "../../src/domain/statements/delimited-text.ts";
import { readResultFile } from "../../src/workers/result-file.ts";
import { digestsHere } from "../../src/workers/digests.ts";
import { importStatement } from "../../src/workers/statement.ts";
import { unpack } from "../../src/workers/unpack.ts";
import { dateStyles } from "../../src/workers/xlsx-dates.ts";
import { aZip } from "./a-zip.ts";
import { anXlsx, type Cell } from "./an-xlsx.ts";
import { newListener, rowsIn } from "./handed-over.ts";

const read = async (bytes: Uint8Array, mostBytes?: number) => {
  const listener = newListener();
  const answer = await importStatement(
    {
      file: new File([Uint8Array.from(bytes)], "bill.xlsx"),
      known: new Float64Array(),
      allowMissingSummary: false,
      mappings: [],
      usual: {},
      ...(mostBytes !== undefined && { mostBytes }),
    },
    listener,
    digestsHere(listener.signal),
  );
  return { answer, rows: rowsIn(listener.told) };
};

const faultOf = async (bytes: Uint8Array, mostBytes?: number) => {
  const { answer } = await read(bytes, mostBytes);
  return answer.ok ? undefined : answer.fault;
};

const bill = readFileSync("tests/fixtures/statements/wechat_trade_ALL_60.csv");
const lines = bill.toString("utf8").replace("\uFEFF", "").trimEnd().split("\r\n");

const cellsOf = (line: string): readonly string[] =>
  line.startsWith("`") ? (splitTicked(line, 27) ?? splitTicked(line, 7) ?? []) : line.split(",");

const sheet: readonly (readonly string[])[] = lines.map(cellsOf);
const amountColumns = new Set(
  ["应结订单金额", "代金券金额", "订单金额", "退款金额", "申请退款金额"].map(
    (name) => sheet[0]?.indexOf(name) ?? -1,
  ),
);

/** What a spreadsheet makes of an amount: the next number that 17 digits can tell from it. */
const noisy = (amount: string): Cell => ({
  number: (Number(amount) * (1 + Number.EPSILON)).toPrecision(17).replace("e", "E"),
});

const withNumbers = (row: readonly string[], at: number): readonly Cell[] =>
  at === 0 || at > 60
    ? row
    : row.map((cell, column) => (amountColumns.has(column) ? noisy(cell) : cell));

const rowsBut = (column: string, value: Cell): readonly (readonly Cell[])[] =>
  sheet.map((row, at) =>
    at === 3 ? row.map((cell, place) => (sheet[0]?.[place] === column ? value : cell)) : row,
  );

const partOf = (xml: string, shared = ""): Buffer =>
  aZip([
    { name: "xl/workbook.xml", bytes: Buffer.from('<workbook><sheet r:id="a"/></workbook>') },
    {
      name: "xl/_rels/workbook.xml.rels",
      bytes: Buffer.from('<Relationships><Relationship Id="a" Target="s.xml"/></Relationships>'),
    },
    { name: "xl/s.xml", bytes: Buffer.from(xml) },
    { name: "xl/sharedStrings.xml", bytes: Buffer.from(shared) },
  ]);

/** A sheet whose every cell names the same text. */
const ofOneText = (text: string, rows: number, columns: number): Buffer => {
  const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(columns)}</row>`;
  return partOf(`<worksheet>${row.repeat(rows)}</worksheet>`, `<sst><si><t>${text}</t></si></sst>`);
};

const unpacked = async (bytes: Uint8Array, most: number) => {
  const content = await unpack(new File([Uint8Array.from(bytes)], "r.xlsx"), most);
  return content.ok ? new Response(content.value.bytes).text() : content.fault;
};

const stylesOf = (code: string, styles: number): string =>
  `<numFmt numFmtId="164" formatCode="${code}"/><cellXfs>${'<xf numFmtId="164"/>'.repeat(styles)}</cellXfs>`;

/** How many letters all texts have together on which this is called until the test ends. */
const lettersIn = (method: "replace" | "replaceAll") => {
  const spy = vi.spyOn(String.prototype, method);
  onTestFinished(() => spy.mockRestore());
  return (): number =>
    spy.mock.contexts.reduce<number>((sum, text) => sum + String(text).length, 0);
};

/** A time as the days since day 0, which lies so many before 1970. */
const daysOf = (time: string, before1970: number): string =>
  String(Date.parse(`${time.replace(" ", "T")}Z`) / 86_400_000 + before1970);

describe("a statement in a spreadsheet", () => {
  it.each([
    ["shared texts", anXlsx(sheet)],
    ["texts in its cells", anXlsx(sheet, { inline: true })],
    ["prefixed elements", anXlsx(sheet, { prefix: "x" })],
    ["amounts as noisy numbers", anXlsx(sheet.map(withNumbers))],
  ])("with %s gives the rows of the CSV", async (_, bytes) => {
    const plain = await read(bill);
    const { answer, rows } = await read(bytes);
    expect(answer).toMatchObject({
      ok: true,
      value: { newRows: 60, summary: { encoding: "xlsx", layout: "wechat_all", problemCount: 0 } },
    });
    const strip = (row: (typeof rows)[number]) => ({ ...row, digest: "" });
    expect(rows.map(strip)).toEqual(plain.rows.map(strip));
  });

  it.each([
    ["a format of its own", 2, false],
    ["a known format", 1, false],
    ["days since 1904", 2, true],
  ])("with times as numbers in %s gives the rows of the CSV", async (_, style, since1904) => {
    const before = since1904 ? 24_107 : 25_569;
    const dated = sheet.map((row, at) =>
      at === 0 || at > 60
        ? row
        : row.map((cell, column) =>
            column === 0 ? { number: daysOf(cell, before), style } : cell,
          ),
    );
    const plain = await read(bill);
    const { rows } = await read(anXlsx(dated, { since1904 }));
    expect(rows.map((row) => row.at)).toEqual(plain.rows.map((row) => row.at));
  });

  it("takes no number for a time because its format has letters in quotes", async () => {
    const bytes = anXlsx(rowsBut("订单金额", { number: "45000.5", style: 3 }));
    const fault = await faultOf(bytes);
    expect(fault).toMatchObject({ kind: "totals_differ", summary: { problemCount: 0 } });
  });

  it("counts its lines as the sheet does", async () => {
    const { rows } = await read(anXlsx(sheet, { first: 6 }));
    expect(rows[0]?.line).toBe(7);
  });

  it.each([
    ["微信订单号", "4.2000023452026101E+27"],
    ["微信订单号", "4200002345202610000000000000"],
    ["商户订单号", "2.02603140000012E+23"],
  ])("X46 is refused when %s became the number %s", async (column, number) => {
    expect(await faultOf(anXlsx(rowsBut(column, { number })))).toMatchObject({
      kind: "ids_damaged",
      column,
      line: 4,
    });
  });

  it("X12 is refused when its own totals say something else", async () => {
    const bytes = anXlsx(rowsBut("订单金额", { number: "999999.01" }));
    expect(await faultOf(bytes)).toMatchObject({ kind: "totals_differ" });
  });

  it("F81 is refused as too large by the size of a part", async () => {
    expect(await faultOf(anXlsx(sheet), 20_000)).toEqual({
      kind: "too_large",
      unit: "bytes",
      most: 20_000,
    });
  });

  it("F81 of one long text that many cells name is too large, and the text is quoted once", async () => {
    const text = '"'.repeat(1_000_000);
    const bytes = ofOneText(text, 2000, 10);
    expect(bytes.length).toBeLessThan(20_000);
    const letters = lettersIn("replaceAll");
    expect(await faultOf(bytes)).toEqual({
      kind: "too_large",
      unit: "bytes",
      most: 50 * 1024 * 1024,
    });
    expect(letters()).toBeLessThan(2 * text.length);
    expect(await readResultFile(new File([Uint8Array.from(bytes)], "r.xlsx"))).toEqual({
      ok: false,
      fault: { kind: "result_too_large", megabytes: 5 },
    });
  });

  it("F81 as long as it may be is read, and not one letter longer", async () => {
    const text = 'a "b"'.repeat(200);
    const bytes = ofOneText(text, 3, 2);
    const line = `"${text.replaceAll('"', '""')}"`;
    const whole = `${line},${line}\n`.repeat(3);
    expect(await unpacked(bytes, whole.length)).toBe(whole);
    expect(await unpacked(bytes, whole.length - 1)).toMatchObject({ kind: "too_large" });
  });

  it("F81 of rows that are wide only because one is counts their commas", async () => {
    const rows = '<row><c r="GR1"/></row>' + "<row/>".repeat(99);
    const bytes = partOf(`<worksheet>${rows}</worksheet>`);
    expect(await unpacked(bytes, 20_000)).toBe(`${",".repeat(199)}\n`.repeat(100));
    expect(await unpacked(bytes, 19_999)).toMatchObject({ kind: "too_large" });
  });

  it("F81 a number format is read once and no further than any spreadsheet lets it be", () => {
    const open = "[".repeat(254);
    expect(dateStyles(stylesOf(`${open}y`, 1)).size).toBe(1);
    expect(dateStyles(stylesOf(`${open}[y`, 1)).size).toBe(0);
    const long = "[".repeat(10_000);
    const letters = lettersIn("replace");
    dateStyles(stylesOf(long, 1000));
    expect(letters()).toBeLessThan(3 * long.length);
  });

  it.each([
    ["without its end", "<worksheet><row><c><v>1</v></c></row>"],
    ["with entities of its own", '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet></worksheet>'],
    ["with a column far out", '<worksheet><row r="1"><c r="XFD1"><v>1</v></c></row></worksheet>'],
    ["with rows out of order", '<worksheet><row r="2"/><row r="1"/></worksheet>'],
    ["with a row beyond every sheet", '<worksheet><row r="99999999"/></worksheet>'],
    ["with cells out of order", '<worksheet><row><c r="B1"/><c r="A1"/></row></worksheet>'],
  ])("F81 a sheet %s is damaged", async (_, xml) => {
    expect(await faultOf(partOf(xml))).toEqual({
      kind: "packed_file",
      reason: "damaged",
      files: 0,
    });
  });

  it("F81 a sheet of elements that never close is over at once", async () => {
    const started = performance.now();
    await faultOf(partOf(`<worksheet>${"<row><c><v>".repeat(300_000)}</worksheet>`));
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it("reads entities and escapes of names", async () => {
    const { rows } = await read(anXlsx(rowsBut("商品名称", 'A&B <1>, "x" 🍓_x000D_')));
    expect(rows[2]?.name).toBe('A&B <1>, "x" 🍓');
  });
});

const payers = "../shared/data/statements/payer_wechat_app_bill_anonymised.xlsx";

describe.skipIf(!existsSync(payers))("the payer's own sheet (skipped without ../shared)", () => {
  it("is recognised for what it is", async () => {
    expect(await faultOf(readFileSync(payers))).toEqual({ kind: "payer_bill" });
  });
});
