import type { Hash } from "../domain/ids.ts";
import { encodeBase64url, hashLength, newLineHasher } from "../ledger/base64url.ts";
import { newDigest } from "../ledger/sha256.ts";
import { connect, serve } from "./call.ts";

/** What the reader of a statement has digested while it reads on. */
export type Digests = {
  /** Base64url SHA-256 of each line's UTF-8 bytes; no line has a line end in it. */
  readonly ofLines: (lines: readonly string[]) => Promise<readonly Hash[]>;
  /** Base64url SHA-256 of a file as it was chosen; undefined where it cannot be read. */
  readonly ofFile: (file: File) => Promise<Hash | undefined>;
};

/** Many lines in one text, which is handed over ten times as fast. */
type DigestRequest =
  | { readonly kind: "lines"; readonly text: string }
  | { readonly kind: "file"; readonly file: File };

/** Digests without anything between them, or nothing. */
type DigestAnswer = string | undefined;

const oneByOne = (digests: string): readonly Hash[] =>
  Array.from(
    { length: digests.length / hashLength },
    (_, at) => digests.slice(hashLength * at, hashLength * (at + 1)) as Hash,
  );

/** Too large for the browser's own SHA-256, ten times as fast, which gets a whole file at once; and for a second thread. */
export const isLarge = ({ size }: File): boolean => size > 64 * 1024 * 1024;

const hashFile = async (file: File, signal: AbortSignal): Promise<Hash> => {
  if (!isLarge(file)) {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return encodeBase64url(new Uint8Array(digest)) as Hash;
  }
  const digest = newDigest();
  const pieces = file.stream().getReader();
  for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
    signal.throwIfAborted();
    digest.update(piece.value);
  }
  return encodeBase64url(digest.finish()) as Hash;
};

const newAnswer = (signal: AbortSignal) => {
  const hashLines = newLineHasher();
  return (asked: DigestRequest): DigestAnswer | Promise<DigestAnswer> =>
    asked.kind === "lines"
      ? hashLines(asked.text)
      : hashFile(asked.file, signal).catch(() => undefined);
};

/** Answers what is asked through a port until the signal ends it. */
export const serveDigests = (port: MessagePort, signal: AbortSignal): void => {
  serve<DigestRequest, DigestAnswer>(port, newAnswer(signal));
  signal.addEventListener("abort", () => port.close());
  port.start();
};

const digestsBy = (ask: (asked: DigestRequest) => Promise<DigestAnswer>): Digests => ({
  ofLines: async (lines) => oneByOne((await ask({ kind: "lines", text: lines.join("\n") })) ?? ""),
  ofFile: async (file) => (await ask({ kind: "file", file })) as Hash | undefined,
});

/** Digests made on this thread. */
export const digestsHere = (signal: AbortSignal): Digests => {
  const answer = newAnswer(signal);
  return digestsBy(async (asked) => answer(asked));
};

/** The longest time a browser's timer takes: the port is there as long as the reading, however slowly a file comes. */
const neverIdleMs = 2 ** 31 - 1;

/** Digests made behind a port; they throw where the other side fails. */
export const digestsThrough = (port: MessagePort): Digests => {
  const { call } = connect<DigestRequest, DigestAnswer>(() => {
    port.start();
    return {
      postMessage: (message, transfer) => port.postMessage(message, transfer),
      addEventListener: (kind, heard) => {
        if (kind !== "error") port.addEventListener(kind, heard); // a port has none
      },
      terminate: () => port.close(),
    };
  }, neverIdleMs);
  return digestsBy(async (asked) => {
    const told = await call(asked);
    if (!told.ok) throw new Error(told.fault.kind);
    return told.value;
  });
};
