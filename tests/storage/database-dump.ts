import Dexie from "dexie";

/** A database as text: its native shape and every row; keys that cannot be read out are left behind. */
export type DatabaseDump = {
  readonly name: string;
  readonly version: number;
  readonly stores: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, readonly unknown[]>>;
};

type Packed = {
  readonly type: "ArrayBuffer" | "Uint32Array" | "Float64Array";
  readonly base64: string;
};

const pack = (type: Packed["type"], buffer: ArrayBuffer): { readonly $bytes: Packed } => ({
  $bytes: { type, base64: Buffer.from(buffer).toString("base64") },
});

const writeValue = (_: string, value: unknown): unknown => {
  if (value instanceof ArrayBuffer) return pack("ArrayBuffer", value);
  if (value instanceof Uint32Array) return pack("Uint32Array", value.slice().buffer);
  if (value instanceof Float64Array) return pack("Float64Array", value.slice().buffer);
  return value;
};

const unpack = ({ type, base64 }: Packed): unknown => {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64")).buffer;
  if (type === "Uint32Array") return new Uint32Array(bytes);
  return type === "Float64Array" ? new Float64Array(bytes) : bytes;
};

const readValue = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && "$bytes" in value
    ? unpack(value.$bytes as Packed)
    : value;

export const writeDump = (dump: unknown): string => `${JSON.stringify(dump, writeValue, 1)}\n`;
export const parseDump = (text: string): unknown => JSON.parse(text, readValue);

/** Takes everything out of a database as the browser holds it, whatever build made it. */
export const dumpDatabase = async (name: string): Promise<DatabaseDump> => {
  const raw = new Dexie(name);
  await raw.open();
  const tables = raw.tables.filter((table) => table.name !== "keys");
  const shapes = tables.map(({ name: table, schema }) => [
    table,
    [schema.primKey.src, ...schema.indexes.map((index) => index.src)].join(", "),
  ]);
  const rows = await Promise.all(
    tables.map(async (table) => [table.name, await table.toArray()] as const),
  );
  const version = raw.verno;
  raw.close();
  return { name, version, stores: Object.fromEntries(shapes), rows: Object.fromEntries(rows) };
};

/** Makes the database that the dump was taken from. */
export const loadDump = async (dump: DatabaseDump): Promise<void> => {
  const raw = new Dexie(dump.name);
  raw.version(dump.version).stores({ ...dump.stores, keys: "id" });
  await raw.open();
  for (const [table, rows] of Object.entries(dump.rows)) await raw.table(table).bulkAdd([...rows]);
  raw.close();
};
