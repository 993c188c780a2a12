import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import {
  fieldOf,
  parsePolicyForm,
  writePolicyForm,
  type PolicyField,
} from "../../../domain/policy/policy-form.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { changePolicy, type PolicyChange } from "../../../usecases/change-policy.ts";
import { readPolicy, type PolicyInForce } from "../../../usecases/read-policy.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote, useFaultText } from "../../components/fault-note.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { PolicyFields } from "./policy-fields.tsx";

const saidOf = ({ kind, version }: PolicyChange): string =>
  t(kind === "saved" ? "policy.saved" : "policy.unchanged", { n: version });

/** The field that a fault stands beside; every other fault stands above the button. */
const placeOf = (fault: KnownFault | undefined): string | undefined =>
  fault?.kind === "bad_policy" || fault?.kind === "voids_rights" ? fieldOf(fault) : undefined;

/** The field at fault comes into sight: it may stand far above the button. */
const goTo = (form: HTMLFormElement, field: string | undefined): void => {
  const element = field === undefined ? undefined : form.elements.namedItem(field);
  if (element instanceof HTMLElement) element.focus();
};

const useSaving = () => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const { currency } = useShell().shop;
  const said = useSignal<string | undefined>(undefined);
  const save = async (form: HTMLFormElement): Promise<void> => {
    said.value = undefined;
    const data = new FormData(form);
    await run(async () => {
      const policy = parsePolicyForm((field) => textIn(data, field), currency);
      if (!policy.ok) return policy.fault;
      const changed = await entitled.run((deps) => changePolicy(deps, policy.value));
      if (!changed.ok) return changed.fault;
      said.value = saidOf(changed.value);
      announce(said.value);
      return undefined;
    });
    goTo(form, placeOf(fault.peek()));
  };
  return { busy, fault, said, save, sheet: entitled.sheet };
};

const InForce = ({ version, since }: PolicyInForce) => {
  const format = useFormat();
  return (
    <Card>
      <KeyValues
        pairs={[
          [t("policy.version"), t("policy.version_n", { n: version })],
          ...(since === undefined ? [] : [[t("policy.since"), format.fullTime(since)] as const]),
        ]}
      />
    </Card>
  );
};

const Editor = ({ current }: { readonly current: PolicyInForce }) => {
  const { busy, fault, said, save, sheet } = useSaving();
  const { currency } = useShell().shop;
  const { markDraftOpen } = useAbilities();
  const text = useFaultText();
  const first = useRef(writePolicyForm(current.policy, currency));
  useLayoutEffect(() => markDraftOpen(), []); // no update comes over a half-filled form
  const place = placeOf(fault.value);
  const faultAt = (field: PolicyField): string | undefined =>
    fault.value !== undefined && place === field ? text(fault.value) : undefined;
  return (
    <>
      <form
        class="screen"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(event.currentTarget);
        }}
      >
        <InForce {...current} />
        <ButtonLink kind="secondary" icon="printer" href={linkTo("poster")}>
          {t("policy.poster")}
        </ButtonLink>
        <ButtonLink kind="secondary" href={linkTo("policy_text")}>
          {t("policy.show")}
        </ButtonLink>
        <PolicyFields form={first.current} faultAt={faultAt} />
        <BottomBar>
          {said.value !== undefined && <Banner tone="info" icon="check" title={said.value} />}
          <FaultNote fault={place === undefined ? fault.value : undefined} />
          <Button kind="primary" type="submit" busy={busy.value}>
            {t("policy.save")}
          </Button>
        </BottomBar>
      </form>
      {sheet}
    </>
  );
};

/** P1, P3: the shop's own rules; everybody reads them, the owner puts a new version in force. */
export const PolicyScreen = () => {
  const deps = useDeps();
  const current = readyValue(
    useLive(
      () => deps,
      (open) => readPolicy(open),
    ).value,
  );
  return (
    <>
      <PageHeader title={t("policy.title")} back={linkTo("more")} />
      {current !== undefined && <Editor current={current} />}
    </>
  );
};
