import { deflateRawSync } from "node:zlib";

type Packed = {
  /** Bytes where they are in no UTF-8. */
  readonly name: string | Uint8Array;
  readonly bytes: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** What the directory says instead of the truth. */
  readonly size?: number;
  readonly crc?: number;
};

const crcOf = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
};

const utf8Names = 0x0800;

const parts = ({ name, bytes, method = 8, flags = utf8Names, size, crc }: Packed) => {
  const packed = method === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
  const title = typeof name === "string" ? Buffer.from(name) : name;
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(flags, 2);
  common.writeUInt16LE(method, 4);
  common.writeUInt32LE(crc ?? crcOf(bytes), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(size ?? bytes.length, 18);
  common.writeUInt16LE(title.length, 22);
  return { packed, title, common };
};

const withSignature = (signature: number, ...rest: readonly Uint8Array[]): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(signature);
  return Buffer.concat([head, ...rest]);
};

/** A zip of these files, written without any of the product's code. */
export const aZip = (files: readonly Packed[], comment = ""): Buffer => {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const { packed, title, common } = parts(file);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    entries.push(withSignature(0x02014b50, Buffer.from([20, 0]), common, tail, title));
    locals.push(withSignature(0x04034b50, common, title, packed));
    offset += locals.at(-1)?.length ?? 0;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(Buffer.byteLength(comment), 16);
  return Buffer.concat([
    ...locals,
    directory,
    withSignature(0x06054b50, end),
    Buffer.from(comment),
  ]);
};
