import type { Payment } from "../../../domain/payment.ts";
import { findReason } from "../../../domain/reasons.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import { getPayment, listCases } from "../../../storage/queries.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { CaseBadge } from "../../components/badge.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { channelText, goodsOf } from "../new-refund/order.tsx";

type RecentRefund = { readonly refundCase: RefundCase; readonly payment: Payment | undefined };

const loadRecent = async ({ journal: { db } }: Deps): Promise<readonly RecentRefund[]> => {
  const cases = await listCases(db, { limit: 2 });
  return Promise.all(
    cases.map(async (refundCase) => ({
      refundCase,
      payment:
        refundCase.paymentId === undefined ? undefined : await getPayment(db, refundCase.paymentId),
    })),
  );
};

const RecentRow = ({ refundCase, payment }: RecentRefund) => {
  const format = useFormat();
  const { caseId, createdAt, reason, amount } = refundCase;
  return (
    <Row
      href={linkTo("refund", { id: caseId })}
      title={<bdi>{payment === undefined ? t("refund.goods_unknown") : goodsOf(payment)}</bdi>}
      facts={[
        format.time(createdAt),
        payment === undefined ? undefined : channelText(payment.channel),
        t(`reason.${findReason(reason) ?? "other"}`),
      ]}
      amount={amount}
      end={<CaseBadge refundCase={refundCase} short />}
    />
  );
};

/** The last refunds, so that the till sees at a glance what was just done. */
export const Recent = () => {
  const deps = useDeps();
  const live = useLive(
    () => deps,
    (now) => loadRecent(now),
  );
  const refunds = readyValue(live.value) ?? [];
  return refunds.length === 0 ? undefined : (
    <section class="u-tight">
      <h2>{t("scan.recent")}</h2>
      <Rows>
        {refunds.map((refund) => (
          <RecentRow key={refund.refundCase.caseId} {...refund} />
        ))}
      </Rows>
    </section>
  );
};
