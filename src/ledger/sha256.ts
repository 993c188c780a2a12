import { SHA256 } from "@stablelib/sha256";
import type { Bytes } from "./record.ts";

/** A digest in the making; nothing can be added once it is finished. */
export type Digest = {
  readonly update: (bytes: Uint8Array) => void;
  readonly finish: () => Bytes;
};

/** SHA-256 of bytes that come in pieces, which WebCrypto does not take. */
export const newDigest = (): Digest => {
  const state = new SHA256();
  return {
    update: (bytes) => {
      state.update(bytes);
    },
    finish: () => new Uint8Array(state.digest()),
  };
};

/** One for all short texts: a new one for each row of a big file costs a tenth of its reading. */
const again = new SHA256();

/** SHA-256 of bytes that are all here, at once. */
export const sha256 = (bytes: Uint8Array): Bytes => again.reset().update(bytes).digest() as Bytes;
