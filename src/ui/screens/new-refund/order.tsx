import {
  remaining,
  spent,
  reserved,
  countedClaims,
  type Payment,
} from "../../../domain/payment.ts";
import { leftHere } from "../../../domain/refund/own-share.ts";
import { findChannel } from "../../../domain/channels.ts";
import { add, money } from "../../../domain/money.ts";
import { Amount } from "../../components/amount.tsx";
import { ForeignText } from "../../components/foreign-text.tsx";
import { KeyValues } from "../../components/key-values.tsx";
import { OrderCard } from "../../components/order-card.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { OnePayment } from "./load-payment.ts";

/** What was bought, as it may be shown: the name of the first line, escaped. */
export const goodsOf = ({ lines }: Payment): string => {
  const name = lines?.[0]?.name;
  return name === undefined ? t("refund.goods_unknown") : visibleText(name).text;
};

/** The name of a payment's channel. */
export const channelText = (code: string): string => t(`channel.${findChannel(code) ?? "other"}`);

/** The number that people compare: the channel's, else the shop's own. */
export const numberOf = ({ numbers }: Payment): string | undefined =>
  numbers["transaction_id"] ?? numbers["out_trade_no"] ?? Object.values(numbers)[0];

const refundedOf = (payment: Payment) =>
  add(add(spent(payment), reserved(payment)), money(payment.external, payment.amount.currency));

/** The only card of the editor; a tap opens paid, refunded and the number. */
export const Order = ({ one }: { readonly one: OnePayment }) => {
  const format = useFormat();
  const { payment } = one.found;
  const { shareLeft: share } = one.context;
  const left = remaining(payment);
  const here = one.otherTills || share !== undefined;
  const number = numberOf(payment);
  const refunded = refundedOf(payment);
  const times = countedClaims(payment).length + (payment.external === 0 ? 0 : 1);
  const pairs = [
    [t("word.paid"), <Amount key="paid" money={payment.amount} />] as const,
    [t("word.refunded"), <Amount key="refunded" money={refunded} />] as const,
    ...(number === undefined
      ? []
      : [
          [
            t("word.number"),
            <span key="no" class="u-mono">
              {format.groups(number)}
            </span>,
          ] as const,
        ]),
  ];
  return (
    <div class="u-tight">
      <OrderCard
        title={<ForeignText>{goodsOf(payment)}</ForeignText>}
        facts={[
          channelText(payment.channel),
          payment.paidAt === undefined ? undefined : format.time(payment.paidAt),
          number === undefined ? undefined : t("word.tail", { tail: format.tail(number) }),
        ]}
        extra={
          refunded.minor === 0
            ? undefined
            : t("word.refunded_times", { amount: format.money(refunded), n: times })
        }
        label={t(here ? "refund.here" : "word.refundable")}
        left={leftHere(left, share)}
      >
        <KeyValues pairs={pairs} />
      </OrderCard>
      {share !== undefined && (
        <p class="u-small">{t("refund.here.all", { left: format.money(left) })}</p>
      )}
      {here && <p class="u-small">{t("refund.here.others")}</p>}
      {one.spelling === "similar" && <p class="u-small">{t("refund.spelling")}</p>}
    </div>
  );
};
