import type { BatchRow } from "../../src/domain/batches/batch-row.ts";
import type { ExportFormat } from "../../src/domain/batches/export-format.ts";
import { writeBatch, type BatchFile } from "../../src/domain/batches/write-batch.ts";
import { CNY } from "../../src/domain/currency.ts";
import type { BatchId } from "../../src/domain/ids.ts";
import { findZone, type Instant } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { checkCharacter, type RefundNumber } from "../../src/domain/refund-number.ts";

const zone = findZone("Asia/Shanghai");
if (zone === undefined) throw new Error("this node has no zones");
export const context = {
  batchNo: "R7K2Q4-20261122-01" as BatchId,
  at: "2026-11-22T07:00:00Z" as Instant,
  seq: 1,
  zone,
};

const refundNo = (body: string): RefundNumber => (body + checkCharacter(body)) as RefundNumber;

export const minor = (value: number) => money(value, CNY).minor;

export const aRow = (index: number, row: Partial<BatchRow> = {}): BatchRow => ({
  refundNo: refundNo(`R7K2Q4${String(index).padStart(9, "0")}`),
  acquirerNo: `1017${refundNo(`R7K2Q4${String(index).padStart(9, "0")}`)}`,
  acquirer: "wechatpay",
  outTradeNo: `A2026112200${String(index).padStart(4, "0")}`,
  transactionId: `420000234520261122${String(index).padStart(10, "0")}`,
  merchantNo: "1900000109",
  termNo: "T01",
  paidAt: "2026-11-22T06:02:00Z" as Instant,
  channel: "微信支付",
  originalMinor: minor(2000),
  minor: minor(1250),
  currency: CNY,
  reason: "质量问题",
  operator: "OP001",
  ...row,
});

/** The refunds that upload-files.md §9 asks for. */
export const sample: readonly BatchRow[] = [
  aRow(1),
  aRow(2, { minor: minor(1), originalMinor: minor(1) }),
  aRow(3, { minor: minor(9_999_999_999), originalMinor: minor(9_999_999_999) }),
  aRow(4, { reason: "=1+1" }),
  aRow(5, { reason: "少了一份,要退" }),
  aRow(6, { reason: '🍓坏了\r\n"很酸"\t退' }),
  aRow(7, { reason: "很".repeat(120) }),
  aRow(8, { refundNo: refundNo(`R7K2Q4${"0".repeat(20)}8`) }),
  aRow(9, { outTradeNo: "A20261122000001" }),
  aRow(10, { reason: "" }),
  aRow(11, { channel: "支付宝", note: "+86 138" }),
  aRow(12, { reason: "`quoted'" }),
];

/** The same, with transaction numbers as long as the target's are. */
export const sampleFor = ({ columns }: ExportFormat): readonly BatchRow[] => {
  const longest = columns.find(({ field }) => field === "transaction_id")?.max ?? 28;
  return sample.map((row) =>
    Object.assign({}, row, { transactionId: row.transactionId?.slice(-longest) ?? "" }),
  );
};

export const write = (format: ExportFormat, rows: readonly BatchRow[]): BatchFile => {
  const written = writeBatch(format, rows, context);
  if (!written.ok) throw new Error(written.fault.kind);
  return written.value;
};

export const textOf = (file: BatchFile): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes);

export const reasonsOf = (format: ExportFormat, rows: readonly BatchRow[]) => {
  const written = writeBatch(format, rows, context);
  const skipped = written.ok ? written.value.skipped : written.fault.skipped;
  return skipped.map(({ reason }) => reason);
};
