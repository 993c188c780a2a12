import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { makeCheckpoint, newNonce, type Checkpoint } from "../../../usecases/make-checkpoint.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { QrPanel } from "../../components/qr-panel.tsx";
import { useDeps } from "../../deps.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";

/** A checkpoint to be scanned, and what comes back for it. */
export const ShownCode = ({
  shown,
  answers,
}: {
  readonly shown: Checkpoint;
  /** It was made for the other till's one-time number. */
  readonly answers: boolean;
}) => {
  const format = useFormat();
  return (
    <>
      <QrPanel
        text={shown.token}
        what={t("proof.checkpoint.qr")}
        caption={`${shown.place}  ${shown.short}`}
      />
      {answers && <p class="u-small">{t("proof.checkpoint.answers")}</p>}
      <Card>
        <KeyValues
          pairs={[
            [t("proof.checkpoint.shop"), <bdi key="shop">{shown.shopName}</bdi>],
            [t("proof.checkpoint.place"), shown.place],
            [t("proof.checkpoint.at"), format.fullTime(shown.at)],
          ]}
        />
      </Card>
      <p>{t("proof.checkpoint.next")}</p>
      <ButtonLink icon="scan-line" href={linkTo("scan")}>
        {t("proof.checkpoint.scan")}
      </ButtonLink>
    </>
  );
};

/** This till's checkpoint; with the other till's one-time number it is signed at once. */
export const OwnCode = ({ nonce }: { readonly nonce: string | undefined }) => {
  const deps = useDeps();
  const { busy, fault, run } = useJob();
  const shown = useSignal<Checkpoint | undefined>(undefined);
  const answered = useSignal(false);
  const show = (code: string | undefined): Promise<boolean> =>
    run(async () => {
      const made = await makeCheckpoint(deps, code);
      if (!made.ok) return made.fault;
      shown.value = made.value;
      answered.value = code !== undefined;
      return undefined;
    });
  useLayoutEffect(() => {
    if (nonce !== undefined) void show(nonce);
  }, [nonce]);
  return (
    <section class="u-tight">
      <p>{t("proof.checkpoint.lead")}</p>
      {shown.value !== undefined && <ShownCode shown={shown.value} answers={answered.value} />}
      <FaultNote fault={fault.value} />
      <Button
        kind={shown.value === undefined ? "primary" : "secondary"}
        icon="qr-code"
        busy={busy.value}
        onClick={() => void show(undefined)}
      >
        {t(shown.value === undefined ? "proof.checkpoint.show" : "proof.checkpoint.again")}
      </Button>
      <Fold title={t("proof.nonce.entry")}>
        <form
          class="u-tight"
          onSubmit={(event) => {
            event.preventDefault();
            void show(textIn(new FormData(event.currentTarget), "nonce").trim());
          }}
        >
          <TextField
            name="nonce"
            label={t("proof.nonce.label")}
            help={t("proof.nonce.help")}
            look="mono"
            spellcheck={false}
          />
          <Button type="submit">{t("proof.checkpoint.show")}</Button>
        </form>
      </Fold>
    </section>
  );
};

/** The one-time number by which this till knows a fresh checkpoint of another from an old picture. */
export const NonceCode = () => {
  const deps = useDeps();
  const { busy, fault, run } = useJob();
  const code = useSignal<string | undefined>(undefined);
  const make = (): Promise<boolean> =>
    run(async () => {
      code.value = await newNonce(deps);
      return undefined;
    });
  return (
    <section class="u-tight">
      <h2>{t("proof.nonce.title")}</h2>
      <p>{t("proof.nonce.lead")}</p>
      {code.value !== undefined && <QrPanel text={code.value} what={t("proof.nonce.qr")} />}
      <FaultNote fault={fault.value} />
      <Button icon="qr-code" busy={busy.value} onClick={() => void make()}>
        {t("proof.nonce.make")}
      </Button>
    </section>
  );
};
