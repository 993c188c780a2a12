import Dexie, { type Table } from "dexie";

type DraftRow = { readonly id: string; readonly draft: unknown };
type PreferenceRow = { readonly name: string; readonly value: unknown };

type Stores = {
  readonly drafts: Table<DraftRow, string>;
  readonly preferences: Table<PreferenceRow, string>;
};

let stores: Stores | undefined;

/** Half-made input and preferences: a database of its own, with the browser's default durability (rel-S4). */
const open = (): Stores => {
  const database = new Dexie("refund-desk-drafts", { cache: "disabled" });
  database.version(1).stores({ drafts: "id", preferences: "name" });
  return { drafts: database.table("drafts"), preferences: database.table("preferences") };
};

/** Opened when it is first asked for: a browser without storage shall fail there, where it is told. */
const kept = (): Stores => (stores ??= open());

/** Keeps what was typed; plain data only. */
export const saveDraft = async (id: string, draft: unknown): Promise<void> => {
  await kept().drafts.put({ id, draft });
};

/** A draft as it was kept, perhaps by an older build: a parser must read it. */
export const findDraft = async (id: string): Promise<unknown> =>
  (await kept().drafts.get(id))?.draft;

export const dropDraft = async (id: string): Promise<void> => kept().drafts.delete(id);

/** Every draft, oldest id first; there are few. */
export const listDrafts = async (): Promise<readonly DraftRow[]> => kept().drafts.toArray();

/** What is remembered beside the journal: unknown until a parser has read it. */
export const getPreference = async (name: string): Promise<unknown> =>
  (await kept().preferences.get(name))?.value;

export const setPreference = async (name: string, value: unknown): Promise<void> => {
  await kept().preferences.put({ name, value });
};
