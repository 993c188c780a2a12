import type { Delivery } from "./files.ts";

type Folder = Pick<FileSystemDirectoryHandle, "getFileHandle">;

type FolderPicker = (options: {
  readonly id: string;
  readonly mode: "readwrite";
}) => Promise<Folder>;

const picker = (): FolderPicker | undefined =>
  (globalThis as { readonly showDirectoryPicker?: FolderPicker }).showDirectoryPicker;

/** Chosen once while the app is open; the browser itself remembers where to look the next time. */
let chosen: Folder | undefined;

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);

const writeInto = async (folder: Folder, file: File): Promise<boolean> => {
  const handle = await folder.getFileHandle(file.name, { create: true });
  const writable = await handle.createWritable();
  await writable.write(file);
  await writable.close();
  const kept = await handle.getFile();
  return isSame(await bytesOf(kept), await bytesOf(file));
};

/** A backup into the chosen folder, read back from there; a folder that is gone or closed is asked for anew the next time. */
export const keepInFolder = async (file: File): Promise<Delivery> => {
  try {
    chosen ??= await picker()?.({ id: "refund-desk-backup", mode: "readwrite" });
  } catch {
    return "cancelled";
  }
  const isKept = chosen !== undefined && (await writeInto(chosen, file).catch(() => false));
  if (!isKept) chosen = undefined;
  return isKept ? "saved" : "blocked";
};
