import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { digestsHere, digestsThrough, serveDigests } from "../../src/workers/digests.ts";

const sha256 = (data: string | Uint8Array): string =>
  createHash("sha256").update(data).digest("base64url");

const never = new AbortController().signal;

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

const throughPort = (signal = never) => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveDigests(port1, signal);
  return digestsThrough(port2);
};

/** A file that says it is larger than it is, so that it is read piece by piece. */
const aLargeFile = (bytes: Uint8Array<ArrayBuffer>): File =>
  Object.defineProperty(new File([bytes], "large.csv"), "size", { value: 65 * 1024 * 1024 });

describe.each([
  ["here", digestsHere],
  ["through a port", throughPort],
])("digests made %s", (_, open) => {
  it("are those of each line, in the order asked for", async () => {
    const { ofLines } = open(never);
    const many = Array.from({ length: 50 }, (_one, batch) => [
      `一 ${batch}`,
      "",
      "`9.90,\u{1f9cb}",
    ]);
    const made = await Promise.all(many.map(ofLines));
    expect(made).toEqual(many.map((lines) => lines.map(sha256)));
  });

  it("are those of more and longer lines than are hashed at once", async () => {
    const many = Array.from({ length: 2_500 }, (_one, line) => `${line} ${"茶".repeat(200)}`);
    const { ofLines } = open(never);
    expect(await ofLines(many)).toEqual(many.map(sha256));
    expect(await ofLines(["b"])).toEqual([sha256("b")]);
  });

  it("of a file are those of its bytes", async () => {
    const bytes = Uint8Array.from({ length: 500_000 }, (_one, at) => at * 7);
    const file = new File([bytes], "bill.csv");
    expect(await open(never).ofFile(file)).toBe(sha256(bytes));
  });
});

it("come through a port after a file has kept the reading waiting for an hour", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { ofLines } = throughPort();
  expect(await ofLines(["a"])).toEqual([sha256("a")]);
  vi.advanceTimersByTime(3_600_000);
  vi.useRealTimers();
  expect(await ofLines(["b"])).toEqual([sha256("b")]);
});

it("the digest of a large file is that of all its pieces, with lines in between", async () => {
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, at) => at * 11);
  const { ofLines, ofFile } = digestsHere(never);
  const whole = ofFile(aLargeFile(bytes));
  expect(await ofLines(["a"])).toEqual([sha256("a")]);
  expect(await whole).toBe(sha256(bytes));
});

it("a file that cannot be read, and one that nobody waits for any more, have none", async () => {
  const gone = Object.assign(new File(["1"], "bill.csv"), {
    arrayBuffer: () => Promise.reject(new DOMException("gone", "NotReadableError")),
  });
  expect(await digestsHere(never).ofFile(gone)).toBeUndefined();
  const large = aLargeFile(new Uint8Array(100));
  expect(await digestsHere(AbortSignal.abort()).ofFile(large)).toBeUndefined();
});
