import { useSignal } from "@preact/signals";

import type { EvidenceFile } from "../../../domain/journal-event.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import type { Question } from "../../../domain/refund/open-question.ts";
import {
  recallProgress,
  type Ground,
  type RecallProgress,
} from "../../../usecases/phone-decision.ts";
import { NoteField } from "../../components/field.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { FilesRow } from "../evidence/files-row.tsx";

/** What the till adds to the answer of a phone, and whether that is enough to ask. */
export const useGround = (refundCase: RefundCase, question: Question) => {
  const deps = useDeps();
  const proof = useSignal("");
  const files = useSignal<readonly EvidenceFile[]>([]);
  const progress = readyValue(
    useLive(
      () => refundCase,
      (about) => recallProgress(deps, about),
    ).value,
  );
  const isKnown = (progress?.allowed ?? 0) > 0 || proof.value.trim() !== "";
  const enough = { refund: true, recall: isKnown, reopen: files.value.length > 0 }[question];
  const ground = (): Ground => ({ proof: proof.peek(), evidence: files.peek() });
  return { proof, files, progress, enough, ground };
};

const RecallPart = ({
  progress: { batch, allowed },
  onProof,
}: {
  readonly progress: RecallProgress;
  readonly onProof: (proof: string) => void;
}) => (
  <>
    <p>{t("workflow.recall.text")}</p>
    {batch.rows > 1 && <p>{t("phone.recall.count", { n: allowed + 1, count: batch.rows })}</p>}
    {allowed === 0 && (
      <NoteField
        name="proof"
        label={t("workflow.recall.proof")}
        help={t("workflow.recall.proof_help")}
        maxLength={500}
        required
        onInput={(event) => onProof(event.currentTarget.value)}
      />
    )}
  </>
);

/** What has to be said first: how it is known that a file was not uploaded, or what is new. */
export const GroundPart = ({
  question,
  grounds: { proof, files, progress },
}: {
  readonly question: Question;
  readonly grounds: ReturnType<typeof useGround>;
}) => {
  switch (question) {
    case "refund":
      return undefined;
    case "reopen":
      return (
        <>
          <p>{t("workflow.reopen.text")}</p>
          <FilesRow files={files} required />
        </>
      );
    case "recall":
      return (
        progress && (
          <RecallPart
            progress={progress}
            onProof={(typed) => {
              proof.value = typed;
            }}
          />
        )
      );
  }
};
