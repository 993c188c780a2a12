import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readBlock, rowKey } from "../../src/domain/statements/statement-block.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import { digestsHere } from "../../src/workers/digests.ts";
import { importStatement, type StatementRequest } from "../../src/workers/statement.ts";
import { blocksIn, newListener, rowsIn } from "./handed-over.ts";

const bytes = readFileSync("tests/fixtures/statements/wechat_trade_ALL_60.csv");
const file = new File([bytes], "bill.csv");

const run = async (
  request: Partial<StatementRequest> = {},
  signal = new AbortController().signal,
  digests = digestsHere(signal),
) => {
  const listener = newListener(signal);
  const answer = await importStatement(
    {
      file,
      known: new Float64Array(),
      allowMissingSummary: false,
      mappings: [],
      usual: {},
      ...request,
    },
    listener,
    digests,
  );
  const { told } = listener;
  return { answer, rows: rowsIn(told), told };
};

const keysOf = (rows: readonly StatementRow[]) => new Float64Array(rows.map(rowKey)).sort();

const sha256 = (data: Uint8Array): string => createHash("sha256").update(data).digest("base64url");

const header = bytes.toString("utf8").split("\r\n", 1)[0] ?? "";
const lines = bytes.toString("utf8").split("\r\n").slice(1, 61);

/** A file of some of the fixture's lines, without a summary. */
const partOf = (chosen: readonly string[]): File =>
  new File([[header, ...chosen, ""].join("\r\n")], "part.csv");

/** The file in small pieces, as it comes from a disk. */
const slowly = (whole: File): File =>
  Object.assign(whole, {
    stream: () => new Blob([whole.slice()]).stream().pipeThrough(pieces(65_536, 0)),
  });

describe("the statement worker", () => {
  it("gives the file's digest, its summary and all its rows", async () => {
    const { answer, rows } = await run();
    expect(answer).toMatchObject({
      ok: true,
      value: { fileDigest: sha256(bytes), newRows: 60, knownRows: 0, summary: { rows: 60 } },
    });
    expect(rows.map((row) => row.digest)).toEqual(lines.map((line) => sha256(Buffer.from(line))));
  });

  it("F52, M12 finds nothing new in the same file or in its lines in another order", async () => {
    const known = keysOf((await run()).rows);
    const reversed = partOf([...lines].reverse());
    for (const again of [file, reversed]) {
      const { answer, told } = await run({ file: again, known, allowMissingSummary: true });
      expect(answer).toMatchObject({ ok: true, value: { newRows: 0, knownRows: 60 } });
      expect(told.filter(({ kind }) => kind !== "read")).toEqual([]);
    }
  });

  it("F52 adds only the rows that an overlapping file did not have", async () => {
    const first = await run({ file: partOf(lines.slice(0, 40)), allowMissingSummary: true });
    const second = await run({ known: keysOf(first.rows) });
    expect(second.answer).toMatchObject({ ok: true, value: { newRows: 20, knownRows: 40 } });
    const digests = [...first.rows, ...second.rows].map((row) => row.digest);
    expect(digests.sort()).toEqual(lines.map((line) => sha256(Buffer.from(line))).sort());
  });

  it("packs the rows into small blocks, returns apart, and takes a line twice only once", async () => {
    const many = Array.from({ length: 42 }, (_, copy) =>
      lines.map((line) => line.replace(/`4200/, `\`${4300 + copy}`)),
    ).flat();
    const { answer, told } = await run({
      file: partOf([...many, ...lines, ...lines]),
      allowMissingSummary: true,
    });
    expect(answer).toMatchObject({ ok: true, value: { newRows: 2580, knownRows: 60 } });
    const parts = told.filter((one) => one.kind === "blocks");
    expect(parts.map(({ first }) => first)).toEqual([0, 16]);
    const kinds = blocksIn(told).map((block) => readBlock(block).map(({ kind }) => kind));
    for (const block of kinds) {
      expect(block.length).toBeLessThanOrEqual(160);
      expect(new Set(block.map((kind) => kind === "payment")).size).toBe(1);
    }
    expect(kinds.flat()).toHaveLength(2580);
  });

  it("fails where its digests fail, and gives a row without one to nobody", async () => {
    const broken = {
      ...digestsHere(new AbortController().signal),
      ofLines: () => Promise.reject(new Error("gone")),
    };
    const listener = newListener();
    const request = { file, known: new Float64Array(), allowMissingSummary: false, mappings: [] };
    await expect(importStatement({ ...request, usual: {} }, listener, broken)).rejects.toThrow(
      "gone",
    );
    expect(rowsIn(listener.told)).toEqual([]);
  });

  it("F51 hands nothing over out of turn where digests come late, and reads no further meanwhile", async () => {
    const many = Array.from({ length: 200 }, (_, copy) =>
      lines.map((line) => line.replace(/`4200/, `\`${4300 + copy}`)),
    ).flat();
    const here = digestsHere(new AbortController().signal);
    let open = 0;
    let most = 0;
    const late = async (some: readonly string[]) => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 10));
      open--;
      return here.ofLines(some);
    };
    const { answer, told } = await run(
      { file: slowly(partOf(many)), allowMissingSummary: true },
      new AbortController().signal,
      { ...here, ofLines: late },
    );
    expect(answer).toMatchObject({ ok: true, value: { newRows: 12_000 } });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    const read = blocksIn(told).flatMap((block) => readBlock(block));
    const payments = read.filter(({ kind }) => kind === "payment").map(({ line }) => line);
    expect(payments).toEqual([...payments].sort((one, other) => one - other));
    expect(rowsIn(told).map((row) => row.digest)).toEqual(
      many.map((line) => sha256(Buffer.from(line))),
    );
  });

  it("X12 answers with the reader's fault when the summary is missing", async () => {
    const { answer } = await run({ file: partOf(lines) });
    expect(answer).toMatchObject({ ok: false, fault: { kind: "no_summary" } });
  });

  it("names its limits", async () => {
    expect((await run({ mostBytes: 100 })).answer).toEqual({
      ok: false,
      fault: { kind: "too_large", unit: "bytes", most: 100 },
    });
    expect((await run({ mostRows: 59 })).answer).toEqual({
      ok: false,
      fault: { kind: "too_large", unit: "rows", most: 59 },
    });
  });

  it("stops when the page gives up", async () => {
    const { answer, told } = await run({}, AbortSignal.abort());
    expect(answer).toEqual({ ok: false, fault: { kind: "aborted" } });
    expect(told).toEqual([]);
  });

  it("says when the file cannot be read any more", async () => {
    const gone = {
      name: "bill.csv",
      slice: () => new Blob(["交易"]),
      lastModified: 0,
      size: 10,
      arrayBuffer: () => Promise.reject(new DOMException("gone", "NotReadableError")),
      stream: () =>
        new ReadableStream({
          pull: (controller) => controller.error(new DOMException("gone", "NotReadableError")),
        }),
    } as unknown as File;
    expect((await run({ file: gone })).answer).toEqual({
      ok: false,
      fault: { kind: "file_unreadable" },
    });
  });

  it("reports at most five times a second", async () => {
    const slow = {
      name: "bill.csv",
      slice: () => new Blob(["交易"]),
      lastModified: 0,
      size: bytes.length,
      arrayBuffer: async () => Uint8Array.from(bytes).buffer,
      stream: () => new Blob([bytes]).stream().pipeThrough(pieces(64, 2)),
    } as unknown as File;
    const started = performance.now();
    const { answer, told } = await run({ file: slow });
    const seconds = (performance.now() - started) / 1000;
    expect(answer.ok).toBe(true);
    const reports = told.filter((progress) => progress.kind === "read");
    expect(reports.length).toBeGreaterThan(0);
    expect(reports.length).toBeLessThanOrEqual(Math.ceil(seconds * 5));
    expect(reports.at(-1)).toMatchObject({ kind: "read", of: bytes.length });
  });
});

/** Cuts a stream into pieces that arrive one after the other. */
const pieces = (size: number, ms: number): TransformStream<Uint8Array, Uint8Array> =>
  new TransformStream({
    transform: async (chunk, controller) => {
      for (let at = 0; at < chunk.length; at += size) {
        controller.enqueue(chunk.subarray(at, at + size));
        await new Promise((resolve) => setTimeout(resolve, ms));
      }
    },
  });
