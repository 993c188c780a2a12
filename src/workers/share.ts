/** Where the service worker puts what other apps share with us, until the page takes it. */
export const sharedCache = "shared-files";
export const nameHeader = "X-File-Name";

type SharedFile = { readonly name: string; readonly type: string };

/** The screen for what was shared: pictures to the scanner, ledgers to the check, the rest to the import. */
export const shareRoute = (files: readonly SharedFile[]): string => {
  const [first] = files;
  if (first === undefined) return "./#/scan";
  if (/\.refund(?:log|ack)(?:\.txt)?$/i.test(first.name)) return "./#/verify?shared=1";
  return first.type.startsWith("image/") ? "./#/scan?shared=1" : "./#/recon/import?shared=1";
};

/** Keeps the files of a share-target form, replacing those nobody took, and tells the screen. */
export const keepShared = async (form: FormData, storage: CacheStorage): Promise<string> => {
  const files = form.getAll("file").filter((entry): entry is File => entry instanceof File);
  await storage.delete(sharedCache);
  const cache = await storage.open(sharedCache);
  for (const [index, file] of files.entries()) {
    const headers = { "Content-Type": file.type, [nameHeader]: encodeURIComponent(file.name) };
    await cache.put(`./shared/${index}`, new Response(file, { headers }));
  }
  return shareRoute(files);
};
