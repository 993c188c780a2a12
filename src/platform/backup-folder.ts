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

const digestOf = async (file: File): Promise<string> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())).join();

/** Compared by digest, which is worked out beside the page: a backup has many megabytes. */
const isSame = async (one: File, other: File): Promise<boolean> =>
  one.size === other.size && (await digestOf(one)) === (await digestOf(other));

const writeInto = async (folder: Folder, file: File): Promise<boolean> => {
  const handle = await folder.getFileHandle(file.name, { create: true });
  const writable = await handle.createWritable();
  await writable.write(file);
  await writable.close();
  return isSame(await handle.getFile(), file);
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
