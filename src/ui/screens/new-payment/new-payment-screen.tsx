import { useLayoutEffect, useRef } from "preact/hooks";

import { channels } from "../../../domain/channels.ts";
import { gradeOf, proofs } from "../../../domain/manual-payment.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { announce } from "../../components/announce.ts";
import { TypedAmount } from "../../components/amount.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote, useFaultText } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { Keypad } from "../../components/keypad.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { replaceWith } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useScannerGun } from "../../scanner-gun.ts";
import { useShell } from "../../shell-context.tsx";
import { PaymentMore } from "./payment-more.tsx";
import { usePayment, type PaymentForm } from "./use-payment.ts";

type Place = "amount" | "channel" | "number" | "goods" | "time" | "button";

const places: Readonly<Partial<Record<KnownFault["kind"], Place>>> = {
  amount_zero: "amount",
  amount_above_format: "amount",
  channel_missing: "channel",
  number_characters: "number",
  payment_code: "number",
  goods_too_long: "goods",
  bad_time: "time",
  paid_in_future: "time",
};

const placeOf = (fault: KnownFault): Place => places[fault.kind] ?? "button";

/** The fault that belongs to a place, so that each is told beside its cause. */
const faultAt = ({ fault }: PaymentForm, place: Place): KnownFault | undefined =>
  fault.value !== undefined && placeOf(fault.value) === place ? fault.value : undefined;

const AmountPart = ({ form }: { readonly form: PaymentForm }) => {
  const { accepts } = useScannerGun((text) => {
    const field = document.querySelector<HTMLInputElement>("[data-screen=T1f] input[name=number]");
    if (field !== null) field.value = text;
    form.takeNumber(text);
  });
  return (
    <>
      <div class="u-tight">
        <TypedAmount text={form.typed.value} refusal={form.refusal.value}>
          {t("scan.payment.amount")}
        </TypedAmount>
        <FaultNote fault={faultAt(form, "amount")} />
      </div>
      <Keypad
        typed={form.typed}
        limit={form.limit}
        accepts={accepts}
        onRefused={(sentence) => {
          form.refusal.value = sentence;
        }}
      />
    </>
  );
};

const Chips = ({ form }: { readonly form: PaymentForm }) => (
  <>
    <div class="u-tight">
      <ChipGroup
        legend={t("scan.payment.channel")}
        name="channel"
        columns={2}
        choices={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
        value={channels.find((channel) => channel === form.channel.value)}
        onPick={(value) => {
          form.channel.value = value;
          form.fault.value = undefined;
        }}
      />
      <FaultNote fault={faultAt(form, "channel")} />
    </div>
    <div class="u-tight">
      <ChipGroup
        legend={t("scan.payment.proof")}
        name="proof"
        columns={2}
        choices={proofs.map((value) => ({ value, label: t(`scan.payment.proof.${value}`) }))}
        value={form.proof.value}
        onPick={(value) => {
          form.proof.value = value;
        }}
      />
      <output class="u-small">{t(`scan.payment.grade.${gradeOf(form.proof.value)}`)}</output>
    </div>
  </>
);

const Fields = ({ form, number }: { readonly form: PaymentForm; readonly number: string }) => {
  const format = useFormat();
  const { now } = useShell();
  const text = useFaultText();
  const told = (place: Place): string | undefined => {
    const fault = faultAt(form, place);
    return fault === undefined ? undefined : text(fault);
  };
  return (
    <>
      <TextField
        name="number"
        label={t("scan.payment.number")}
        optional
        look="mono"
        spellcheck={false}
        defaultValue={number}
        fault={told("number")}
        onChange={(event) => form.takeNumber(event.currentTarget.value)}
      />
      <TextField name="goods" label={t("scan.payment.goods")} optional fault={told("goods")} />
      <TextField
        name="time"
        type="datetime-local"
        label={t("scan.payment.time")}
        defaultValue={format.fullTime(now()).replace(" ", "T")}
        fault={told("time")}
      />
    </>
  );
};

/** T1f: a payment that no statement here shows; its proof decides what it is worth. */
export const NewPaymentScreen = ({ route }: { readonly route: RouteOf<"new_payment"> }) => {
  const number = route.args.c ?? "";
  const form = usePayment(number);
  const element = useRef<HTMLFormElement>(null);
  const { markDraftOpen } = useAbilities();
  useLayoutEffect(() => markDraftOpen(), []); // no update comes over a half-filled form
  const save = async (andRefund: boolean): Promise<void> => {
    const paymentId = element.current === null ? undefined : await form.save(element.current);
    if (paymentId === undefined) return;
    announce(t("scan.payment.saved"));
    replaceWith(andRefund ? linkTo("new_refund", { p: paymentId }) : linkTo("scan"));
  };
  const scanned = number !== "";
  const saves = [
    <Button
      key="save"
      kind={scanned ? "secondary" : "primary"}
      busy={form.busy.value}
      onClick={() => void save(false)}
    >
      {t("scan.payment.save")}
    </Button>,
    <Button
      key="refund"
      kind={scanned ? "primary" : "secondary"}
      busy={form.busy.value}
      onClick={() => void save(true)}
    >
      {t("scan.payment.save_refund")}
    </Button>,
  ];
  return (
    <form ref={element} class="screen" onSubmit={(event) => event.preventDefault()}>
      <PageHeader title={t("scan.payment.title")} back={linkTo("scan")} />
      {form.state.value === "transfer" ? (
        <Banner tone="warn" title={t("scan.said.transfer")} />
      ) : (
        scanned && <p>{t("scan.payment.unknown")}</p>
      )}
      <AmountPart form={form} />
      <Chips form={form} />
      <Fields form={form} number={number} />
      <PaymentMore form={form} />
      <BottomBar>
        <FaultNote fault={faultAt(form, "button")} />
        {form.known.value !== undefined && (
          <ButtonLink kind="text" href={linkTo("new_refund", { p: form.known.value })}>
            {t("scan.payment.open_known")}
          </ButtonLink>
        )}
        <div class="u-grid-2">{scanned ? saves : saves.reverse()}</div>
      </BottomBar>
      {form.asking}
    </form>
  );
};
