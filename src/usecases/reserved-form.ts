import { ulid, type CaseId } from "../domain/ids.ts";
import { getCase } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import { keepPreference, readPreference } from "./preferences.ts";

const preference = "form_case";

/** A number that no refund and no form has. */
export const newCaseId = (deps: Deps): CaseId => ulid(deps.now(), deps.random(10)) as CaseId;

/** The number of a printed blank form that the next refund takes; undefined where none waits or a refund has it (R32). */
export const reservedForm = async (deps: Deps): Promise<CaseId | undefined> => {
  const kept = await readPreference(preference);
  if (kept === undefined || kept === "") return undefined;
  const caseId = kept as CaseId;
  return (await getCase(deps.journal.db, caseId)) === undefined ? caseId : undefined;
};

/** The number of a refund that is begun now: that of a waiting form, else a new one (X1). */
export const nextCaseId = async (deps: Deps): Promise<CaseId> =>
  (await reservedForm(deps)) ?? newCaseId(deps);

/** The next refund that is opened takes this form's number. */
export const reserveForm = (caseId: CaseId): Promise<void> => keepPreference(preference, caseId);

/** No refund takes a form's number any more. */
export const dropForm = (): Promise<void> => keepPreference(preference, "");
