import { createConfirm } from "../../src/platform/confirm-codes.ts";
import { createPipeline } from "../../src/workers/decode-frame.ts";
import type { DecodedCode, Frame } from "../../src/workers/decode.ts";

const frameMs = 66;

/**
 * The product's scanner as one function: give it the frames of one scene in turn, and it answers with the codes that have
 * become sure, each once. A new scene needs a new scanner.
 */
export const createScanner = (): ((frame: Frame) => readonly DecodedCode[]) => {
  const { decode } = createPipeline();
  const confirm = createConfirm();
  let attempt = 0;
  return (frame) => {
    const seen = decode(frame, { kind: "live", attempt });
    attempt += 1;
    return confirm(seen, attempt * frameMs);
  };
};
