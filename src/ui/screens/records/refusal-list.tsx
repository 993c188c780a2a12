import { useSignal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import { writeRef } from "../../../domain/ids.ts";
import type { Payment } from "../../../domain/payment.ts";
import type { Refusal } from "../../../domain/refund/refusal.ts";
import { getPayment, listRefusals, pageSize } from "../../../storage/queries.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { StateBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Row } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { goodsOf } from "../new-refund/order.tsx";
import { refusalText } from "../refund/case-words.ts";
import { groupDays } from "./day-groups.ts";
import { DayList } from "./day-list.tsx";

type Declined = { readonly refusal: Refusal; readonly payment: Payment | undefined };

const loadDeclined = async ({ journal: { db } }: Deps, limit: number) =>
  Promise.all(
    (await listRefusals(db, { limit })).map(async (refusal): Promise<Declined> => ({
      refusal,
      payment: refusal.paymentId && (await getPayment(db, refusal.paymentId)),
    })),
  );

const RefusalRow = ({ refusal, payment }: Declined) => {
  const format = useFormat();
  return (
    <Row
      title={refusalText(refusal.reason)}
      amount={payment?.amount}
      facts={[
        format.clock(refusal.at),
        payment && <bdi key="goods">{goodsOf(payment)}</bdi>,
        refusal.text === undefined ? undefined : (
          <bdi key="text">{visibleText(refusal.text).text}</bdi>
        ),
      ]}
      end={<StateBadge state="refused" short />}
      href={linkTo("refusal", { ref: writeRef(refusal.ref) })}
    />
  );
};

/** Requests that were declined before there was any refund, newest first (R24). */
export const RefusalList = ({ onClear }: { readonly onClear: () => void }) => {
  const deps = useDeps();
  const { shop } = useShell();
  const limit = useSignal(pageSize);
  const found = readyValue(
    useLive(
      () => limit.value + 1,
      (wanted) => loadDeclined(deps, wanted),
    ).value,
  );
  if (found === undefined) return undefined;
  if (found.length === 0)
    return (
      <Empty icon="search" text={t("records.none")}>
        <Button onClick={onClear}>{t("records.clear")}</Button>
      </Empty>
    );
  const more = found.length > limit.value;
  const days = groupDays(found.slice(0, limit.value), {
    at: ({ refusal }) => refusal.at,
    amount: () => undefined,
    calendar: shop.calendar,
    more,
  });
  return (
    <DayList of="refunds" days={days} more={more} onMore={() => (limit.value += pageSize)}>
      {(declined) => <RefusalRow key={writeRef(declined.refusal.ref)} {...declined} />}
    </DayList>
  );
};
