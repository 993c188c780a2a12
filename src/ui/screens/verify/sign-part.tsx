import { useSignal } from "@preact/signals";

import type { Delivery, OutFile } from "../../../usecases/deps.ts";
import type { FileReport } from "../../../usecases/verify-file.ts";
import { isAcknowledgeable, signAck, type SignedAck } from "../../../usecases/sign-ack.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { QrPanel } from "../../components/qr-panel.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useAbilities, useMaybeDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

type Verified = { readonly file: File; readonly report: FileReport };

const HandOut = ({ file }: { readonly file: OutFile }) => {
  const { deliver, save } = useAbilities();
  const said = useSignal("");
  const send = async (way: (file: OutFile, title: string) => Promise<Delivery>): Promise<void> => {
    const out = await way(file, file.name);
    said.value =
      out === "cancelled" ? "" : t(out === "blocked" ? "proof.sign.blocked" : "proof.sign.out");
    if (said.value !== "") announce(said.value);
  };
  return (
    <>
      <Button kind="primary" icon="send" onClick={() => void send(deliver)}>
        {t("proof.sign.share")}
      </Button>
      <Button icon="download" onClick={() => void send(save)}>
        {t("proof.sign.save")}
      </Button>
      {said.value !== "" && <p class="u-small">{said.value}</p>}
    </>
  );
};

const Signed = ({ signed }: { readonly signed: SignedAck }) => (
  <>
    <p class="u-strong">{t("proof.sign.done")}</p>
    <p>{t("proof.sign.next")}</p>
    {signed.status !== undefined && (
      <QrPanel text={signed.status} what={t("proof.sign.status_qr")} />
    )}
    {signed.status !== undefined && <p class="u-small">{t("proof.sign.status_first")}</p>}
    <QrPanel text={signed.token} what={t("proof.sign.qr")} />
    <HandOut file={signed.file} />
  </>
);

const SignSheet = ({
  verified,
  onClose,
}: {
  readonly verified: Verified;
  readonly onClose: () => void;
}) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const signed = useSignal<SignedAck | undefined>(undefined);
  const sign = (code: string): Promise<boolean> =>
    run(async () => {
      const done = await entitled.run((acting) => signAck(acting, verified, code));
      if (!done.ok) return done.fault;
      signed.value = done.value;
      return undefined;
    });
  if (entitled.sheet !== undefined) return <>{entitled.sheet}</>;
  return (
    <Sheet title={t("proof.sign.title")} onClose={onClose}>
      {signed.value !== undefined ? (
        <Signed signed={signed.value} />
      ) : (
        <form
          class="u-tight"
          onSubmit={(event) => {
            event.preventDefault();
            void sign(textIn(new FormData(event.currentTarget), "code"));
          }}
        >
          <p>{t("proof.sign.lead")}</p>
          <TextField
            name="code"
            label={t("reset.code")}
            help={t("reset.code_help")}
            look="mono"
            spellcheck={false}
            required
          />
          <FaultNote fault={fault.value} />
          <Button kind="primary" type="submit" busy={busy.value}>
            {t("proof.sign.sign")}
          </Button>
        </form>
      )}
    </Sheet>
  );
};

/** Below a good report: the owner acknowledges the file, and the till takes that back (refundlog.md §14). */
export const SignPart = (verified: Verified) => {
  const deps = useMaybeDeps();
  const open = useSignal(false);
  if (deps?.staff() === undefined || !isAcknowledgeable(verified.report)) return undefined;
  return (
    <section class="u-tight">
      <Button icon="shield-check" onClick={() => (open.value = true)}>
        {t("proof.sign.open")}
      </Button>
      <p class="u-small">{t("proof.sign.note")}</p>
      {open.value && <SignSheet verified={verified} onClose={() => (open.value = false)} />}
    </section>
  );
};
