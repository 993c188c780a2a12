import { describe, expect, it } from "vitest";
import { parseExportFormat } from "../../../src/domain/batches/export-format.ts";
import { exportFormats } from "../../../src/domain/batches/index.ts";

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
  ])("is refused when edited into something that cannot be written: %j", (edited, at) => {
    expect(parseExportFormat(edited)).toEqual({
      ok: false,
      fault: { kind: "bad_export_format", at },
    });
  });
});
