/** What the browser says about keeping our data; `unknown` where it cannot be asked. */
export type Persistence = "kept" | "may_be_cleared" | "unknown";

export type Space = { readonly usedBytes: number; readonly quotaBytes: number };

const answerMs = 3000;

const storage = (): Partial<StorageManager> | undefined =>
  (navigator as Partial<Navigator>).storage;

/** Firefox leaves `persist()` open until a prompt is answered: no caller waits longer than this. */
const inTime = <T>(answer: Promise<T> | undefined, ms: number): Promise<T | undefined> => {
  if (answer === undefined) return Promise.resolve(undefined);
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([answer.catch(() => undefined), late]);
};

const persistence = (kept: boolean | undefined): Persistence => {
  if (kept === undefined) return "unknown";
  return kept ? "kept" : "may_be_cleared";
};

/** Asks once real work was saved (rel-S12); the person may see a prompt. */
export const askToKeep = async (ms = answerMs): Promise<Persistence> =>
  persistence(await inTime(storage()?.persist?.(), ms));

/** The true state, without asking for anything. */
export const readPersistence = async (ms = answerMs): Promise<Persistence> =>
  persistence(await inTime(storage()?.persisted?.(), ms));

/** Undefined where the browser does not tell. */
export const findSpace = async (ms = answerMs): Promise<Space | undefined> => {
  const told = await inTime(storage()?.estimate?.(), ms);
  if (told?.usage === undefined || told.quota === undefined) return undefined;
  return { usedBytes: told.usage, quotaBytes: told.quota };
};

const isInstalled = (): boolean =>
  matchMedia("(display-mode: standalone)").matches ||
  (navigator as { standalone?: boolean }).standalone === true;

/** How this browser keeps the app's data, as far as it says so. */
export const readStorage = async () => {
  const [space, kept] = await Promise.all([findSpace(), readPersistence()]);
  return {
    ...(space === undefined ? {} : { used: space.usedBytes, quota: space.quotaBytes }),
    ...(kept === "unknown" ? {} : { persisted: kept === "kept" }),
    installed: isInstalled(),
  };
};
