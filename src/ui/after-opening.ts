import type { Signal } from "@preact/signals";

import { observe } from "../storage/observe.ts";
import type { Deps } from "../usecases/deps.ts";
import { forgetOldEvidence } from "../usecases/keep-evidence.ts";
import { readBackupDue } from "../usecases/read-backup-due.ts";

/** What may come a moment after the shop is open: tells of a due backup, and forgets photos of drafts that nobody opens again. */
export const afterOpening = (deps: Deps | undefined, backupIsDue: Signal<boolean>): void => {
  if (deps === undefined) return;
  observe(
    () => readBackupDue(deps),
    ({ level }) => {
      backupIsDue.value = level !== "fresh";
    },
    () => undefined,
  );
  forgetOldEvidence(deps).catch(() => undefined); // they are looked for again at the next start
};
