import type { Hash } from "../domain/ids.ts";
import { encodeBase64url, hashLines } from "../ledger/base64url.ts";
import { newDigest } from "../ledger/sha256.ts";
import { connect, serve } from "./call.ts";

/** What the reader of a statement has digested while it reads on. */
export type Digests = {
  /** Base64url SHA-256 of each line's UTF-8 bytes; no line has a line end in it. */
  readonly ofLines: (lines: readonly string[]) => Promise<readonly Hash[]>;
  /** The next bytes of a file. */
  readonly add: (bytes: Uint8Array) => void;
  /** Base64url SHA-256 of all bytes that were added. */
  readonly ofAdded: () => Promise<Hash>;
};

/** One text of many lines is handed over ten times as fast as many texts. */
type DigestRequest =
  | { readonly kind: "lines"; readonly text: string }
  | { readonly kind: "add"; readonly bytes: Uint8Array }
  | { readonly kind: "added" };

/** Digests made on this thread. */
export const digestsHere = (): Digests => {
  const file = newDigest();
  return {
    ofLines: async (lines) => hashLines(lines),
    add: (bytes) => file.update(bytes),
    ofAdded: async () => encodeBase64url(file.finish()) as Hash,
  };
};

/** Answers what is asked through a port. */
export const serveDigests = (port: MessagePort): void => {
  const { ofLines, add, ofAdded } = digestsHere();
  serve<DigestRequest, readonly Hash[]>(port, async (asked) => {
    if (asked.kind === "lines") return ofLines(asked.text.split("\n"));
    if (asked.kind === "added") return [await ofAdded()];
    add(asked.bytes);
    return [];
  });
  port.start();
};

/** Digests made behind a port, in the order in which they are asked for; they throw where the other side fails. */
export const digestsThrough = (port: MessagePort): Digests => {
  const { call } = connect<DigestRequest, readonly Hash[]>(() => {
    port.start();
    return {
      postMessage: (message, transfer) => port.postMessage(message, transfer),
      addEventListener: (kind, heard) => {
        if (kind !== "error") port.addEventListener(kind, heard); // a port has none
      },
      terminate: () => port.close(),
    };
  });
  const ask = async (request: DigestRequest): Promise<readonly Hash[]> => {
    const answer = await call(request);
    if (!answer.ok) throw new Error(answer.fault.kind);
    return answer.value;
  };
  return {
    ofLines: (lines) => ask({ kind: "lines", text: lines.join("\n") }),
    add: (bytes) => void call({ kind: "add", bytes }),
    ofAdded: async () => {
      const [digest] = await ask({ kind: "added" });
      if (digest === undefined) throw new Error("no digest");
      return digest;
    },
  };
};
