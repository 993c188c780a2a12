type Bytes = Uint8Array<ArrayBuffer>;

/** One part of a JPEG, its marker included; a scan holds its picture data too. */
export type JpegSegment = {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
};

const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const jfif = 0xe0;
const adobe = 0xee;

const isRestart = (byte: number): boolean => byte >= 0xd0 && byte <= 0xd7;

/** Where the picture data of a scan ends: before the next marker that is not part of it. */
const scanEnd = (bytes: Bytes, from: number): number => {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const next = bytes[at + 1];
    if (next === undefined) return bytes.length;
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at;
    at = bytes.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
  }
  return bytes.length;
};

/** The marker at or after a place; stuffing and stray bytes before it are skipped, as decoders do. */
const findMarker = (bytes: Bytes, from: number): number | undefined => {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && (bytes[at + 1] === 0xff || bytes[at + 1] === 0))
    at = bytes.indexOf(0xff, at + 1);
  return at < 0 || at + 1 >= bytes.length ? undefined : at;
};

const segmentAt = (bytes: Bytes, start: number): JpegSegment | undefined => {
  const marker = bytes[start + 1] ?? 0;
  if (marker === endOfImage) return { marker, start, end: start + 2 };
  const length = ((bytes[start + 2] ?? 0) << 8) | (bytes[start + 3] ?? 0);
  const end = start + 2 + length;
  if (length < 2 || end > bytes.length) return undefined;
  return { marker, start, end: marker === startOfScan ? scanEnd(bytes, end) : end };
};

/** All parts up to the end of the picture; undefined for anything else and for a picture that is cut. */
export const jpegSegments = (bytes: Bytes): readonly JpegSegment[] | undefined => {
  if (bytes[0] !== 0xff || bytes[1] !== startOfImage) return undefined;
  const segments: JpegSegment[] = [];
  for (let at = 2; ;) {
    const start = findMarker(bytes, at);
    const segment = start === undefined ? undefined : segmentAt(bytes, start);
    if (segment === undefined) return undefined;
    segments.push(segment);
    if (segment.marker === endOfImage) return segments;
    at = segment.end;
  }
};

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const textAt = (bytes: Bytes, at: number, text: string): boolean =>
  Array.from(text).every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

/** Only what a decoder needs: tables, frame, scans, and the two plain headers at the size that leaves no room for more. */
const isNeeded = (bytes: Bytes, { marker, start, end }: JpegSegment): boolean => {
  const size = end - start;
  if (marker === jfif) return size === 18 && textAt(bytes, start + 4, "JFIF\0");
  if (marker === adobe) return size === 16 && textAt(bytes, start + 4, "Adobe");
  if (isFrame(marker) || marker === startOfScan || marker === endOfImage) return true;
  return marker === 0xc4 || marker === 0xdb || marker === 0xdd; // Huffman and quantisation tables, restart interval
};

/** The same picture without places, devices, thumbnails, profiles, comments and what hides behind its end (F82). */
export const plainJpeg = (bytes: Bytes): Bytes | undefined => {
  const segments = jpegSegments(bytes);
  if (segments === undefined) return undefined;
  const kept = segments.filter((segment) => isNeeded(bytes, segment));
  const plain = new Uint8Array(kept.reduce((sum, { start, end }) => sum + end - start, 2));
  plain.set(bytes.subarray(0, 2));
  let at = 2;
  for (const { start, end } of kept) {
    plain.set(bytes.subarray(start, end), at);
    at += end - start;
  }
  return plain;
};

/** Whether a picture is nothing but a picture. */
export const isPlainJpeg = (bytes: Bytes): boolean => plainJpeg(bytes)?.length === bytes.length;

/** Width and height of a JPEG that is whole. */
export const jpegSize = (
  bytes: Bytes,
): { readonly width: number; readonly height: number } | undefined => {
  const frame = jpegSegments(bytes)?.find(({ marker }) => isFrame(marker));
  if (frame === undefined || frame.end - frame.start < 10) return undefined;
  const word = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  return { height: word(frame.start + 5), width: word(frame.start + 7) };
};
