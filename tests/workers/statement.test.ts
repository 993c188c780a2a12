import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readBlock, type StatementBlock } from "../../src/domain/statements/statement-block.ts";
import {
  importStatement,
  type StatementProgress,
  type StatementRequest,
} from "../../src/workers/statement.ts";

const bytes = readFileSync("tests/fixtures/statements/wechat_trade_ALL_60.csv");
const file = new File([bytes], "bill.csv");

const run = async (
  request: Partial<StatementRequest> = {},
  signal = new AbortController().signal,
) => {
  const told: StatementProgress[] = [];
  const answer = await importStatement(
    { file, known: new Float64Array(), allowMissingSummary: false, mappings: [], ...request },
    { signal, progress: (progress) => told.push(progress) },
  );
  const blocks = told.flatMap((progress) => (progress.kind === "block" ? [progress.block] : []));
  return { answer, blocks, told };
};

const rowsOf = (blocks: readonly StatementBlock[]) => blocks.flatMap(readBlock);

const keysOf = (blocks: readonly StatementBlock[]): Float64Array =>
  Float64Array.from(blocks.flatMap((block) => [...block.rowKeys])).sort();

const sha256 = (data: Uint8Array): string => createHash("sha256").update(data).digest("base64url");

const header = bytes.toString("utf8").split("\r\n", 1)[0] ?? "";
const lines = bytes.toString("utf8").split("\r\n").slice(1, 61);

/** A file of some of the fixture's lines, without a summary. */
const partOf = (chosen: readonly string[]): File =>
  new File([[header, ...chosen, ""].join("\r\n")], "part.csv");

describe("the statement worker", () => {
  it("gives the file's digest, its summary and all its rows", async () => {
    const { answer, blocks } = await run();
    expect(answer).toMatchObject({
      ok: true,
      value: { fileDigest: sha256(bytes), newRows: 60, knownRows: 0, summary: { rows: 60 } },
    });
    expect(rowsOf(blocks).map((row) => row.digest)).toEqual(
      lines.map((line) => sha256(Buffer.from(line))),
    );
  });

  it("F52, M12 finds nothing new in the same file or in its lines in another order", async () => {
    const known = keysOf((await run()).blocks);
    const reversed = partOf([...lines].reverse());
    for (const again of [file, reversed]) {
      const { answer, blocks } = await run({ file: again, known, allowMissingSummary: true });
      expect(answer).toMatchObject({ ok: true, value: { newRows: 0, knownRows: 60 } });
      expect(blocks).toEqual([]);
    }
  });

  it("F52 adds only the rows that an overlapping file did not have", async () => {
    const first = await run({ file: partOf(lines.slice(0, 40)), allowMissingSummary: true });
    const second = await run({ known: keysOf(first.blocks) });
    expect(second.answer).toMatchObject({ ok: true, value: { newRows: 20, knownRows: 40 } });
    const digests = [...rowsOf(first.blocks), ...rowsOf(second.blocks)].map((row) => row.digest);
    expect(digests.sort()).toEqual(lines.map((line) => sha256(Buffer.from(line))).sort());
  });

  it("packs a thousand rows to a block and takes a line twice only once", async () => {
    const many = Array.from({ length: 42 }, (_, copy) =>
      lines.map((line) => line.replace(/`4200/, `\`${4300 + copy}`)),
    ).flat();
    const { answer, blocks } = await run({
      file: partOf([...many, ...lines, ...lines]),
      allowMissingSummary: true,
    });
    expect(answer).toMatchObject({ ok: true, value: { newRows: 2580, knownRows: 60 } });
    expect(blocks.map((block) => block.count)).toEqual([1000, 1000, 580]);
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
    const { answer, blocks } = await run({}, AbortSignal.abort());
    expect(answer).toEqual({ ok: false, fault: { kind: "aborted" } });
    expect(blocks).toEqual([]);
  });

  it("says when the file cannot be read any more", async () => {
    const gone = {
      name: "bill.csv",
      slice: () => new Blob(["交易"]),
      lastModified: 0,
      size: 10,
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
