import { toBytes } from "../../../src/ledger/base64url.ts";
import { drawInt, xoshiro } from "../../../src/ledger/ur/xoshiro.ts";

/** The pseudo-random message of the published vectors: draws of 0 to 255 from a generator seeded with a word. */
export const bytesOf = (size: number, seed = "Wolf"): Uint8Array<ArrayBuffer> => {
  const draw = xoshiro(toBytes(seed));
  return Uint8Array.from({ length: size }, () => drawInt(draw, 0, 255));
};
