const signature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const tablesInHeader = 109;
const entrySize = 128;

type Chains = { readonly file: DataView; readonly shift: number; readonly next: readonly number[] };

const u32At = (view: DataView, at: number): number => view.getUint32(at, true);

const sectorOf = ({ file, shift }: Omit<Chains, "next">, sector: number): DataView => {
  const [from, size] = [(sector + 1) * 2 ** shift, 2 ** shift];
  if (from + size > file.byteLength) throw new RangeError("a sector outside its file");
  return new DataView(file.buffer, file.byteOffset + from, size);
};

const words = (view: DataView): readonly number[] =>
  Array.from({ length: Math.floor(view.byteLength / 4) }, (_, at) => u32At(view, at * 4));

/** The sectors of a chain, each once: one that turns back or leaves the file is damaged. */
const chainOf = (next: readonly number[], start: number): readonly number[] => {
  const found: number[] = [];
  for (let at = start; at < 0xfffffffa; at = next[at] ?? Infinity) {
    if (at >= next.length || found.length > next.length) throw new RangeError("a broken chain");
    found.push(at);
  }
  return found;
};

const join = (pieces: readonly DataView[]): DataView => {
  const whole = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength), at);
    at += piece.byteLength;
  }
  return new DataView(whole.buffer);
};

const streamAt = (chains: Chains, start: number): DataView =>
  join(chainOf(chains.next, start).map((sector) => sectorOf(chains, sector)));

/** The tables of chains that the header names; a file that needs more of them is larger than what is read. */
const tablesOf = (file: DataView): readonly number[] =>
  Array.from({ length: Math.min(u32At(file, 44), tablesInHeader) }, (_, at) =>
    u32At(file, 76 + at * 4),
  );

const nameOf = (directory: DataView, at: number): string => {
  const letters = Math.min(32, directory.getUint16(at + 64, true) / 2) - 1;
  return Array.from({ length: Math.max(0, Math.floor(letters)) }, (_, index) =>
    String.fromCharCode(directory.getUint16(at + index * 2, true)),
  ).join("");
};

/** A short stream lies in small sectors inside the one of the first entry. */
const shortStream = (chains: Chains, directory: DataView, start: number): DataView => {
  const { file } = chains;
  const inside = streamAt(chains, u32At(directory, 116));
  const next = words(streamAt(chains, u32At(file, 60)));
  const size = 2 ** file.getUint16(32, true);
  return join(chainOf(next, start).map((at) => new DataView(inside.buffer, at * size, size)));
};

/** The bytes of one stream of a compound file ([MS-CFB]); undefined where there is none of that name. Throws RangeError where it is damaged. */
export const readStream = (bytes: Uint8Array, name: string): DataView | undefined => {
  if (!signature.every((one, at) => bytes[at] === one)) return undefined;
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = file.getUint16(30, true);
  if ((shift !== 9 && shift !== 12) || file.getUint16(32, true) !== 6)
    throw new RangeError("no known sizes");
  const next = tablesOf(file).flatMap((table) => words(sectorOf({ file, shift }, table)));
  const chains = { file, shift, next };
  const directory = streamAt(chains, u32At(file, 48));
  for (let at = 0; at + entrySize <= directory.byteLength; at += entrySize) {
    if (directory.getUint8(at + 66) !== 2 || nameOf(directory, at) !== name) continue;
    const [start, size] = [u32At(directory, at + 116), u32At(directory, at + 120)];
    const whole =
      size < u32At(file, 56) ? shortStream(chains, directory, start) : streamAt(chains, start);
    return new DataView(whole.buffer, 0, size);
  }
  return undefined;
};
