import { useSignal, type ReadonlySignal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import { money, type Money } from "../../../domain/money.ts";
import { remaining } from "../../../domain/payment.ts";
import { pageSize } from "../../../storage/queries.ts";
import { browsePayments, type PaymentInList } from "../../../usecases/browse-payments.ts";
import { CaseBadge } from "../../components/badge.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Row } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { route } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { channelText, goodsOf, numberOf } from "../new-refund/order.tsx";
import { groupDays } from "./day-groups.ts";
import { DayList } from "./day-list.tsx";

type Shown = {
  readonly key: string;
  readonly goods: string;
  readonly channel: string;
  readonly number: string | undefined;
  readonly amount: Money;
  readonly href: string;
  readonly open: boolean;
};

/** The payment that stands open at the right on tablets. */
const isAsked = (name: "c" | "p", value: string): boolean => {
  const { name: page, args } = route.value;
  return page === "new_refund" && args[name] === value;
};

const shownOf = (entry: PaymentInList): Shown => {
  if (entry.kind === "recorded") {
    const { payment } = entry;
    return {
      key: payment.paymentId,
      goods: goodsOf(payment),
      channel: payment.channel,
      number: numberOf(payment),
      amount: payment.amount,
      href: linkTo("new_refund", { p: payment.paymentId }),
      open: isAsked("p", payment.paymentId),
    };
  }
  const { row } = entry;
  const number = row.transactionId === "" ? row.outTradeNo : row.transactionId;
  return {
    key: `${row.digest} ${row.line}`,
    goods: row.name === undefined ? t("refund.goods_unknown") : visibleText(row.name).text,
    channel: row.channel,
    number,
    amount: money(row.minor, row.currency),
    href: linkTo("new_refund", { c: number }),
    open: isAsked("c", number),
  };
};

const PaymentRow = ({ entry }: { readonly entry: PaymentInList }) => {
  const format = useFormat();
  const shown = shownOf(entry);
  const latest = entry.kind === "recorded" ? entry.latest : undefined;
  const left = entry.kind === "recorded" ? remaining(entry.payment) : undefined;
  return (
    <Row
      title={<bdi>{shown.goods}</bdi>}
      facts={[
        format.clock(entry.at),
        channelText(shown.channel),
        shown.number === undefined
          ? undefined
          : t("word.tail", { tail: format.tail(shown.number) }),
      ]}
      amount={shown.amount}
      end={
        latest === undefined ? (
          left && `${t("word.refundable")} ${format.money(left)}`
        ) : (
          <CaseBadge refundCase={latest} short />
        )
      }
      href={shown.href}
      current={shown.open}
    />
  );
};

const Nothing = ({ narrowed }: { readonly narrowed: boolean }) =>
  narrowed ? (
    <Empty icon="search" text={t("records.none")}>
      <ButtonLink href={linkTo("find")}>{t("records.payments.find")}</ButtonLink>
    </Empty>
  ) : (
    <Empty icon="receipt-text" text={t("records.payments.empty")}>
      <ButtonLink icon="file-up" href={linkTo("import_statement")}>
        {t("records.payments.import")}
      </ButtonLink>
    </Empty>
  );

/** Payments of the journal and of imported statements, newest first; a tap opens the refund editor. */
export const PaymentList = ({ search }: { readonly search: ReadonlySignal<string> }) => {
  const deps = useDeps();
  const { shop } = useShell();
  const limit = useSignal(pageSize);
  const live = useLive(
    () => ({ search: search.value, currency: shop.currency, limit: limit.value }),
    (wanted) => browsePayments(deps, wanted),
  );
  const found = readyValue(live.value);
  if (found === undefined) return undefined;
  if (found.rows.length === 0) return <Nothing narrowed={search.value.trim() !== ""} />;
  const days = groupDays(found.rows, {
    at: (entry) => entry.at,
    amount: (entry) =>
      entry.kind === "recorded" ? entry.payment.amount : money(entry.row.minor, entry.row.currency),
    calendar: shop.calendar,
    more: found.more,
  });
  return (
    <DayList of="payments" days={days} more={found.more} onMore={() => (limit.value += pageSize)}>
      {(entry) => <PaymentRow key={shownOf(entry).key} entry={entry} />}
    </DayList>
  );
};
