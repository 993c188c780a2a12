import { joinBytes, u16, u32, utf16, type Bytes } from "./bytes.ts";

/** A compound file of one stream, the shell of a legacy spreadsheet ([MS-CFB], version 3). */
const sectorSize = 512;
const sectorsPerTable = sectorSize / 4;
const free = 0xffffffff;
const endOfChain = 0xfffffffe;
const tableSector = 0xfffffffd;
/** Tables that the first sector itself can name. */
const tablesInHeader = 109;
/** A shorter stream would lie elsewhere. */
const shortestStream = 4096;

const signature = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);

const padTo = (bytes: Bytes, size: number): Bytes =>
  joinBytes([bytes, new Uint8Array(size - bytes.length)]);

const entry = (name: string, kind: number, facts: { start: number; size: number; child: number }) =>
  joinBytes([
    padTo(utf16(name), 64),
    u16(name === "" ? 0 : name.length * 2 + 2),
    Uint8Array.of(kind, kind === 0 ? 0 : 1),
    u32(free, free, facts.child),
    new Uint8Array(36),
    u32(facts.start, facts.size, 0),
  ]);

const noEntry = entry("", 0, { start: 0, size: 0, child: free });

const directoryOf = (name: string, size: number): Bytes =>
  joinBytes([
    entry("Root Entry", 5, { start: endOfChain, size: 0, child: 1 }),
    entry(name, 2, { start: 0, size, child: free }),
    noEntry,
    noEntry,
  ]);

const tablesFor = (others: number): number => {
  let tables = 1;
  while (tables * sectorsPerTable < others + tables) tables++;
  return tables;
};

/** Which sector comes after which: those of the stream, its directory, then the tables themselves. */
const chainsOf = (sectors: number, tables: number): Bytes => {
  const next = [
    ...Array.from({ length: sectors }, (_, at) => (at + 1 === sectors ? endOfChain : at + 1)),
    endOfChain,
    ...Array.from({ length: tables }, () => tableSector),
  ];
  const unused = tables * sectorsPerTable - next.length;
  return joinBytes([...next, ...Array.from({ length: unused }, () => free)].map((one) => u32(one)));
};

const headerOf = (sectors: number, tables: number): Bytes => {
  const places = Array.from({ length: tablesInHeader }, (_, at) =>
    at < tables ? sectors + 1 + at : free,
  );
  return joinBytes([
    signature,
    new Uint8Array(16),
    u16(0x3e, 3, 0xfffe, 9, 6, 0, 0, 0),
    u32(0, tables, sectors, 0, shortestStream, endOfChain, 0, endOfChain, 0),
    ...places.map((one) => u32(one)),
  ]);
};

/** Packs one stream under a name. */
export const writeCompoundFile = (name: string, stream: Bytes): Bytes => {
  const size = Math.max(shortestStream, Math.ceil(stream.length / sectorSize) * sectorSize);
  const sectors = size / sectorSize;
  const tables = tablesFor(sectors + 1);
  if (tables > tablesInHeader) throw new Error("a sheet holds more than its shell");
  return joinBytes([
    headerOf(sectors, tables),
    padTo(stream, size),
    directoryOf(name, size),
    chainsOf(sectors, tables),
  ]);
};

/** The stream that the first file entry names, read back by the chain of its sectors; undefined for anything else. */
export const readCompoundFile = (bytes: Uint8Array): Bytes | undefined => {
  if (!signature.every((one, at) => bytes[at] === one)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const placeOf = (sector: number): number => (sector + 1) * sectorSize;
  const at = placeOf(view.getUint32(48, true)) + 128;
  const size = view.getUint32(at + 120, true);
  const pieces: Uint8Array[] = [];
  let sector = view.getUint32(at + 116, true);
  while (sector !== endOfChain && pieces.length * sectorSize < size) {
    pieces.push(bytes.subarray(placeOf(sector), placeOf(sector + 1)));
    const table = view.getUint32(76 + 4 * Math.floor(sector / sectorsPerTable), true);
    sector = view.getUint32(placeOf(table) + 4 * (sector % sectorsPerTable), true);
  }
  return joinBytes(pieces).slice(0, size);
};
