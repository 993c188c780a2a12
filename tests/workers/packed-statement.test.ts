import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readResultFile } from "../../src/workers/result-file.ts";
import { digestsHere } from "../../src/workers/digests.ts";
import { importStatement } from "../../src/workers/statement.ts";
import { aZip } from "./a-zip.ts";
import { newListener, rowsIn } from "./handed-over.ts";

const folder = "tests/fixtures/statements";
const bill = readFileSync(`${folder}/wechat_trade_ALL_60.csv`);
const aBill = { name: "20260314.csv", bytes: bill };

const read = async (
  bytes: Uint8Array<ArrayBuffer>,
  limits: { readonly mostBytes?: number } = {},
) => {
  const listener = newListener();
  const answer = await importStatement(
    {
      file: new File([bytes], "bill.zip"),
      known: new Float64Array(),
      allowMissingSummary: false,
      mappings: [],
      usual: {},
      ...limits,
    },
    listener,
    digestsHere(listener.signal),
  );
  const { told } = listener;
  return { answer, rows: rowsIn(told), told };
};

const faultOf = async (bytes: Uint8Array, limits = {}) => {
  const { answer } = await read(Uint8Array.from(bytes), limits);
  return answer.ok ? undefined : answer.fault;
};

const packed = (reason: string, files = 0) => ({ kind: "packed_file", reason, files });

describe("a statement in an archive", () => {
  it.each([
    ["zip", aZip([aBill])],
    ["gzip", gzipSync(bill)],
  ])("as %s tells how much of its content is read, never more than there is", async (_, file) => {
    let ms = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => (ms += 300));
    const { told } = await read(Uint8Array.from(file));
    clock.mockRestore();
    const reports = told.filter((one) => one.kind === "read");
    expect(reports.at(-1)).toMatchObject({ bytes: bill.length, of: bill.length });
    for (const { bytes, of } of reports) expect(bytes).toBeLessThanOrEqual(of);
  });

  const archives: readonly (readonly [string, Buffer])[] = [
    ["deflated", aZip([aBill])],
    ["stored", aZip([{ ...aBill, method: 0 }])],
    ["in a zip with a comment", aZip([aBill], "账单")],
    [
      "beside Alipay's summary and the copies of a Mac",
      aZip([
        { name: "2088_20260314_业务明细.csv", bytes: bill },
        { name: "2088_20260314_业务明细(汇总).csv", bytes: Buffer.from("汇总") },
        { name: "__MACOSX/._2088.csv", bytes: Buffer.from("x") },
        { name: "folder/", bytes: Buffer.alloc(0), method: 0 },
      ]),
    ],
    [
      "beside a summary whose name is GBK",
      aZip([
        { ...aBill, flags: 0 },
        { name: Uint8Array.of(0xbb, 0xe3, 0xd7, 0xdc), bytes: Buffer.from("汇总"), flags: 0 },
      ]),
    ],
    ["gzipped", gzipSync(bill)],
  ];

  it.each(archives)("%s gives the same rows, and the digest of the archive", async (_, bytes) => {
    const plain = await read(Uint8Array.from(bill));
    const { answer, rows } = await read(Uint8Array.from(bytes));
    expect(answer).toMatchObject({
      ok: true,
      value: { fileDigest: createHash("sha256").update(bytes).digest("base64url"), newRows: 60 },
    });
    expect(rows).toEqual(plain.rows);
  });

  it("lends its name's day to UnionPay's times", async () => {
    const bytes = readFileSync(`${folder}/unionpay_ZM_8.txt`);
    const { answer } = await read(
      Uint8Array.from(aZip([{ name: "IND26010201ZM_777290058110048", bytes }])),
    );
    expect(answer).toMatchObject({
      ok: false,
      fault: { kind: "no_summary", summary: { firstDay: "2025-12-31", lastDay: "2026-01-01" } },
    });
  });

  it.each([
    ["with a password", aZip([{ ...aBill, flags: 0x0801 }]), packed("encrypted")],
    ["packed another way", aZip([{ ...aBill, method: 12 }]), packed("unsupported")],
    [
      "in an archive in an archive",
      aZip([{ name: "a.zip", bytes: aZip([aBill]) }]),
      packed("unsupported"),
    ],
    ["one of two", aZip([aBill, { ...aBill, name: "20260315.csv" }]), packed("files", 2)],
    ["missing", aZip([]), packed("files", 0)],
    ["whose checksum is another", aZip([{ ...aBill, crc: 1 }]), packed("damaged")],
    ["longer than it says", aZip([{ ...aBill, size: 1000 }]), packed("damaged")],
    ["shorter than it says", aZip([{ ...aBill, size: bill.length + 1 }]), packed("damaged")],
    [
      "behind other bytes",
      Buffer.concat([Buffer.from("PK\x03\x04 "), aZip([aBill])]),
      packed("damaged"),
    ],
    ["before other bytes", Buffer.concat([aZip([aBill]), Buffer.from("x")]), packed("damaged")],
  ])("F81 %s is refused, and nothing of it kept", async (_, bytes, fault) => {
    expect(await faultOf(bytes)).toEqual(fault);
  });

  it("F81 is refused as too large by what it says and by what comes out of it", async () => {
    const zeros = Buffer.alloc(3_000_000);
    const most = { mostBytes: 1_000_000 };
    const tooLarge = { kind: "too_large", unit: "bytes", most: 1_000_000 };
    expect(await faultOf(aZip([{ name: "a.csv", bytes: zeros }]), most)).toEqual(tooLarge);
    const [head = "", row = ""] = bill.toString("utf8").split("\r\n");
    const many = Buffer.from(`${head}\r\n${`${row}\r\n`.repeat(5000)}`);
    expect(await faultOf(gzipSync(many), most)).toEqual(tooLarge);
    const lying = aZip([{ name: "a.csv", bytes: zeros, size: 1000 }]);
    expect(await faultOf(lying, most)).toEqual(packed("damaged"));
  });

  it.each([
    ["zip", aZip([{ ...aBill, bytes: bill.subarray(0, 3000) }])],
    ["gzip", gzipSync(bill.subarray(0, 3000))],
  ])("X12 a %s cut at any byte is refused", async (_, bytes) => {
    for (let end = 0; end < bytes.length; end += 7) {
      const { answer } = await read(Uint8Array.from(bytes.subarray(0, end)));
      expect(answer.ok, String(end)).toBe(false);
    }
  });

  it("F81 one changed byte gives the same rows or a fault, never others", async () => {
    const bytes = aZip([aBill]);
    const { rows } = await read(Uint8Array.from(bytes));
    for (let at = 0; at < bytes.length; at += 61) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const after = await read(changed);
      if (after.answer.ok) expect(after.rows).toEqual(rows);
    }
  });
});

/** How many bytes come out of archives until the test ends. */
const bytesInflated = () => {
  let bytes = 0;
  const Inflating = DecompressionStream;
  vi.stubGlobal("DecompressionStream", function (format: CompressionFormat) {
    const { readable, writable } = new Inflating(format);
    const counting = new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, controller) => {
        bytes += piece.length;
        controller.enqueue(piece);
      },
    });
    return { readable: readable.pipeThrough(counting), writable };
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return (): number => bytes;
};

const answerTo = (bytes: Uint8Array) => readResultFile(new File([Uint8Array.from(bytes)], "r.gz"));

describe("a result file in a gzip", () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000));

  it("F81 is inflated no further than it says, and not at all where it says too much", async () => {
    const inflated = bytesInflated();
    expect(await answerTo(bomb)).toEqual({
      ok: false,
      fault: { kind: "result_too_large", megabytes: 5 },
    });
    expect(inflated()).toBe(0);
    const lying = Uint8Array.from(bomb);
    new DataView(lying.buffer).setUint32(lying.length - 4, 1000, true);
    expect(await answerTo(lying)).toEqual({ ok: false, fault: { kind: "file_unreadable" } });
    expect(inflated()).toBeLessThan(1_000_000);
  });
});
