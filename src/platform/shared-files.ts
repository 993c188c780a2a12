import { sharedCache, nameHeader } from "../workers/share.ts";

/** The files another app shared with us, which the service worker put aside; they are taken once. */
export const takeSharedFiles = async (): Promise<readonly File[]> => {
  const { caches: storage } = globalThis as { readonly caches?: CacheStorage };
  if (storage === undefined || !(await storage.has(sharedCache))) return [];
  const cache = await storage.open(sharedCache);
  const files: File[] = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    if (response !== undefined) files.push(await fileOf(response));
  }
  await storage.delete(sharedCache);
  return files;
};

const fileOf = async (response: Response): Promise<File> => {
  const name = decodeURIComponent(response.headers.get(nameHeader) ?? "");
  const type = response.headers.get("Content-Type") ?? "";
  return new File([await response.arrayBuffer()], name, { type });
};
