import Dexie, { type Table } from "dexie";

type DraftRow = { readonly id: string; readonly draft: unknown };
type PreferenceRow = { readonly name: string; readonly value: unknown };

/** Half-made input and preferences: a database of its own, with the browser's default durability (rel-S4). */
const database = new Dexie("refund-desk-drafts", { cache: "disabled" });
database.version(1).stores({ drafts: "id", preferences: "name" });

const drafts: Table<DraftRow, string> = database.table("drafts");
const preferences: Table<PreferenceRow, string> = database.table("preferences");

/** Keeps what was typed; plain data only. */
export const saveDraft = async (id: string, draft: unknown): Promise<void> => {
  await drafts.put({ id, draft });
};

/** A draft as it was kept, perhaps by an older build: a parser must read it. */
export const findDraft = async (id: string): Promise<unknown> => (await drafts.get(id))?.draft;

export const dropDraft = async (id: string): Promise<void> => drafts.delete(id);

/** Every draft, oldest id first; there are few. */
export const listDrafts = async (): Promise<readonly DraftRow[]> => drafts.toArray();

/** Language, theme, scanner settings: unknown until a parser has read them. */
export const getPreference = async (name: string): Promise<unknown> =>
  (await preferences.get(name))?.value;

export const setPreference = async (name: string, value: unknown): Promise<void> => {
  await preferences.put({ name, value });
};
