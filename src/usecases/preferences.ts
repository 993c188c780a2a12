import { getPreference, setPreference } from "../storage/drafts.ts";

/** What a device remembers of what was typed or chosen; undefined when nothing readable was kept. */
export const readPreference = async (name: string): Promise<string | undefined> => {
  const kept = await getPreference(name).catch(() => undefined);
  return typeof kept === "string" ? kept : undefined;
};

/** Keeps a choice; a browser that refuses to keep it is no reason to stop. */
export const keepPreference = async (name: string, value: string): Promise<void> => {
  await setPreference(name, value).catch(() => undefined);
};
