import * as v from "valibot";
import { parseStrict, readUtf8, isPlainObject } from "./canonical.ts";
import type { FindingCode } from "./findings.ts";
import { h, int, kid, mime, seq, tok } from "./kinds/shapes.ts";

/** Bytes of a file, whole or as they arrive. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>;

export const limits = {
  lineBytes: 8 * 1024 * 1024,
  attachmentBytes: 5 * 1024 * 1024,
  lines: 400_000,
  fileBytes: 512 * 1024 * 1024,
} as const;

/** One line with its LF; `bytes` is undefined when it is longer than any line may be. */
export type RawLine = {
  readonly number: number;
  readonly bytes: Uint8Array | undefined;
  readonly isTerminated: boolean;
};

const lineFeed = 10;
const sliceBytes = 1 << 20;

async function* chunksOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (!(source instanceof Uint8Array)) {
    yield* source;
    return;
  }
  for (let at = 0; at < source.length; at += sliceBytes) yield source.subarray(at, at + sliceBytes);
}

/** Collects the pieces of a line; more than a line may hold is counted but not kept. */
const newLine = () => {
  let parts: Uint8Array[] = [];
  let length = 0;
  return {
    add: (part: Uint8Array): void => {
      length += part.length;
      if (length > limits.lineBytes) parts = [];
      else parts.push(part);
    },
    isEmpty: (): boolean => length === 0,
    take: (): Uint8Array | undefined => {
      const [first] = parts;
      const tooLong = length > limits.lineBytes;
      const bytes = parts.length === 1 && first !== undefined ? first : new Uint8Array(length);
      let at = 0;
      if (parts.length > 1)
        for (const part of parts) {
          bytes.set(part, at);
          at += part.length;
        }
      parts = [];
      length = 0;
      return tooLong ? undefined : bytes;
    },
  };
};

/** Cuts bytes into lines; memory stays bounded by one line and one chunk. */
export async function* readLines(source: ByteSource): AsyncGenerator<RawLine> {
  const line = newLine();
  let number = 1;
  for await (const chunk of chunksOf(source)) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      line.add(chunk.subarray(start, end + 1));
      start = end + 1;
      yield { number: number++, bytes: line.take(), isTerminated: true };
    }
    if (start < chunk.length) line.add(chunk.slice(start));
  }
  if (!line.isEmpty()) yield { number, bytes: line.take(), isTerminated: false };
}

const omitted = v.picklist(["att", "ctx", "cust", "det"]);

/** Sorted, each once, and `det` takes what hangs below it along (refundlog.md §10). */
const isOmission = (names: readonly string[]): boolean =>
  names.every((name, index) => index === 0 || (names[index - 1] ?? "") < name) &&
  (!names.includes("det") || (names.includes("ctx") && names.includes("cust")));

const disclosureText = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/));

const token = <const T extends string>(t: T) => v.strictObject({ j: v.string(), t: v.literal(t) });

const shapes = {
  head: v.strictObject({
    created: int,
    dev: kid,
    fmt: v.literal("refundlog/1"),
    from: seq,
    omit: v.pipe(
      v.array(omitted),
      v.check((names) => isOmission(names), "not sorted"),
    ),
    t: v.literal("head"),
    to: seq,
    xid: tok,
  }),
  key: v.strictObject({ cert: v.string(), jwk: v.unknown(), t: v.literal("key") }),
  rec: v.strictObject({
    d: v.pipe(v.array(disclosureText), v.maxLength(3)),
    j: v.string(),
    t: v.literal("rec"),
  }),
  ack: token("ack"),
  wit: token("wit"),
  cp: token("cp"),
  status: token("status"),
  att: v.strictObject({ b64: v.string(), sha256: h, t: v.literal("att"), type: mime }),
  end: v.strictObject({ j: v.string(), t: v.literal("end") }),
} as const;

type Shapes = typeof shapes;
export type LineType = keyof Shapes;
export type FileLine = { readonly [T in LineType]: v.InferOutput<Shapes[T]> }[LineType];
export type LineOf<T extends LineType> = Extract<FileLine, { t: T }>;

/** Line types in the order of refundlog.md §12. */
export const lineOrder = Object.keys(shapes) as readonly LineType[];

const isLineType = (name: unknown): name is LineType => lineOrder.some((type) => type === name);

export type LineReading =
  | { readonly ok: true; readonly line: FileLine }
  | { readonly ok: false; readonly code: FindingCode };

const refuse = (code: FindingCode): LineReading => ({ ok: false, code });

const readShape = (value: unknown): LineReading => {
  if (!isPlainObject(value) || !isLineType(value["t"])) return refuse("E_LINE_TYPE");
  if (value["t"] === "head" && value["fmt"] !== "refundlog/1") return refuse("E_VERSION");
  const shape: v.GenericSchema<unknown, FileLine> = shapes[value["t"]];
  const line = v.safeParse(shape, value);
  return line.success ? { ok: true, line: line.output } : refuse("E_LINE_TYPE");
};

/** Reads one line by every rule that needs no key: text, spelling, members (refundlog.md §3, §12). */
export const parseLine = ({ bytes, isTerminated }: RawLine): LineReading => {
  if (bytes === undefined) return refuse("E_LIMIT");
  const text = readUtf8(isTerminated ? bytes.subarray(0, -1) : bytes);
  if (text === undefined) return refuse("E_UTF8");
  if (text.includes("\r")) return refuse("E_LINE_ENDINGS");
  const parsed = parseStrict(text);
  return parsed.ok ? readShape(parsed.value) : refuse(parsed.fault.kind);
};
