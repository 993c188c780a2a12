import { useSignal, type Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { money } from "../../../domain/money.ts";
import {
  joinShop,
  readRootCopy,
  type JoinAnswer,
  type Joining,
} from "../../../usecases/join-shop.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote, useFaultText } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { Progress } from "../../components/progress.tsx";
import { useStart } from "../../deps.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { replaceWith } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { Fingerprint } from "../devices/fingerprint.tsx";
import { CodeReader } from "../scan/code-reader.tsx";
import { onForm } from "../staff/on-form.ts";
import { PinField } from "../welcome/pin-field.tsx";

type Props = {
  readonly joining: Joining;
  readonly answer: JoinAnswer;
  readonly onApprover: () => void;
  readonly onDiffers: () => void;
};

const useJoin = ({ joining, answer, onApprover }: Props, copy: Signal<JoinAnswer["rootCopy"]>) => {
  const { setUp, enterShop } = useStart();
  const { busy, fault, run } = useJob();
  const join = async (form: FormData): Promise<KnownFault | undefined> => {
    const entry = { name: textIn(form, "owner"), pin: textIn(form, "pin") };
    if (entry.pin !== textIn(form, "again")) return { kind: "pin_differs" };
    const whole = { ...answer, rootCopy: copy.peek() };
    const joined = await joinShop(setUp, { joining, answer: whole }, entry);
    if (!joined.ok) return joined.fault;
    if (answer.role === "approver") onApprover();
    else if (await enterShop()) replaceWith(linkTo("scan"));
    else return { kind: "key_not_kept" };
    return undefined;
  };
  const submit = async (form: FormData): Promise<void> => void (await run(() => join(form)));
  return { busy, fault, submit };
};

/** The wrapped root comes in a second code; who has the first only can still join. */
const SecondCode = ({
  answer,
  copy,
}: Pick<Props, "answer"> & { readonly copy: Signal<JoinAnswer["rootCopy"]> }) => {
  const open = useSignal(false);
  const refused = useSignal(false);
  const take = (text: string): void => {
    copy.value = readRootCopy(answer, text);
    refused.value = copy.peek() === undefined;
  };
  if (copy.value !== undefined) return <p>{t("devices.join.root_taken")}</p>;
  return (
    <>
      <p class="u-small">{t("devices.join.root_missing")}</p>
      {open.value ? (
        <CodeReader hint={t("devices.join.root_hint")} onText={take} />
      ) : (
        <Button
          icon="scan-line"
          onClick={() => {
            open.value = true;
          }}
        >
          {t("devices.join.root_more")}
        </Button>
      )}
      <FaultNote fault={refused.value ? { kind: "answer_unreadable" } : undefined} />
    </>
  );
};

const Facts = ({ joining, answer }: Pick<Props, "joining" | "answer">) => {
  const format = useFormat();
  const { label, max, cur } = answer.card.claims;
  return (
    <KeyValues
      pairs={[
        [t("devices.join.shop"), <bdi key="shop">{joining.invitation.shop.name}</bdi>],
        [t("devices.name"), label],
        [t("devices.role"), t(`devices.role.${answer.role}`)],
        ...(max === undefined || cur === undefined
          ? []
          : [[t("devices.limit"), format.money(money(max, cur))] as const]),
      ]}
    />
  );
};

const pinFaults: ReadonlySet<KnownFault["kind"]> = new Set(["pin_length", "pin_weak"]);

const useFieldFaults = (known: KnownFault | undefined) => {
  const text = useFaultText();
  const when = (is: boolean): string | undefined =>
    known !== undefined && is ? text(known) : undefined;
  const name = when(known?.kind === "owner_name_missing");
  const pin = when(known !== undefined && pinFaults.has(known.kind));
  const again = when(known?.kind === "pin_differs");
  const isPlaced = [name, pin, again].some((sentence) => sentence !== undefined);
  return { name, pin, again, other: isPlaced ? undefined : known };
};

const TillFields = ({ fault }: { readonly fault: string | undefined }) => (
  <>
    <TextField name="owner" label={t("devices.join.name")} fault={fault} maxLength={60} required />
    <p class="u-small">{t("devices.join.alone")}</p>
  </>
);

/** The shop's root is trusted because a person saw the same 8 groups on the owner's screen, and for no other reason. */
export const ConfirmForm = (props: Props) => {
  const { joining, answer, onDiffers } = props;
  const copy = useSignal(answer.rootCopy);
  const { busy, fault, submit } = useJoin(props, copy);
  const faults = useFieldFaults(fault.value);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const isTill = answer.role === "device";
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {t("devices.join.confirm")}
      </h2>
      <p>{t("devices.join.confirm_lead")}</p>
      <Card>
        <Fingerprint label={t("devices.root_fingerprint")} text={answer.rootFingerprint} />
      </Card>
      <Card>
        <Facts joining={joining} answer={answer} />
      </Card>
      {isTill && <SecondCode answer={answer} copy={copy} />}
      <form class="u-stack" noValidate onSubmit={onForm(busy, submit)}>
        {isTill && <TillFields fault={faults.name} />}
        <PinField
          name="pin"
          label={t(isTill ? "devices.join.pin" : "devices.join.approver_pin")}
          help={t("first.pin_truth")}
          fault={faults.pin}
        />
        <PinField name="again" label={t("first.pin_again")} fault={faults.again} />
        <FaultNote fault={faults.other} />
        {busy.value && <Progress label={t("devices.join.busy")} />}
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("devices.join.submit")}
        </Button>
      </form>
      <Button icon="circle-x" onClick={onDiffers}>
        {t("devices.compare.differs")}
      </Button>
    </>
  );
};
