import { afterEach, expect, test } from "vitest";

import { serve } from "../../src/workers/call.ts";
import { answerSafetyCopy, type CopyStorage } from "../../src/workers/safety-copy-files.ts";
import {
  connectSafetyCopy,
  type SafetyCopyAnswer,
  type SafetyCopyRequest,
} from "../../src/workers/safety-copy.ts";

const bytesOf = (...values: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(values);

const notFound = (): never => {
  throw new DOMException("no such file", "NotFoundError");
};

/** Private files as the browser keeps them, with one handle at a time and a disk that may be full. */
const aDisk = (room = Infinity) => {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const open = new Set<string>();
  const disk = { files, open, room, opened: 0, flushed: 0, shortWrites: false };

  const contentOf = (name: string): Uint8Array<ArrayBuffer> => files.get(name) ?? bytesOf();
  const resize = (name: string, size: number): void => {
    const grown = new Uint8Array(size);
    grown.set(contentOf(name).subarray(0, size));
    files.set(name, grown);
  };

  const handleOf = (name: string) => ({
    getSize: () => contentOf(name).length,
    truncate: (size: number) => resize(name, size),
    flush: () => (disk.flushed += 1),
    close: () => open.delete(name),
    read: (into: Uint8Array, { at }: { at: number }) => {
      const part = contentOf(name).subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    write: (bytes: Uint8Array, { at }: { at: number }) => {
      if (at + bytes.length > disk.room) throw new DOMException("full", "QuotaExceededError");
      const taken = disk.shortWrites ? bytes.subarray(0, 2) : bytes;
      resize(name, Math.max(contentOf(name).length, at + taken.length));
      contentOf(name).set(taken, at);
      return taken.length;
    },
  });

  const fileOf = (name: string) => ({
    kind: "file" as const,
    getFile: () => Promise.resolve({ size: contentOf(name).length }),
    createSyncAccessHandle: async () => {
      if (open.has(name)) throw new DOMException("held", "NoModificationAllowedError");
      open.add(name);
      disk.opened += 1;
      return handleOf(name);
    },
  });

  const folder = {
    getFileHandle: async (name: string, { create }: { create: boolean }) => {
      if (!files.has(name) && !create) notFound();
      if (!files.has(name)) files.set(name, bytesOf());
      return fileOf(name);
    },
    removeEntry: async (name: string) => {
      if (!files.delete(name)) notFound();
    },
    entries: async function* entries() {
      for (const name of files.keys()) yield [name, fileOf(name)] as const;
    },
  };
  return { disk, storage: { getDirectory: () => Promise.resolve(folder) } };
};

/** The client and the worker's service, joined by a message channel as in the browser. */
const connected = (storage: CopyStorage | undefined) => {
  const { port1, port2 } = new MessageChannel();
  serve<SafetyCopyRequest, SafetyCopyAnswer>(port2, answerSafetyCopy(storage));
  port2.start();
  port1.start();
  ports.push(port1);
  return connectSafetyCopy(() => Object.assign(port1, { terminate: () => port1.close() }));
};

const ports: MessagePort[] = [];
const name = "journal-A7.bin";

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

test("rel-S1 what was appended is flushed, readable, and the handle is let go", async () => {
  const { disk, storage } = aDisk();
  const copy = connected(storage);
  expect(await copy.append(name, bytesOf(1, 2, 3), 0)).toEqual({ ok: true, value: { size: 3 } });
  expect(await copy.append(name, bytesOf(4), 3)).toEqual({ ok: true, value: { size: 4 } });
  expect(disk.flushed).toBe(2);
  expect(disk.open.size).toBe(0);
  expect(await copy.read(name)).toEqual({ ok: true, value: bytesOf(1, 2, 3, 4) });
  expect(await copy.read(name, 2)).toEqual({ ok: true, value: bytesOf(3, 4) });
  expect(await copy.read(name, 9)).toEqual({ ok: true, value: bytesOf() });
});

test("the bytes still belong to the caller afterwards", async () => {
  const bytes = bytesOf(1, 2, 3);
  await connected(aDisk().storage).append(name, bytes, 0);
  expect(bytes).toEqual(bytesOf(1, 2, 3));
});

test("a file of another length than the writer believes is not touched", async () => {
  const { disk, storage } = aDisk();
  disk.files.set(name, bytesOf(1, 2, 3));
  const result = await connected(storage).append(name, bytesOf(4), 2);
  expect(result).toEqual({ ok: false, fault: { kind: "other_size", size: 3 } });
  expect(disk.files.get(name)).toEqual(bytesOf(1, 2, 3));
});

test("short writes are carried on until everything is in the file", async () => {
  const { disk, storage } = aDisk();
  disk.shortWrites = true;
  await connected(storage).append(name, bytesOf(1, 2, 3, 4, 5), 0);
  expect(disk.files.get(name)).toEqual(bytesOf(1, 2, 3, 4, 5));
});

test("F8 a full disk is a quota fault, and no half frame stays behind", async () => {
  const { disk, storage } = aDisk(6);
  disk.shortWrites = true;
  const copy = connected(storage);
  await copy.append(name, bytesOf(1, 2, 3), 0);
  expect(await copy.append(name, bytesOf(4, 5, 6, 7), 3)).toEqual({
    ok: false,
    fault: { kind: "quota" },
  });
  expect(disk.files.get(name)).toEqual(bytesOf(1, 2, 3));
  expect(disk.open.size).toBe(0);
});

test("F32 a handle that is let go within 3 s is waited for", async () => {
  const { disk, storage } = aDisk();
  disk.open.add(name);
  setTimeout(() => disk.open.delete(name), 150);
  expect(await connected(storage).append(name, bytesOf(1), 0)).toEqual({
    ok: true,
    value: { size: 1 },
  });
});

test("F32 a handle held for longer is busy", async () => {
  const { disk, storage } = aDisk();
  disk.open.add(name);
  const copy = connected(storage);
  expect(await copy.append(name, bytesOf(1), 0)).toEqual({ ok: false, fault: { kind: "busy" } });
}, 6000);

test("two appends sent at once are done one after the other", async () => {
  const { disk, storage } = aDisk();
  const copy = connected(storage);
  await Promise.all([copy.append(name, bytesOf(1), 0), copy.append(name, bytesOf(2), 1)]);
  expect(disk.files.get(name)).toEqual(bytesOf(1, 2));
  expect(disk.opened).toBe(2);
});

test("cutting shortens, and never lengthens", async () => {
  const { disk, storage } = aDisk();
  disk.files.set(name, bytesOf(1, 2, 3));
  const copy = connected(storage);
  expect(await copy.truncate(name, 2)).toEqual({ ok: true, value: { size: 2 } });
  expect(disk.files.get(name)).toEqual(bytesOf(1, 2));
  expect(await copy.truncate(name, 5)).toEqual({
    ok: false,
    fault: { kind: "other_size", size: 2 },
  });
});

test("replacing leaves exactly the new bytes, be they fewer or more", async () => {
  const { disk, storage } = aDisk();
  const copy = connected(storage);
  await copy.append(name, bytesOf(1, 2, 3), 0);
  expect(await copy.replace(name, bytesOf(9))).toEqual({ ok: true, value: { size: 1 } });
  expect(await copy.replace(name, bytesOf(7, 8))).toEqual({ ok: true, value: { size: 2 } });
  expect(disk.files.get(name)).toEqual(bytesOf(7, 8));
});

test("a file that is not there reads as undefined and is removed without complaint", async () => {
  const { disk, storage } = aDisk();
  const copy = connected(storage);
  expect(await copy.read(name)).toEqual({ ok: true, value: undefined });
  expect(await copy.remove(name)).toEqual({ ok: true, value: undefined });
  expect(disk.files.size).toBe(0);
});

test("the list names every file with its size, in order of name", async () => {
  const copy = connected(aDisk().storage);
  await copy.append("b.bin", bytesOf(1, 2), 0);
  await copy.append("a.bin", bytesOf(1), 0);
  expect(await copy.list()).toEqual({
    ok: true,
    value: [
      { name: "a.bin", size: 1 },
      { name: "b.bin", size: 2 },
    ],
  });
});

test.each([
  ["no storage at all", undefined],
  ["no private folder", {}],
  [
    "files that only asynchronous code may write",
    {
      getDirectory: async () => ({
        ...(await aDisk().storage.getDirectory()),
        getFileHandle: async () => ({
          kind: "file" as const,
          getFile: () => Promise.resolve({ size: 0 }),
        }),
      }),
    },
  ],
  [
    "a private window that refuses",
    { getDirectory: () => Promise.reject(new DOMException("refused", "SecurityError")) },
  ],
])("%s is no_opfs", async (_case, storage) => {
  expect(await connected(storage).append(name, bytesOf(1), 0)).toEqual({
    ok: false,
    fault: { kind: "no_opfs" },
  });
});

test("what nobody foresaw is passed on as unknown, with its words", async () => {
  const storage = {
    getDirectory: () => Promise.reject(new DOMException("disk on fire", "InvalidStateError")),
  };
  expect(await connected(storage).list()).toEqual({
    ok: false,
    fault: { kind: "unknown", message: "InvalidStateError: disk on fire" },
  });
});
