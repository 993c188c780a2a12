import type { KnownDevice } from "../../../usecases/list-devices.ts";
import { revokeKey, type RevokeEntry } from "../../../usecases/revoke-key.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { onForm } from "../staff/on-form.ts";
import { CodeCard } from "./code-card.tsx";
import { DeviceFacts, isRetired, lastKnownOf, revokedText } from "./device-facts.tsx";
import { FormerPart } from "./former-part.tsx";
import { Fingerprint } from "./fingerprint.tsx";
import { RecoveryField } from "./recovery-field.tsx";

const reasons = ["lost", "stolen", "retired"] as const satisfies readonly RevokeEntry["why"][];

/** A record's number as it was typed; anything else is none that is known. */
const readSeq = (typed: string): number => (/^\d{1,7}$/.test(typed) ? Number(typed) : NaN);

const entryOf = (device: KnownDevice, form: FormData): RevokeEntry => {
  const hasRecords = device.role === "device" && lastKnownOf(device) >= 0;
  return {
    kid: device.kid,
    seq: hasRecords ? readSeq(textIn(form, "seq").trim()) : -1,
    why: reasons.find((one) => one === textIn(form, "why")) ?? "lost",
    recoveryCode: textIn(form, "recovery"),
  };
};

const SeqField = ({ device }: { readonly device: KnownDevice }) => {
  const format = useFormat();
  const last = lastKnownOf(device);
  if (last < 0) return <p>{t("devices.revoke.none")}</p>;
  return (
    <TextField
      name="seq"
      label={t("devices.revoke.seq")}
      help={t("devices.revoke.seq_help", { n: format.number(last) })}
      inputMode="numeric"
      look="figure"
      defaultValue={String(device.revoked?.seq ?? last)}
      maxLength={7}
    />
  );
};

const Revoke = ({ device }: { readonly device: KnownDevice }) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const { label } = device;
  const submit = async (form: FormData): Promise<void> => {
    await run(async () => {
      const done = await entitled.run((deps) => revokeKey(deps, entryOf(device, form)));
      if (!done.ok) return done.fault;
      announce(t("devices.revoke.done", { label }));
      return undefined;
    });
  };
  const isTill = device.role === "device";
  return (
    <>
      <form class="u-stack" noValidate onSubmit={onForm(busy, submit)}>
        <p>{t(isTill ? "devices.revoke.lead" : "devices.revoke.lead_approver")}</p>
        {isTill && <SeqField device={device} />}
        <SelectField
          name="why"
          label={t("devices.revoke.why")}
          choices={reasons.map((value) => ({ value, label: t(`devices.revoke.why.${value}`) }))}
          value="lost"
        />
        <RecoveryField />
        <FaultNote fault={fault.value} />
        <Button kind="danger" type="submit" icon="ban" busy={busy.value}>
          {t("devices.revoke.submit", { label })}
        </Button>
      </form>
      {entitled.sheet}
    </>
  );
};

/** One device of the shop: what is known of it, its key card for others, and how it is revoked. */
export const DeviceSheet = ({
  device,
  holder,
  onClose,
}: {
  readonly device: KnownDevice;
  readonly holder: string | undefined;
  readonly onClose: () => void;
}) => {
  const { training } = useDeps();
  const format = useFormat();
  const revoked = revokedText(device, format);
  const retired = isRetired(device);
  const isOver = retired || (device.revoked !== undefined && device.revoked.seq < 0);
  return (
    <Sheet title={device.label} onClose={onClose}>
      {revoked !== undefined && (
        <Banner
          tone={retired ? "neutral" : "danger"}
          icon={retired ? "repeat-2" : "ban"}
          title={revoked}
        />
      )}
      <DeviceFacts device={device} holder={holder} />
      <Fingerprint label={t("devices.fingerprint")} text={device.fingerprint} />
      {device.card !== undefined && (
        <Fold title={t("devices.card")}>
          <p class="u-small">{t("devices.card_note")}</p>
          <CodeCard text={device.card} what={t("devices.card_what")} />
        </Fold>
      )}
      <FormerPart device={device.kid} />
      {!training && !isOver && (
        <Fold title={t("devices.revoke.title")}>
          <Revoke device={device} />
        </Fold>
      )}
    </Sheet>
  );
};
