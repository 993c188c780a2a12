import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as XLSX from "xlsx";

import { readResultFile } from "../../src/workers/result-file.ts";
import { unpack } from "../../src/workers/unpack.ts";
import { readOldSheet } from "../../src/workers/xls.ts";
import { writeXls } from "../../src/domain/batches/xls.ts";
import { splitQuoted } from "../../src/domain/statements/delimited-text.ts";
import { runs, seed } from "../support/deep.ts";

type Cell = string | number | Date | null;

const bytesOf = (rows: readonly (readonly Cell[])[], bookType: "biff8" | "biff5" = "biff8") => {
  const book = XLSX.utils.book_new();
  const sheet = XLSX.utils.aoa_to_sheet(rows.map((cells) => [...cells]));
  XLSX.utils.book_append_sheet(book, sheet, "结果");
  return new Uint8Array(
    XLSX.write(book, { type: "array", bookType, bookSST: true }) as ArrayBuffer,
  );
};

const most = 5_000_000;

const readBack = (bytes: Uint8Array) => {
  const read = readOldSheet(bytes, most);
  return read.ok
    ? read.value
        .split("\n")
        .slice(0, -1)
        .map((line) => splitQuoted(line) ?? [line])
    : read.fault;
};

describe("an old sheet", () => {
  it("gives its texts, numbers and times as a statement writes them", () => {
    const paid = new Date(Date.UTC(2026, 10, 22, 6, 2, 0));
    const rows = readBack(
      bytesOf([
        ["商户退款单号", "退款金额", "退款状态", "时间"],
        ["R7K2Q4000000001T", 12.5, "退款成功, 到账", paid],
        ["4200000925202101284997714292", 100, 'a "b"', null],
        [4.2e27, -0.01, "é", 3],
      ]),
    );
    expect(rows).toEqual([
      ["商户退款单号", "退款金额", "退款状态", "时间"],
      [
        "R7K2Q4000000001T",
        "12.5000000000000",
        "退款成功, 到账",
        expect.stringMatching(/^2026-11-22 /),
      ],
      ["4200000925202101284997714292", "100", 'a "b"', ""],
      ["4.2e+27", expect.stringMatching(/^-0\.0100/), "é", "3"],
    ]);
  });

  it("is the same that SheetJS reads, whatever its texts and numbers are", () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 40 })
      .map((one) => one.replace(/[\p{Cc}\p{Cs}]/gu, ""));
    const cell = fc.oneof(text, fc.integer({ min: -(2 ** 31), max: 2 ** 31 }));
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 60 }),
        (rows) => {
          const bytes = bytesOf(rows);
          const sheet = XLSX.read(bytes, { type: "array" }).Sheets["结果"];
          const theirs = XLSX.utils.sheet_to_json<unknown[]>(sheet ?? {}, {
            header: 1,
            defval: "",
          });
          const ours = readBack(bytes);
          if (typeof ours === "string") throw new Error(ours);
          const told = ours.map((cells) => cells.join("|")).filter((line) => /[^|]/.test(line));
          const want = theirs
            .map((cells) => cells.map(String).join("|"))
            .filter((line) => /[^|]/.test(line));
          expect(told).toEqual(want);
        },
      ),
      { numRuns: runs(30, 3000), seed },
    );
  });

  it("of our own writer is read as its own reader does, texts that go on in the next record too", () => {
    const rows = Array.from({ length: 900 }, (_, at) => [`第${at}行`, "长".repeat(at % 90), "x"]);
    expect(readBack(writeXls(rows))).toEqual(rows);
  });

  it("says what it is not: older than BIFF8, cut short, or no such file", () => {
    const bytes = bytesOf([["a", 1]]);
    expect(readBack(bytesOf([["a", 1]], "biff5"))).toBe("xls");
    expect(readBack(bytes.subarray(0, 700))).toBe("damaged");
    for (let cut = 0; cut < bytes.length; cut += 97)
      expect(["xls", "damaged"]).toContain(readBack(bytes.slice(0, cut)));
    expect(readBack(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0))).toBe("damaged");
  });

  it("F81 of one long text that many cells name is too large, at once and without its lines", async () => {
    const cells = Array.from({ length: 10 }, () => '"'.repeat(20_000));
    const bytes = writeXls(Array.from({ length: 1000 }, () => cells));
    expect(bytes.length).toBeLessThan(250_000);
    const started = performance.now();
    expect(readBack(bytes)).toBe("too_large");
    expect(performance.now() - started).toBeLessThan(1000);
    const file = new File([bytes], "r.xls");
    expect(await readResultFile(file)).toEqual({
      ok: false,
      fault: { kind: "result_too_large", megabytes: 5 },
    });
    expect(await unpack(file, 400 * 1024 * 1024)).toMatchObject({
      ok: false,
      fault: { kind: "too_large", unit: "bytes", most: 50 * 1024 * 1024 },
    });
  });

  it("F81 as long as it may be is read, and not one letter longer", () => {
    const rows = [
      ["商户退款单号", 'a "b"'],
      ["商户退款单号", "x"],
    ];
    const letters = "商户退款单号".length * 2 + '"a ""b"""'.length + 1;
    expect(readOldSheet(writeXls(rows), letters).ok).toBe(true);
    expect(readOldSheet(writeXls(rows), letters - 1)).toEqual({ ok: false, fault: "too_large" });
  });

  it("of any bytes ends soon, with a sheet or a fault", () => {
    const good = bytesOf([
      ["商户退款单号", "退款金额"],
      ["R7K2Q4000000001T", 12.5],
      ["长".repeat(3000), 1],
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 }),
        fc.nat(good.length),
        (changes, cut) => {
          const bytes = good.slice();
          for (const [at, value] of changes) bytes[at] = value;
          const started = performance.now();
          for (const one of [bytes, good.slice(0, cut)]) readOldSheet(one, most);
          expect(performance.now() - started).toBeLessThan(1000);
        },
      ),
      { numRuns: runs(500, 100_000), seed },
    );
  });
});
