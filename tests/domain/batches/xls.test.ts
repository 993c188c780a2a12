import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { read, utils } from "xlsx";
import type { ExportFormat } from "../../../src/domain/batches/export-format.ts";
import { exportFormats } from "../../../src/domain/batches/index.ts";
import { readXls, writeXls } from "../../../src/domain/batches/xls.ts";

type Rows = readonly (readonly string[])[];

/** What another program finds in a sheet: every cell with its type. */
const cellsIn = (bytes: Uint8Array) => {
  const book = read(bytes, { type: "array" });
  const [name = ""] = book.SheetNames;
  const sheet = book.Sheets[name] ?? {};
  const cells = Object.entries(sheet).filter(([at]) => !at.startsWith("!"));
  return {
    types: new Set(cells.map(([, cell]) => (cell as { t: string }).t)),
    rows: utils.sheet_to_json<string[]>(sheet, { header: 1, raw: true, defval: "" }),
  };
};

const withoutEnds = (rows: Rows) => rows.map((cells) => cells.join("\u0000").replace(/\0+$/, ""));

const sheets = Object.values<ExportFormat>(exportFormats).flatMap(({ id, file }) =>
  file.kind === "xls" ? [id] : [],
);

describe("a sheet of the old kind", () => {
  it("has only text cells in the eyes of SheetJS, with every digit of the longest number", () => {
    const rows = Array.from({ length: 1000 }, (_, y) => [
      `42000023452026112200000${String(y).padStart(5, "0")}`,
      "0012.50",
      `很🍓${y}`,
      "",
      "=1+1",
    ]);
    const bytes = writeXls(rows);
    const { types, rows: found } = cellsIn(bytes);
    expect([...types]).toEqual(["s"]);
    expect(found).toEqual(rows);
    expect(readXls(bytes)).toEqual(rows);
  });

  it.each(sheets)("of %s has no number that could be rounded", (id) => {
    const { types, rows } = cellsIn(readFileSync(`tests/fixtures/batches/${id}.xls`));
    expect([...types]).toEqual(["s"]);
    expect(rows.flat().join(" ")).not.toMatch(/\dE\+/i);
  });

  it("comes back from any texts, from SheetJS and from our own reader", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).map(visible);
    const rows = fc.array(fc.array(text, { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, (cells) => {
        const bytes = writeXls(cells);
        expect(readXls(bytes)).toEqual(cells);
        expect(withoutEnds(cellsIn(bytes).rows)).toEqual(withoutEnds(cells));
      }),
      { numRuns: 200 },
    );
  });

  it("holds texts of more than one record's room", () => {
    const rows = Array.from({ length: 60 }, (_, y) => [`${y}${"退".repeat(300)}`]);
    expect(cellsIn(writeXls(rows)).rows).toEqual(rows);
  });
});

/** Control characters never come into a batch. */
const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, "退");
