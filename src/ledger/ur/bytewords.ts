import { crc32 } from "../frame.ts";
import type { Bytes } from "../record.ts";

/** Bytewords of BCR-2020-012 in their minimal style: the first and last letter of 256 words, a checksum behind. */

const letters =
  "aeadaoaxaaahamatayasbkbdbnbtbabsbebybgbwbbbzcmchcscfcycwcecackctcxclcpcndkdadsdidedtdr" +
  "dndwdpdmdldyeheyeoeeecenemetesftfrfnfsfmfhfzfpfwfxfyfefgflfdgagegrgsgtglgwgdgygmgughgo" +
  "hfhghdhkhthphhhlhyhehnhsidiaieihiyioisinimjejzjnjtjljojsjpjkjykpkoktkskkknkgkekikblbla" +
  "lylflslrlplnltloldlelulklgmnmymhmemomumwmdmtmsmknlnyndnsntnnnenboyoeotoxonolospdptpkpy" +
  "pspmplpepfpaprqdqzrerprlrorhrdrkrfryrnrsrtsesasrssskswstspsosgsbsfsntotktitttdtetytltb" +
  "tstptatnuyuoutueurvtvyvovlvevwvavdvswlwdwmwpwewywswtwnwzwfwkykynylyaytzszoztzczezm";

const values = new Map(
  Array.from({ length: 256 }, (_, byte) => [letters.slice(2 * byte, 2 * byte + 2), byte]),
);
const checksumSize = 4;

const withChecksum = (bytes: Uint8Array): Bytes => {
  const whole = new Uint8Array(bytes.length + checksumSize);
  whole.set(bytes);
  new DataView(whole.buffer).setUint32(bytes.length, crc32(bytes));
  return whole;
};

/** Two letters for each byte and for each of the four of the checksum. */
export const encodeBytewords = (bytes: Uint8Array): string =>
  Array.from(withChecksum(bytes), (byte) => letters.slice(2 * byte, 2 * byte + 2)).join("");

/** The bytes of a text in small letters; undefined for other letters and a checksum that differs. */
export const decodeBytewords = (text: string): Bytes | undefined => {
  if (text.length % 2 === 1 || text.length <= 2 * checksumSize) return undefined;
  const whole = new Uint8Array(text.length / 2);
  for (let index = 0; index < whole.length; index++) {
    const value = values.get(text.slice(2 * index, 2 * index + 2));
    if (value === undefined) return undefined;
    whole[index] = value;
  }
  const bytes = whole.subarray(0, -checksumSize);
  const told = new DataView(whole.buffer).getUint32(bytes.length);
  return crc32(bytes) === told ? bytes : undefined;
};
