import type { FileType, PictureType } from "../domain/evidence.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const latin = (bytes: Bytes): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** Bytes at the beginning that every question below can be answered by. */
const headBytes = 4096;

/** Lengths of the second header of a BMP. */
const bmpHeaders: ReadonlySet<number> = new Set([12, 40, 52, 56, 64, 108, 124]);
const heifBrands = /^(?:hei[cfmsx]|hev[cmsx]|mif[12]|msf1|avi[fs])/;
const audioBrands = /^(?:M4[AB] |mp4[12]|isom|iso[2-9]|3g[gp2]|dash|MSNV|f4a )/;

/** What the first bytes say a picture is; the two that are refused have a reason of their own. */
export const findPicture = (bytes: Bytes): PictureType | "heic" | "svg" | undefined => {
  const head = latin(bytes.subarray(0, headBytes));
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (/^GIF8[79]a/.test(head)) return "image/gif";
  if (/^RIFF[^]{4}WEBPVP8[ LX]/.test(head)) return "image/webp";
  if (isBmp(head)) return "image/bmp";
  if (/^[^]{4}ftyp/.test(head) && heifBrands.test(head.slice(8))) return "heic";
  return isSvg(head) ? "svg" : undefined;
};

const isBmp = (head: string): boolean =>
  head.startsWith("BM") && bmpHeaders.has(head.charCodeAt(14)) && head.slice(15, 18) === "\0\0\0";

const isSvg = (head: string): boolean => {
  const text = head.replaceAll("\0", "");
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*</.test(text) && /<svg[\s>/]/i.test(text);
};

const isMpeg = (bytes: Bytes): boolean => {
  const [first = 0, second = 0, third = 0] = bytes;
  return (
    first === 0xff &&
    (second & 0xe0) === 0xe0 &&
    (second & 0x18) !== 0x08 &&
    (second & 0x06) !== 0 &&
    (third & 0xf0) !== 0xf0 &&
    (third & 0x0c) !== 0x0c
  );
};

/** Tracks of an MP4 by their handlers: a film is refused, whatever brand it carries. */
const isSoundOnly = (bytes: Bytes): boolean => {
  let sound = false;
  for (let at = bytes.indexOf(0x68); at >= 0; at = bytes.indexOf(0x68, at + 1)) {
    const text = latin(bytes.subarray(at, at + 16));
    if (!text.startsWith("hdlr")) continue;
    if (text.endsWith("vide")) return false;
    if (text.endsWith("soun")) sound = true;
  }
  return sound;
};

const findAudio = (bytes: Bytes, head: string): FileType | undefined => {
  if (/^RIFF[^]{4}WAVE/.test(head)) return "audio/wav";
  if (head.startsWith("ID3") || isMpeg(bytes)) return "audio/mpeg";
  if (/^OggS[^]{24}(?:[^]vorbis|OpusHead|Speex|[^]FLAC)/.test(head)) return "audio/ogg";
  if (head.startsWith("\x1aE\xdf\xa3") && /webm[^]*A_[A-Z]/.test(head))
    return /V_[A-Z]/.test(head) ? undefined : "audio/webm";
  const isMp4 = /^[^]{4}ftyp/.test(head) && audioBrands.test(head.slice(8));
  return isMp4 && isSoundOnly(bytes) ? "audio/mp4" : undefined;
};

const mailHeaders: ReadonlySet<string> = new Set([
  "from",
  "to",
  "date",
  "subject",
  "message-id",
  "received",
  "return-path",
  "delivered-to",
  "mime-version",
]);

/** Header lines first, three of them known ones; continued lines begin with a space. */
const isMail = (head: string): boolean => {
  let known = 0;
  for (const line of head.split(/\r?\n/)) {
    if (line === "" || known === 3) break;
    if (/^[ \t]/.test(line)) continue;
    const name = /^([\w-]+):/.exec(line)?.[1]?.toLowerCase();
    if (name === undefined) return false;
    if (mailHeaders.has(name)) known++;
  }
  return known >= 3;
};

/** Line ends, tab and form feed are all that a text needs below the space. */
const isControl = (byte: number): boolean =>
  (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d) ||
  byte === 0x7f;

const decodes = (bytes: Bytes, label: string): boolean => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes).length > 0;
  } catch {
    return false;
  }
};

/** Written text in one of the two encodings that phones and Windows give; mark-up is no text here. */
const isText = (bytes: Bytes, head: string): boolean =>
  !/^(?:\xef\xbb\xbf)?\s*<[!?a-z]/i.test(head) &&
  !bytes.some(isControl) &&
  (decodes(bytes, "utf-8") || decodes(bytes, "gb18030"));

/** The type of a file that is no picture by its bytes alone; undefined for all that is not kept. */
export const findFileType = (bytes: Bytes): FileType | undefined => {
  const head = latin(bytes.subarray(0, headBytes));
  if (head.startsWith("%PDF-")) return "application/pdf";
  const audio = findAudio(bytes, head);
  if (audio !== undefined) return audio;
  if (isMail(head)) return "message/rfc822";
  return isText(bytes, head) ? "text/plain" : undefined;
};
