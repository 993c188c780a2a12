import { useSignal } from "@preact/signals";

import type { PaymentId } from "../../../domain/ids.ts";
import { findChannel } from "../../../domain/channels.ts";
import { listOverpayments, type OverpayLine } from "../../../usecases/list-overpayments.ts";
import { Empty } from "../../components/empty.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { DayGroup, Row } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useDeps } from "../../deps.tsx";
import { useShell } from "../../shell-context.tsx";
import { OverpaidSheet } from "./overpaid-sheet.tsx";
import { dueText, whyText } from "./overpaid-words.ts";

const Line = ({ line, onOpen }: { readonly line: OverpayLine; readonly onOpen?: () => void }) => {
  const format = useFormat();
  const { now, shop } = useShell();
  const { paid, at, channel, claim } = line;
  return (
    <Row
      title={whyText(line, paid.currency, format)}
      facts={[
        claim === undefined ? undefined : t(`overpaid.state.${claim.state}`),
        dueText(line, now(), shop.calendar),
        format.time(at),
        t(`channel.${findChannel(channel) ?? "other"}`),
      ]}
      amount={paid}
      onClick={onOpen}
    />
  );
};

/** U1: payments that were too much while the payer is gone; what people registered, and what only looks like it (X25). */
export const OverpaidScreen = ({ route }: { readonly route: RouteOf<"overpaid"> }) => {
  const deps = useDeps();
  const read = useLive(
    () => deps,
    (open) => listOverpayments(open),
  );
  const lists = readyValue(read.value);
  const opened = useSignal<PaymentId | undefined>(undefined);
  const closed = useSignal(false);
  const shown = [...(lists?.open ?? []), ...(lists?.suggested ?? [])];
  const { t: ticket } = route.args;
  const line = shown.find(({ paymentId, claim }) =>
    opened.value === undefined
      ? !closed.value && ticket !== undefined && claim?.ticket === ticket
      : paymentId === opened.value,
  );
  const close = (): void => {
    opened.value = undefined;
    closed.value = true;
  };
  return (
    <>
      <PageHeader title={t("overpaid.title")} back={linkTo("more")} />
      {(["open", "suggested"] as const).map((list) =>
        lists === undefined || lists[list].length === 0 ? undefined : (
          <DayGroup key={list} title={t(`overpaid.${list}`)}>
            {lists[list].map((one) => (
              <Line key={one.paymentId} line={one} onOpen={() => (opened.value = one.paymentId)} />
            ))}
          </DayGroup>
        ),
      )}
      {lists !== undefined && shown.length === 0 && (
        <Empty icon="check" text={t("overpaid.empty")} />
      )}
      {lists !== undefined && lists.ended.length > 0 && (
        <DayGroup title={t("overpaid.ended")}>
          {lists.ended.map((one) => (
            <Line key={one.paymentId} line={one} />
          ))}
        </DayGroup>
      )}
      <p class="u-small">{t("overpaid.how")}</p>
      {line !== undefined && <OverpaidSheet line={line} onClose={close} />}
    </>
  );
};
