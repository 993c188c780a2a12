import { useSignal, type ReadonlySignal } from "@preact/signals";

import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { openQuestion, type Question } from "../../../domain/refund/open-question.ts";
import { getCase } from "../../../storage/queries.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { meetApprover, takePhoneApproval } from "../../../usecases/phone-approval.ts";
import { recallProgress, type Ground } from "../../../usecases/phone-decision.ts";
import { announce } from "../../components/announce.ts";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
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
  /** Asks for somebody who may take a file back; render it. */
  readonly asking: ReturnType<typeof useEntitled>["sheet"];
};

type Way = { readonly said: string; readonly to: string };

/** A file whose refunds are not all allowed yet asks for the next one. */
const afterRecall = async (deps: Deps, refundCase: RefundCase): Promise<Way> => {
  const { money, recallApproved, batchId = "" } = latestAttempt(refundCase);
  if (money === "ready") return { said: t("export.upload.recalled"), to: linkTo("export") };
  const next = (await recallProgress(deps, refundCase))?.next;
  const upload = linkTo("upload", { batch: batchId });
  if (!recallApproved) return { said: t("workflow.history.recall.reject"), to: upload };
  const to = next === undefined ? upload : linkTo("approve_phone", { id: next });
  return { said: t("workflow.history.recall.approve"), to };
};

/** What came of an answer, and where one goes on; a refund that was recorded just now goes on to its slip. */
const afterAnswer = async (deps: Deps, question: Question, after: RefundCase): Promise<Way> => {
  const args = { id: after.caseId };
  if (question === "recall") return afterRecall(deps, after);
  if (openQuestion(after) === "refund")
    return { said: t("workflow.reopen.done"), to: linkTo("approval", args) };
  const said = t(`workflow.approval.done.${after.approval === "approved" ? "approve" : "reject"}`);
  const isFresh = findCopies(after.caseId) !== undefined;
  return { said, to: linkTo(isFresh ? "recorded" : "refund", args) };
};

/** Takes answers and key cards; an answer that came before its card is read again after it. */
export const useAnswer = (
  { caseId }: RefundCase,
  question: Question,
  ground: () => Ground,
): Answering => {
  const deps = useDeps();
  const open = useSignal(false);
  const held = useSignal<string | undefined>(undefined);
  const needsCard = useSignal(false);
  const met = useSignal<string | undefined>(undefined);
  const { fault, run } = useJob();
  const entitled = useEntitled();
  const leave = async (): Promise<void> => {
    const after = await getCase(deps.journal.db, caseId);
    if (after === undefined) return;
    const { said, to } = await afterAnswer(deps, question, after);
    announce(said);
    replaceWith(to);
  };
  const takeAnswer = async (text: string): Promise<KnownFault | undefined> => {
    const saved = await entitled.run((acting) => takePhoneApproval(acting, caseId, text, ground()));
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
    asking: entitled.sheet,
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
