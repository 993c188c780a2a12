import type { UploadEntry } from "../../../domain/upload.ts";
import {
  cancelUpload,
  giveAddress,
  sendNow,
  type QueueFault,
} from "../../../usecases/queue-upload.ts";
import type { Deps } from "../../../usecases/deps.ts";
import type { TargetFault, UploadTarget } from "../../../domain/upload-target.ts";
import type { Result } from "../../../domain/result.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { CopyNumber, KeyValues } from "../../components/key-values.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { onForm } from "../staff/on-form.ts";
import { problemOf, problemText } from "./upload-words.ts";

const Facts = ({ entry }: { readonly entry: UploadEntry }) => {
  const format = useFormat();
  const { state, id, kind, name, size, sha256 } = entry;
  const tries = "tries" in state ? state.tries : 0;
  const problem = problemOf(entry);
  return (
    <>
      {state.state === "sent" && (
        <Banner
          tone="info"
          icon="check"
          title={t("uploads.sent_at", { time: format.time(state.at), status: state.status })}
        >
          {t("uploads.sent_note")}
        </Banner>
      )}
      {problem !== undefined && <Banner tone="warn" title={problemText(problem)} />}
      <KeyValues
        pairs={[
          [
            t("uploads.size_of"),
            t("uploads.size", { size: format.number(Math.ceil(size / 1000)) }),
          ],
          ...(tries > 0 ? [[t("uploads.tried"), t("uploads.tries", { n: tries })] as const] : []),
        ]}
      />
      <CopyNumber label={t("uploads.name")} number={name} />
      <CopyNumber label={t("uploads.key")} number={id} />
      {kind === "batch" && <CopyNumber label={t("uploads.sha256")} number={sha256} />}
    </>
  );
};

type Step = (deps: Deps) => Promise<Result<undefined, QueueFault | TargetFault>>;

const Presigned = ({
  busy,
  onGive,
}: {
  readonly busy: ReturnType<typeof useJob>["busy"];
  readonly onGive: (address: string) => Promise<void>;
}) => (
  <form noValidate onSubmit={onForm(busy, (form) => onGive(textIn(form, "presigned")))}>
    <TextField
      name="presigned"
      label={t("uploads.presigned")}
      help={t("uploads.presigned_help")}
      look="mono"
      maxLength={4000}
      required
    />
    <Button kind="primary" type="submit" icon="send" busy={busy.value}>
      {t("uploads.give")}
    </Button>
  </form>
);

/** One file of the queue: how it stands, and what can be done about it. */
export const EntrySheet = ({
  entry,
  way,
  onClose,
}: {
  readonly entry: UploadEntry;
  readonly way: UploadTarget["way"];
  readonly onClose: () => void;
}) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const { state } = entry.state;
  const act = async (step: Step): Promise<void> => {
    const done = await run(async () => {
      const acted = await entitled.run(step);
      return acted.ok ? undefined : acted.fault;
    });
    if (done) onClose();
  };
  return (
    <Sheet title={t(`uploads.kind.${entry.kind}`)} onClose={onClose}>
      <Facts entry={entry} />
      <FaultNote fault={fault.value} />
      {state !== "sent" && way === "presigned" && (
        <Presigned
          busy={busy}
          onGive={(address) => act((deps) => giveAddress(deps, entry.id, address))}
        />
      )}
      <p class="u-small">{state !== "sent" && t("uploads.cancel_note")}</p>
      <Button
        icon="trash"
        busy={busy.value}
        onClick={() => void act((deps) => cancelUpload(deps, entry.id))}
      >
        {t(state === "sent" ? "uploads.forget" : "uploads.cancel")}
      </Button>
      {(state === "waiting" || state === "stopped") && way === "folder" && (
        <Button
          kind="primary"
          icon="send"
          busy={busy.value}
          onClick={() => void act((deps) => sendNow(deps, entry.id))}
        >
          {t("uploads.send_now")}
        </Button>
      )}
      {entitled.sheet}
    </Sheet>
  );
};
