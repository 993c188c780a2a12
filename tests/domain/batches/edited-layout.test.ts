import { describe, expect, it } from "vitest";
import {
  addColumn,
  changeColumn,
  layoutDocument,
  moveColumn,
  removeColumn,
  withCaptions,
  withFile,
} from "../../../src/domain/batches/edited-layout.ts";
import { parseExportFormat, type ExportFormat } from "../../../src/domain/batches/export-format.ts";
import { exportFormats } from "../../../src/domain/batches/index.ts";

const start: ExportFormat = exportFormats["wechat-batch-txt"];

const fieldsOf = ({ columns }: ExportFormat) => columns.map(({ field }) => field);

const parsed = (format: ExportFormat) =>
  parseExportFormat({ ...layoutDocument(format), id: "own-wechatpay" });

describe("a merchant's own columns", () => {
  it("are moved, added and taken away, and nothing else changes", () => {
    const moved = moveColumn(start, 3, -1);
    expect(fieldsOf(moved)).toEqual(["out_trade_no", "amount", "refund_no", "reason"]);
    expect(moved.columns[2]).toEqual(start.columns[3]);
    expect(moveColumn(start, 0, -1)).toEqual(start);
    expect(moveColumn(start, 3, 1)).toEqual(start);
    expect(fieldsOf(removeColumn(start, 2))).toEqual(["out_trade_no", "amount", "refund_no"]);
    expect(fieldsOf(addColumn(start, "paid_at")).at(-1)).toBe("paid_at");
  });

  it("have names in the first line or none", () => {
    const named = withCaptions(start, true);
    expect(named.columns.every(({ caption }) => caption === "")).toBe(true);
    expect(addColumn(named, "blank").columns.at(-1)).toEqual({ field: "blank", caption: "" });
    expect(withCaptions(changeColumn(named, 0, { caption: "订单" }), false)).toEqual(start);
  });

  it("are the same rows in another kind of file", () => {
    expect(withFile(withFile(start, "csv"), "txt")).toEqual(start);
    expect(withFile(start, "xls")).toMatchObject({ file: { kind: "xls" }, maxRows: 1000 });
    expect(withFile(exportFormats["alipay-batch-xls"], "csv").file).toMatchObject({
      kind: "text",
      extension: "csv",
      forPeople: false,
    });
  });

  it("are kept as a document that is read back unchanged", () => {
    for (const format of Object.values<ExportFormat>(exportFormats)) {
      const read = parsed(format);
      expect(read.ok && layoutDocument(read.value)).toEqual(layoutDocument(format));
    }
  });

  it("need an amount and a number of the payment, any of those that are there", () => {
    expect(parsed(removeColumn(start, 1)).ok).toBe(false);
    expect(parsed(removeColumn(start, 0)).ok).toBe(false);
    const either = parsed(addColumn(addColumn(removeColumn(start, 0), "transaction_id"), "ref_no"));
    expect(either.ok && either.value.oneOf).toEqual(["transaction_id", "ref_no"]);
  });
});
