import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { remaining } from "../../../domain/payment.ts";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { useLive, type Live } from "../../live.ts";
import { go, replaceWith } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useScannerGun } from "../../scanner-gun.ts";
import { Questions } from "../scan/questions.tsx";
import { SaidNote } from "../scan/said-note.tsx";
import { useReadings } from "../scan/use-readings.ts";
import { FreeRefund } from "./free-refund.tsx";
import { loadPayment, type LoadedPayment, type OnePayment } from "./load-payment.ts";
import { addressText, OpenEditor, type OpenProps } from "./open-editor.tsx";
import { channelText, goodsOf } from "./order.tsx";
import { ReplaceSheet } from "./replace-sheet.tsx";

/** A number that two payments bear: the person picks one. */
const Several = ({
  several,
  onPick,
}: {
  readonly several: readonly OnePayment[];
  readonly onPick: (index: number) => void;
}) => {
  const format = useFormat();
  return (
    <div class="u-tight">
      <h2>{t("refund.several")}</h2>
      <Rows>
        {several.map(({ found: { payment } }, index) => (
          <Row
            key={payment.paymentId}
            title={goodsOf(payment)}
            facts={[
              channelText(payment.channel),
              payment.paidAt === undefined ? undefined : format.time(payment.paidAt),
            ]}
            amount={remaining(payment)}
            onClick={() => onPick(index)}
          />
        ))}
      </Rows>
    </div>
  );
};

/** Numbers that lead elsewhere go there, in the place of this page. */
const useElsewhere = (loaded: LoadedPayment | undefined, number: string | undefined): void =>
  useLayoutEffect(() => {
    if (loaded?.kind === "refund") replaceWith(linkTo("refund", { id: loaded.caseId }));
    if (loaded?.kind === "nothing")
      replaceWith(linkTo("new_payment", number === undefined ? {} : { c: number }));
  }, [loaded?.kind]);

/** While a refund is being recorded the view stays as it was decided on. */
const useSteady = (live: Live<LoadedPayment>, busy: boolean): LoadedPayment | undefined => {
  const shown = useRef<LoadedPayment | undefined>(undefined);
  if (live.status === "ready" && !busy) shown.current = live.value;
  return shown.current;
};

/** One payment by its address: loaded, then edited. */
const PaymentRefund = (props: Omit<OpenProps, "one" | "busy">) => {
  const deps = useDeps();
  const busy = useSignal(false);
  const picked = useSignal<number | undefined>(undefined);
  const live = useLive(
    () => props.address,
    (address) => loadPayment(deps, address),
  );
  const loaded = useSteady(live.value, busy.value);
  useElsewhere(loaded, props.address.c);
  if (live.value.status === "failed") return <FaultNote fault={{ kind: "unexpected" }} />;
  if (loaded?.kind === "one") return <OpenEditor {...props} one={loaded} busy={busy} />;
  if (loaded?.kind !== "several") return undefined;
  const one = picked.value === undefined ? undefined : loaded.several[picked.value];
  return one === undefined ? (
    <Several
      several={loaded.several}
      onPick={(index) => {
        picked.value = index;
      }}
    />
  ) : (
    <OpenEditor {...props} one={one} busy={busy} />
  );
};

/** R1. Another code during an edit, by gun here or by camera through the address, is asked about first. */
export const NewRefundScreen = ({ route }: { readonly route: RouteOf<"new_refund"> }) => {
  const address = useSignal(route.args);
  const waiting = useSignal<string | undefined>(undefined);
  const touched = useRef(false);
  const open = (href: string): void => {
    if (touched.current) waiting.value = href;
    else go(href);
  };
  const readings = useReadings(({ href }) => open(href));
  const { accepts } = useScannerGun((text) => void readings.take(text));
  const wanted = addressText(route.args);
  useLayoutEffect(() => {
    if (wanted === addressText(address.peek())) return;
    if (touched.current) waiting.value = wanted;
    else address.value = route.args;
  }, [wanted]);
  const keep = (): void => {
    waiting.value = undefined;
    if (wanted !== addressText(address.peek())) replaceWith(addressText(address.peek()));
  };
  const openNew = (): void => {
    const href = waiting.peek();
    waiting.value = undefined;
    touched.current = false;
    if (href === wanted) address.value = route.args;
    else if (href !== undefined) go(href);
  };
  const onTouched = (now: boolean): void => {
    touched.current = now;
  };
  const { u } = address.value;
  return (
    <>
      <PageHeader
        title={t(u === undefined ? "refund.title" : "refund.free.title")}
        back={linkTo("scan")}
      />
      <SaidNote said={readings.said.value} />
      {u === undefined ? (
        <PaymentRefund
          key={addressText(address.value)}
          address={address.value}
          accepts={accepts}
          onTouched={onTouched}
        />
      ) : (
        <FreeRefund accepts={accepts} onTouched={onTouched} />
      )}
      <Questions readings={readings} />
      {waiting.value !== undefined && <ReplaceSheet onKeep={keep} onOpen={openNew} />}
    </>
  );
};
