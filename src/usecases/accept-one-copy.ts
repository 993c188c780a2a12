import type { NotEntitled } from "../domain/refund/faults.ts";
import { ok, type Result } from "../domain/result.ts";
import { acceptOneCopy } from "../storage/one-copy.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";

/** The owner goes on with one copy, knowing that a damaged database may then lose what only it holds (X37). */
export const goOnWithOneCopy = async (
  deps: Deps,
): Promise<Result<undefined, LockedFault | NotEntitled>> => {
  const person = whoMay(deps, "manage_devices");
  if (!person.ok) return person;
  await acceptOneCopy(deps.journal.db);
  deps.onSaved(1);
  return ok(undefined);
};
