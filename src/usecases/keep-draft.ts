import {
  dropDraft as dropStored,
  findDraft as findStored,
  saveDraft as saveStored,
} from "../storage/drafts.ts";
import type { Deps } from "./deps.ts";

/** What may be half-made; one of each is kept, the newest. */
export type DraftName = "refund" | "payment" | "transfer";

/** Practice and real entries never meet. */
const idOf = ({ training }: Deps, name: DraftName): string =>
  training ? `training:${name}` : name;

/** Keeps what was typed so far, so that reload, lock, update and crash lose nothing (screens.md §1.10). */
export const keepDraft = (deps: Deps, name: DraftName, draft: object): Promise<void> =>
  saveStored(idOf(deps, name), draft);

/** What was kept; undefined when nothing was, or when this build cannot read it. */
export const findDraft = async <T>(
  deps: Deps,
  name: DraftName,
  parse: (kept: unknown) => T | undefined,
): Promise<T | undefined> => parse(await findStored(idOf(deps, name)));

/** Forgets an entry that was recorded or given up. */
export const dropDraft = (deps: Deps, name: DraftName): Promise<void> =>
  dropStored(idOf(deps, name));
