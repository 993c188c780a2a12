import { useSignal } from "@preact/signals";

import {
  batchWords,
  isFailure,
  type BatchWord,
} from "../../../domain/refund/decide-acknowledge.ts";
import { acknowledgeBatch } from "../../../usecases/acknowledge-batch.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { SelectField } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import type { LoadedBatch } from "./use-batch.ts";

/** What the portal says of the whole file, in its own word. */
export const AcknowledgeSheet = ({
  loaded: { batch },
  onClose,
}: {
  readonly loaded: LoadedBatch;
  readonly onClose: () => void;
}) => {
  const word = useSignal<BatchWord>("处理中");
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const record = async (): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) =>
        acknowledgeBatch(deps, batch.batchId, word.peek()),
      );
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t(isFailure(word.peek()) ? "export.ack.look_up" : "export.batch.acknowledged"));
    onClose();
  };
  return (
    <Sheet title={t("export.ack.title")} onClose={onClose}>
      <div class="u-stack">
        <p class="u-small">{t("export.ack.help")}</p>
        <SelectField
          name="word"
          label={t("export.ack.word")}
          choices={batchWords.map((value) => ({ value, label: value }))}
          value={word.value}
          onPick={(value) => {
            word.value = value;
          }}
        />
        <FaultNote fault={fault.value} />
        <Button kind="primary" busy={busy.value} onClick={() => void record()}>
          {t("export.ack.record")}
        </Button>
        {entitled.sheet}
      </div>
    </Sheet>
  );
};
