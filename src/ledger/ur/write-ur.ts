import { encodeBytewords } from "./bytewords.ts";
import { writeByteString } from "./cbor.ts";
import { newFountain, writePart } from "./fountain.ts";

/** A message as the Uniform Resource `bytes` (BCR-2020-005), in capitals, which QR codes pack densely. */
export type UrParts = {
  /** So many parts carry the message when none is lost. */
  readonly count: number;
  /** The text of one part from 1 on without end; a message of one part has the same text always. */
  readonly part: (seqNum: number) => string;
};

/** `longest` is the most bytes of the message that one part carries. */
export const writeUr = (bytes: Uint8Array, longest: number): UrParts => {
  const message = writeByteString(bytes);
  const { seqLen, part } = newFountain(message, longest);
  if (seqLen === 1) {
    const only = `UR:BYTES/${encodeBytewords(message).toUpperCase()}`;
    return { count: 1, part: () => only };
  }
  return {
    count: seqLen,
    part: (seqNum) => {
      const body = encodeBytewords(writePart(part(seqNum)));
      return `UR:BYTES/${seqNum}-${seqLen}/${body.toUpperCase()}`;
    },
  };
};
