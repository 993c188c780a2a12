import type { Hash } from "../domain/ids.ts";
import type { Bytes } from "./record.ts";
import { newRoom, roomSize } from "./room.ts";
import { sha256 } from "./sha256.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const values = new Int8Array(128).fill(-1);
for (let index = 0; index < 64; index++) values[alphabet.charCodeAt(index)] = index;

const encoder = new TextEncoder();

const room = newRoom();

/** UTF-8 bytes of a text, in the room if they fit. */
const write = (text: string): Bytes => {
  if (3 * text.length > roomSize) return encoder.encode(text);
  return room(encoder.encodeInto(text, room(roomSize)).written);
};

/** UTF-8 bytes of a text. */
export const toBytes = (text: string): Bytes => write(text).slice();

const codes = encoder.encode(alphabet);
const ascii = new TextDecoder();

/** Writes the letters of bytes into a text that is as long as they need. */
const spell = (bytes: Uint8Array, text: Uint8Array): void => {
  let at = 0;
  for (let index = 0; index < bytes.length; index += 3) {
    const word =
      ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    for (let shift = 18; shift >= 0 && at < text.length; shift -= 6)
      text[at++] = codes[(word >> shift) & 63] ?? 0;
  }
};

/** Base64url without padding. Written as bytes and decoded once: texts glued together cost three times the memory. */
export const encodeBase64url = (bytes: Uint8Array): string => {
  const text = room(Math.ceil((bytes.length * 4) / 3));
  spell(bytes, text);
  return ascii.decode(text);
};

/** The bytes of the one canonical spelling; undefined for padding, other characters or stray last bits. */
export const decodeBase64url = (text: string): Bytes | undefined => {
  const tail = text.length % 4;
  if (tail === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const value = values[text.charCodeAt(index)] ?? -1;
    if (value < 0) return undefined;
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = word >> bits;
  }
  const stray = word & ((1 << bits) - 1);
  return stray === 0 ? bytes : undefined;
};

/** Base64url SHA-256 of bytes. */
export const hashBytes = (bytes: Uint8Array): Hash => encodeBase64url(sha256(bytes)) as Hash;

/** Base64url SHA-256 of the UTF-8 bytes of a text. */
export const hashText = (text: string): Hash => hashBytes(write(text));

/** Letters of a digest. */
export const hashLength = 43;

const lineFeed = 10;

/** Bytes of a text that a hasher of lines has room for; longer ones get a buffer of their own. */
const linesRoom = 1 << 20;

/** Digests that are spelled before they are made a text together. */
const spelledAtOnce = 1000;

/**
 * Hashes each line of a text, one digest behind the other. Written and spelled many at once, as each call of the browser's
 * own coders costs a quarter of a line's hash; into buffers that stay, for the reason that `newRoom` names.
 */
export const newLineHasher = (): ((text: string) => string) => {
  const whole = new Uint8Array(linesRoom);
  const spelled = new Uint8Array(hashLength * spelledAtOnce);
  const encode = (text: string): Bytes =>
    3 * text.length > linesRoom
      ? encoder.encode(text)
      : whole.subarray(0, encoder.encodeInto(text, whole).written);
  return (text) => {
    const bytes = encode(`${text}\n`);
    let digests = "";
    let at = 0;
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
      spell(sha256(bytes.subarray(start, end)), spelled.subarray(at, at + hashLength));
      start = end + 1;
      at += hashLength;
      if (at < spelled.length) continue;
      digests += ascii.decode(spelled);
      at = 0;
    }
    return digests + ascii.decode(spelled.subarray(0, at));
  };
};
