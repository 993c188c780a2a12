import { useSignal } from "@preact/signals";

import type { TypedTarget } from "../../../domain/upload-target.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { Uploads } from "../../../usecases/upload-setting.ts";
import { setUploadTarget } from "../../../usecases/upload-setting.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote, useFaultText } from "../../components/fault-note.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { onForm } from "../staff/on-form.ts";

type Target = Uploads["target"];

const readTyped = (form: FormData): TypedTarget => ({
  way: textIn(form, "way"),
  address: textIn(form, "address"),
  method: textIn(form, "method"),
  accepts: textIn(form, "accepts"),
  proof: textIn(form, "proof"),
  secretName: textIn(form, "secret_name"),
  secretValue: textIn(form, "secret_value"),
});

const example = "https://dav.example.com/refunds/{name}";

/** A key may stand behind the question mark: such an address is typed anew. */
const knownAddress = (target: Target): string =>
  target === undefined || target.address.includes("?") ? "" : target.address;

const Proof = ({ target }: { readonly target: Target }) => {
  const kept = target?.secretName !== undefined;
  const proof = useSignal<"none" | "keep" | "password" | "header">(kept ? "keep" : "none");
  const choices = (
    ["none", ...(kept ? (["keep"] as const) : []), "password", "header"] as const
  ).map((value) => ({ value, label: t(`uploads.proof.${value}`) }));
  const isTyped = proof.value === "password" || proof.value === "header";
  return (
    <>
      <SelectField
        name="proof"
        label={t("uploads.proof")}
        choices={choices}
        value={proof.value}
        onPick={(picked) => (proof.value = picked)}
      />
      {isTyped && (
        <>
          <TextField name="secret_name" label={t("uploads.secret_name")} maxLength={200} required />
          <TextField
            name="secret_value"
            label={t("uploads.secret_value")}
            help={t("uploads.secret_help")}
            type="password"
            maxLength={4000}
            required
          />
        </>
      )}
    </>
  );
};

const Folder = ({ target }: { readonly target: Target }) => (
  <>
    <SelectField
      name="method"
      label={t("uploads.method")}
      choices={[
        { value: "PUT", label: "PUT" },
        { value: "POST", label: "POST" },
      ]}
      value={target?.method}
    />
    <Proof target={target} />
  </>
);

/** Which answers were agreed on, by what the form calls them. */
const acceptsOf = (target: Target): "folder" | "ok" | "all" => {
  if (target === undefined) return "folder";
  if (!target.accepts.includes(200)) return "folder";
  return target.accepts.length === 1 ? "ok" : "all";
};

const atAddress: ReadonlySet<KnownFault["kind"]> = new Set([
  "upload_address_wrong",
  "upload_address_insecure",
  "upload_name_missing",
]);

/** Where files go, how, and what proves who sends; the owner's. */
export const TargetForm = ({ target }: { readonly target: Target }) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const text = useFaultText();
  const way = useSignal<"folder" | "presigned">(target?.way ?? "folder");
  const submit = async (form: FormData): Promise<void> => {
    const done = await run(async () => {
      const set = await entitled.run((deps) => setUploadTarget(deps, readTyped(form)));
      return set.ok ? undefined : set.fault;
    });
    if (done) announce(t("uploads.saved"));
  };
  const known = fault.value;
  const isPlaced = known !== undefined && atAddress.has(known.kind);
  return (
    <>
      <form class="screen" noValidate onSubmit={onForm(busy, submit)}>
        <SelectField
          name="way"
          label={t("uploads.way")}
          help={t("uploads.way_help")}
          choices={[
            { value: "folder", label: t("uploads.way.folder") },
            { value: "presigned", label: t("uploads.way.presigned") },
          ]}
          value={way.value}
          onPick={(picked) => (way.value = picked)}
        />
        <TextField
          name="address"
          label={t("uploads.address")}
          help={t("uploads.address_help", { place: "{name}", example })}
          fault={isPlaced ? text(known) : undefined}
          look="mono"
          inputMode="url"
          maxLength={4000}
          defaultValue={knownAddress(target)}
          required
        />
        {way.value === "folder" && <Folder target={target} />}
        <SelectField
          name="accepts"
          label={t("uploads.accepts")}
          help={t("uploads.portal_note")}
          choices={(["folder", "ok", "all"] as const).map((value) => ({
            value,
            label: t(`uploads.accepts.${value}`),
          }))}
          value={acceptsOf(target)}
        />
        <FaultNote fault={isPlaced ? undefined : known} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("action.save")}
        </Button>
      </form>
      {entitled.sheet}
    </>
  );
};
