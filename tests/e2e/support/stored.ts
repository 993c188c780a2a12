/* oxlint-disable unicorn/consistent-function-scoping -- all of it runs inside the page */
import type { App } from "./app.ts";

/** Everything this origin keeps, as text: databases, OPFS, both storages, caches' names, the address. */
export const storedText = (app: App): Promise<string> =>
  app.page.evaluate(async () => {
    const latin = (bytes: ArrayBuffer | ArrayBufferView): string => {
      const view = ArrayBuffer.isView(bytes)
        ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        : new Uint8Array(bytes);
      let text = "";
      for (const byte of view) text += String.fromCharCode(byte);
      return text;
    };
    const textOf = (value: unknown): string => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return latin(value);
      if (value instanceof Map) return [...value].map(textOf).join(" ");
      if (typeof value === "object" && value !== null && !(value instanceof CryptoKey))
        return Object.entries(value)
          .map(([name, inner]) => `${name} ${textOf(inner)}`)
          .join(" ");
      return String(value);
    };
    const wait = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB")));
      });
    const parts: string[] = [
      location.href,
      textOf(Object.entries(localStorage)),
      textOf(Object.entries(sessionStorage)),
    ];
    for (const { name = "" } of await indexedDB.databases()) {
      const db = await wait(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        const rows = db.transaction(store).objectStore(store);
        parts.push(textOf(await wait(rows.getAll())), textOf(await wait(rows.getAllKeys())));
      }
      db.close();
    }
    const walk = async (folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const [name, entry] of (
        folder as unknown as { entries: () => AsyncIterable<[string, FileSystemHandle]> }
      ).entries()) {
        parts.push(name);
        if (entry.kind === "directory") await walk(entry as FileSystemDirectoryHandle);
        else {
          const file = await (entry as FileSystemFileHandle).getFile();
          parts.push(latin(await file.arrayBuffer()));
        }
      }
    };
    await walk(await navigator.storage.getDirectory());
    return parts.join("\n");
  });
