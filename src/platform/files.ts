/** Only `shared` and `saved` count as handed out; after the others records stay un-exported. */
export type Delivery = "shared" | "saved" | "cancelled" | "blocked";

type SavePicker = (options: {
  readonly suggestedName: string;
}) => Promise<{ readonly createWritable: () => Promise<FileSystemWritableFileStream> }>;

const urlLifetimeMs = 60_000;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** Only iOS has `standalone`, and only there is a download link lost without a word. */
const isIosApp = (): boolean =>
  (navigator as { readonly standalone?: boolean }).standalone === true;

/** The same bytes under a name and type that share sheets know. */
const asText = (file: File): File => new File([file], `${file.name}.txt`, { type: "text/plain" });

const canShare = (file: File): boolean =>
  (navigator as Partial<Navigator>).canShare?.({ files: [file] }) ?? false;

/** The file as the share sheet will take it; undefined where nothing can be shared. */
export const findShareable = (file: File): File | undefined => {
  if (canShare(file)) return file;
  const text = asText(file);
  return /\.refund(?:log|ack)$/.test(file.name) && canShare(text) ? text : undefined;
};

/**
 * Share sheet first, then a saved file. Call it as the first thing after the tap, with the file
 * already built and checked: a slow await before it uses up the tap.
 */
export const sendFile = async (file: File, title: string): Promise<Delivery> => {
  const shareable = findShareable(file);
  if (shareable === undefined) return saveFile(file);
  try {
    await navigator.share({ files: [shareable], title });
    return "shared";
  } catch (error) {
    return nameOf(error) === "AbortError" ? "cancelled" : saveFile(file);
  }
};

/** Asks where to, or puts the file among the downloads; `blocked` in an installed iOS app. */
export const saveFile = async (file: File): Promise<Delivery> => {
  const { showSaveFilePicker } = globalThis as { readonly showSaveFilePicker?: SavePicker };
  if (showSaveFilePicker !== undefined) return saveWithPicker(file, showSaveFilePicker);
  if (isIosApp()) return "blocked";
  return saveByLink(file);
};

const saveWithPicker = async (file: File, pick: SavePicker): Promise<Delivery> => {
  const picked = await pick({ suggestedName: file.name }).catch(nameOf);
  if (picked === "AbortError") return "cancelled";
  if (typeof picked === "string") return saveByLink(file); // the tap is used up: a link needs none
  try {
    const writable = await picked.createWritable();
    await writable.write(file);
    await writable.close();
    return "saved";
  } catch {
    return "blocked";
  }
};

const saveByLink = (file: File): Delivery => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), urlLifetimeMs);
  return "saved";
};

/** One file of the given kinds (`.csv,.zip`, `image/*`); undefined when the person closed the dialog. */
export const pickFile = (accept: string, capture = false): Promise<File | undefined> =>
  new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    if (capture) input.setAttribute("capture", "environment");
    input.addEventListener("change", () => resolve(input.files?.[0]));
    input.addEventListener("cancel", () => resolve(undefined));
    input.click();
  });

/** The files that were dropped or pasted; text and pictures out of other pages are left aside. */
export const readDropped = (transfer: DataTransfer | null): readonly File[] =>
  transfer === null ? [] : [...transfer.files];
