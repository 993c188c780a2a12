import { useSignal, type ReadonlySignal } from "@preact/signals";

import { standingOf } from "../../../domain/refund/money-track.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import { pageSize } from "../../../storage/queries.ts";
import { browseRefunds, type RefundInList } from "../../../usecases/browse-refunds.ts";
import { CaseBadge } from "../../components/badge.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Row } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { route } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { channelText, goodsOf } from "../new-refund/order.tsx";
import { reasonText } from "../refund/case-words.ts";
import { groupDays } from "./day-groups.ts";
import { DayList } from "./day-list.tsx";
import { statesOf, type RecordsView } from "./records-filter.ts";

const isOpen = ({ caseId }: RefundCase): boolean => {
  const { args } = route.value;
  return "id" in args && args.id === caseId;
};

const RefundRow = ({ refundCase, payment }: RefundInList) => {
  const format = useFormat();
  const reason = reasonText(refundCase.reason);
  return (
    <Row
      title={payment?.lines === undefined ? reason : <bdi>{goodsOf(payment)}</bdi>}
      facts={[
        format.clock(refundCase.createdAt),
        payment && channelText(payment.channel),
        payment?.lines === undefined ? undefined : reason,
      ]}
      amount={refundCase.amount}
      end={<CaseBadge refundCase={refundCase} short />}
      href={linkTo("refund", { id: refundCase.caseId })}
      current={isOpen(refundCase)}
    />
  );
};

/** Money that is free again is in no sum. */
const countedAmount = ({ refundCase }: RefundInList) =>
  refundCase.money !== undefined && standingOf(refundCase.money) !== "frees"
    ? refundCase.amount
    : undefined;

const Nothing = ({
  narrowed,
  onClear,
}: {
  readonly narrowed: boolean;
  readonly onClear: () => void;
}) =>
  narrowed ? (
    <Empty icon="search" text={t("records.none")}>
      <Button onClick={onClear}>{t("records.clear")}</Button>
    </Empty>
  ) : (
    <Empty icon="receipt-text" text={t("records.refunds.empty")}>
      <ButtonLink icon="scan-line" href={linkTo("scan")}>
        {t("screen.go_scan")}
      </ButtonLink>
    </Empty>
  );

/** Every refund, newest first, by days. */
export const RefundList = ({
  view,
  search,
  onClear,
}: {
  readonly view: ReadonlySignal<RecordsView>;
  readonly search: ReadonlySignal<string>;
  readonly onClear: () => void;
}) => {
  const deps = useDeps();
  const { shop } = useShell();
  const limit = useSignal(pageSize);
  const live = useLive(
    () => ({
      search: search.value,
      currency: shop.currency,
      today: view.value.filters.includes("today"),
      states: statesOf(view.value.filters),
      limit: limit.value,
    }),
    (wanted) => browseRefunds(deps, wanted),
  );
  const found = readyValue(live.value);
  if (found === undefined) return undefined;
  if (found.rows.length === 0) {
    const narrowed = search.value.trim() !== "" || view.value.filters.length > 0;
    return <Nothing narrowed={narrowed} onClear={onClear} />;
  }
  const days = groupDays(found.rows, {
    at: ({ refundCase }) => refundCase.createdAt,
    amount: countedAmount,
    calendar: shop.calendar,
    more: found.more,
  });
  return (
    <DayList of="refunds" days={days} more={found.more} onMore={() => (limit.value += pageSize)}>
      {(row) => <RefundRow key={row.refundCase.caseId} {...row} />}
    </DayList>
  );
};
