type Bytes = Uint8Array<ArrayBuffer>;

/** A gzip stream that grows beyond this is no journal: a few kilobytes can hold gigabytes (F81). */
const mostBytes = 64 * 1024 * 1024;

const magic = [0x1f, 0x8b] as const;

const collect = async (stream: ReadableStream<Uint8Array>): Promise<Bytes | undefined> => {
  const parts: Bytes[] = [];
  const reader = stream.getReader();
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.length;
    if (size > mostBytes) {
      await reader.cancel();
      return undefined;
    }
    parts.push(new Uint8Array(value));
  }
};

/** The bytes made smaller for the way; as they are in a browser without the ability. */
export const gzip = async (bytes: Bytes): Promise<Bytes> => {
  if (!("CompressionStream" in globalThis)) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await collect(stream)) ?? bytes;
};

/** What was made smaller, or bytes that never were; undefined for damage, for a bomb, and without the ability. */
export const gunzip = async (bytes: Bytes): Promise<Bytes | undefined> => {
  if (bytes[0] !== magic[0] || bytes[1] !== magic[1]) return bytes;
  if (!("DecompressionStream" in globalThis)) return undefined;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await collect(stream);
  } catch {
    return undefined; // cut or damaged: the browser says so by throwing
  }
};
