import { useSignal, type ReadonlySignal } from "@preact/signals";

import type { CaseId } from "../../../domain/ids.ts";
import { getCase } from "../../../storage/queries.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { meetApprover, takePhoneApproval } from "../../../usecases/phone-approval.ts";
import { announce } from "../../components/announce.ts";
import { useDeps } from "../../deps.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { replaceWith } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { findCopies } from "../recorded/fresh-records.ts";

/** The answer of a second phone on its way in. */
export type Answering = {
  readonly open: ReadonlySignal<boolean>;
  readonly fault: ReadonlySignal<KnownFault | undefined>;
  /** The phone is new here: its key card is wanted before its answer can be read. */
  readonly needsCard: ReadonlySignal<boolean>;
  /** The phone whose card was taken just now. */
  readonly met: ReadonlySignal<string | undefined>;
  readonly show: () => void;
  readonly close: () => void;
  readonly take: (text: string) => void;
};

/** Takes answers and key cards; an answer that came before its card is read again after it. */
export const useAnswer = (caseId: CaseId): Answering => {
  const deps = useDeps();
  const open = useSignal(false);
  const held = useSignal<string | undefined>(undefined);
  const needsCard = useSignal(false);
  const met = useSignal<string | undefined>(undefined);
  const { fault, run } = useJob();
  const leave = async (): Promise<void> => {
    const approved = (await getCase(deps.journal.db, caseId))?.approval === "approved";
    announce(t(`workflow.approval.done.${approved ? "approve" : "reject"}`));
    const args = { id: caseId };
    replaceWith(
      findCopies(caseId) === undefined ? linkTo("refund", args) : linkTo("recorded", args),
    );
  };
  const takeAnswer = async (text: string): Promise<KnownFault | undefined> => {
    const saved = await takePhoneApproval(deps, caseId, text);
    if (saved.ok) {
      await leave();
      return undefined;
    }
    needsCard.value = saved.fault.kind === "approver_unknown";
    held.value = needsCard.peek() ? text : undefined;
    return saved.fault;
  };
  const takeCard = async (text: string): Promise<KnownFault | undefined> => {
    const key = await meetApprover(deps, text);
    if (!key.ok) return key.fault;
    needsCard.value = false;
    met.value = key.value.claims.label;
    const waiting = held.peek();
    return waiting === undefined ? undefined : takeAnswer(waiting);
  };
  return {
    open,
    fault,
    needsCard,
    met,
    show: () => {
      open.value = true;
    },
    close: () => {
      open.value = false;
    },
    take: (text) =>
      void run(() => (text.trim().startsWith("RLK1:") ? takeCard(text) : takeAnswer(text))),
  };
};
