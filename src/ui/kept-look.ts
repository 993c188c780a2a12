import { readPreference } from "../usecases/preferences.ts";

/** Small texts that are there at once, before the first paint. */
export type Texts = {
  readonly getItem: (name: string) => string | null;
  readonly setItem: (name: string, value: string) => void;
};

/** What a device remembers of how it looks and speaks. */
const names = ["language", "theme", "contrast"] as const;
type Name = (typeof names)[number];

const item = "look";
let texts: Texts | undefined;

/** Somebody else's text is as if nothing was chosen. */
const read = (): { readonly [name in Name]?: unknown } => {
  try {
    const kept: unknown = JSON.parse(texts?.getItem(item) ?? "");
    return typeof kept === "object" && kept !== null ? kept : {};
  } catch {
    return {};
  }
};

/** What was chosen, undefined where nothing was. */
export const keptLook = (name: Name): string | undefined => {
  const value = read()[name];
  return typeof value === "string" ? value : undefined;
};

/** Keeps a choice for the next start. */
export const keepLook = (name: Name, value: string): void =>
  texts?.setItem(item, JSON.stringify({ ...read(), [name]: value }));

/** Call once, before anything is asked for: takes over what builds up to 0.3 kept in the database of drafts, which opens late. */
export const startKeptLook = async (given: Texts): Promise<void> => {
  texts = given;
  if (texts.getItem(item) !== null) return;
  const before: Partial<Record<Name, string | undefined>> = {};
  for (const name of names) before[name] = await readPreference(name);
  texts.setItem(item, JSON.stringify(before));
};
