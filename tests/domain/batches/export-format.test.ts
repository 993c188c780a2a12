import { describe, expect, it } from "vitest";
import {
  isForPeople,
  parseExportFormat,
  tellsNumber,
} from "../../../src/domain/batches/export-format.ts";
import { exportFormats } from "../../../src/domain/batches/index.ts";
import { readBackRows } from "../../../src/domain/batches/read-back.ts";
import { aRow, write } from "../../support/batch-rows.ts";

describe("an export format", () => {
  it.each(Object.entries(exportFormats))(
    "%s is read back from its JSON unchanged",
    (id, format) => {
      expect(parseExportFormat(JSON.parse(JSON.stringify(format)))).toEqual({
        ok: true,
        value: format,
      });
      expect(format.id).toBe(id);
    },
  );

  const format = exportFormats["wechat-batch-txt"];
  it.each([
    [undefined, ""],
    [{ ...format, file: { ...format.file, delimiter: "x" } }, "file.delimiter"],
    [{ ...format, maxRows: 0 }, "maxRows"],
    [{ ...format, columns: [{ field: "password" }] }, "columns.0.field"],
    [{ ...format, columns: [{ field: "refund_no" }] }, "columns"],
    [{ ...format, columns: [{ field: "amount" }] }, "columns"],
    [{ ...format, name: "../up" }, "name"],
    [{ ...format, more: 1 }, "more"],
    [{ ...exportFormats["alipay-batch-xls"], maxRows: 1001 }, "maxRows"],
    [{ ...format, columns: format.columns.map((one) => ({ ...one, caption: "a,b" })) }, "caption"],
    [{ ...format, head: [["count,{count}"]] }, "caption"],
    [{ ...format, trailer: [["sum,{total}"]] }, "caption"],
  ])("is refused when edited into something that cannot be written: %j", (edited, at) => {
    expect(parseExportFormat(edited)).toEqual({
      ok: false,
      fault: { kind: "bad_export_format", at },
    });
  });

  it("may name its columns with the mark that parts them where every cell is quoted", () => {
    const list = exportFormats["refund-list-csv"];
    const columns = list.columns.map((one) => ({ ...one, caption: "a,b" }));
    expect(parseExportFormat({ ...list, columns }).ok).toBe(true);
  });

  it.each(["refund-list-csv", "refund-list-xls"] as const)(
    "%s is for people, who see every sign of a reason",
    (id) => {
      expect(isForPeople(exportFormats[id])).toBe(true);
      expect(tellsNumber(exportFormats[id])).toBe(false);
      const { bytes } = write(exportFormats[id], [aRow(1, { reason: '很"酸"' })]);
      expect(readBackRows(exportFormats[id], bytes)[0]).toContain('很"酸"');
    },
  );
});
