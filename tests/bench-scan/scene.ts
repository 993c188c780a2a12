import { createConfirm } from "../../src/platform/confirm-codes.ts";
import { createPipeline } from "../../src/workers/decode-frame.ts";
import type { DecodedCode, Frame } from "../../src/workers/decode.ts";
import type { SecondEngine } from "../../src/workers/second-engine.ts";

const frameMs = 66;
/** A scene has six frames; the product waits for two seconds before it wakes the second engine. */
const framesAlone = 4;

/**
 * The product's scanner as one function: give it the frames of one scene in turn, and it answers with the codes that have
 * become sure, each once. With a second engine that one looks too from the fifth frame on, if nothing was sure before. A
 * new scene needs a new scanner.
 */
export const createScanner = (
  second?: SecondEngine,
): ((frame: Frame) => Promise<readonly DecodedCode[]>) => {
  const { decode } = createPipeline();
  const { see, tell } = createConfirm();
  let attempt = 0;
  let quiet = true;
  const confirm = (codes: readonly DecodedCode[]): readonly DecodedCode[] => {
    const { sure } = see(codes, attempt * frameMs);
    tell(sure);
    return sure;
  };
  return async (frame) => {
    const options = { kind: "live", attempt } as const;
    attempt += 1;
    const sure = confirm(decode(frame, options));
    quiet &&= sure.length === 0;
    if (!quiet || second === undefined || attempt <= framesAlone) return sure;
    return confirm(await second.decode(frame, options));
  };
};
