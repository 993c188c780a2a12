import { useSignal } from "@preact/signals";

import {
  longestSetting,
  parseTypedSetting,
  writeCutoff,
  type ShopSetting,
  type TypedSetting,
} from "../../../domain/shop-setting.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { changeSetting, currentSetting } from "../../../usecases/change-setting.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote, useFaultText } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import type { Deps } from "../../../usecases/deps.ts";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { onForm } from "../staff/on-form.ts";

const readTyped = (form: FormData): TypedSetting => ({
  mail: textIn(form, "mail"),
  phone: textIn(form, "phone"),
  address: textIn(form, "address"),
  cutoffMinutes: textIn(form, "cutoff"),
  lockMinutes: textIn(form, "lock"),
  sharePercent: textIn(form, "share"),
});

const useSave = () => {
  const { run, sheet } = useEntitled();
  const { busy, fault, run: job } = useJob();
  const saved = useSignal(false);
  const submit = async (form: FormData): Promise<void> => {
    saved.value = false;
    const typed = readTyped(form);
    const done = await job(async () => {
      const setting = parseTypedSetting(typed);
      if (!setting.ok) return setting.fault;
      const changed = await run((deps) => changeSetting(deps, setting.value));
      return changed.ok ? undefined : changed.fault;
    });
    saved.value = done;
    if (done) announce(t("people.saved"));
  };
  return { busy, fault, saved, submit, sheet };
};

const placed: ReadonlySet<KnownFault["kind"]> = new Set([
  "mail_wrong",
  "cutoff_wrong",
  "lock_minutes_wrong",
  "share_wrong",
]);

type FieldsProps = {
  readonly setting: ShopSetting;
  /** What is wrong with a field, at its own fault. */
  readonly at: (kind: KnownFault["kind"]) => string | undefined;
};

const ShopFields = ({ setting, at }: FieldsProps) => (
  <>
    <TextField
      name="mail"
      label={t("people.mail")}
      help={t("people.mail_help")}
      fault={at("mail_wrong")}
      type="email"
      maxLength={longestSetting}
      defaultValue={setting.mail}
      optional
    />
    <TextField
      name="phone"
      label={t("people.phone")}
      type="tel"
      maxLength={longestSetting}
      defaultValue={setting.phone}
      optional
    />
    <TextField
      name="address"
      label={t("people.address")}
      maxLength={longestSetting}
      defaultValue={setting.address}
      optional
    />
  </>
);

const DeviceFields = ({ setting, at }: FieldsProps) => (
  <>
    <TextField
      name="cutoff"
      label={t("people.cutoff")}
      help={t("people.cutoff_help")}
      fault={at("cutoff_wrong")}
      type="time"
      defaultValue={writeCutoff(setting.cutoffMinutes)}
      required
    />
    <TextField
      name="lock"
      label={t("people.lock_minutes")}
      help={t("people.lock_minutes_help")}
      fault={at("lock_minutes_wrong")}
      inputMode="numeric"
      maxLength={2}
      defaultValue={String(setting.lockMinutes)}
      required
    />
    <TextField
      name="share"
      label={t("people.share")}
      help={t("people.share_help")}
      fault={at("share_wrong")}
      inputMode="numeric"
      maxLength={3}
      defaultValue={String(setting.sharePercent)}
      required
    />
  </>
);

const Form = ({ setting }: { readonly setting: ShopSetting }) => {
  const { busy, fault, saved, submit, sheet } = useSave();
  const text = useFaultText();
  const at = (kind: KnownFault["kind"]): string | undefined =>
    fault.value?.kind === kind ? text(fault.value) : undefined;
  const other = fault.value === undefined || placed.has(fault.value.kind) ? undefined : fault.value;
  return (
    <>
      <form class="screen" noValidate onSubmit={onForm(busy, submit)}>
        <h2>{t("people.setting")}</h2>
        <ShopFields setting={setting} at={at} />
        <DeviceFields setting={setting} at={at} />
        {saved.value && <Banner tone="info" icon="check" title={t("people.saved")} />}
        <FaultNote fault={other} />
        <BottomBar>
          <Button kind="primary" type="submit" busy={busy.value}>
            {t("action.save")}
          </Button>
        </BottomBar>
      </form>
      {sheet}
    </>
  );
};

/** What a shop may change about itself: how it is reached, when its day begins, when it locks. */
export const SettingForm = ({ deps }: { readonly deps: Deps }) => {
  const setting = readyValue(
    useLive(
      () => deps,
      (open) => currentSetting(open),
    ).value,
  );
  return setting === undefined ? undefined : <Form setting={setting} />;
};
