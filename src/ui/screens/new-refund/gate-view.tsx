import type { Gate } from "../../../domain/refund/gate.ts";
import { ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import type { OnePayment } from "./load-payment.ts";

type ClosedGate = Exclude<Gate, { kind: "refund" }>;

/** When and by whom the last refund that counts was made. */
const useLastRefund = ({ cases, people }: OnePayment): string => {
  const format = useFormat();
  const last = cases.at(-1);
  if (last === undefined) return t("refund.gate.fully_refunded");
  const name = people.find((person) => person.staff === last.requestedBy)?.name ?? "";
  return t("refund.gate.fully_refunded_by", { time: format.time(last.createdAt), name });
};

/** Stands in place of the form where a refund is not possible, with the one thing that is (G1). */
export const GateView = ({
  gate,
  one,
}: {
  readonly gate: ClosedGate;
  readonly one: OnePayment;
}) => {
  const full = useLastRefund(one);
  const last = one.cases.at(-1);
  if (gate.kind === "query_first")
    return <Empty icon="circle-question-mark" text={t("refund.gate.query_first")} />;
  if (gate.why !== "fully_refunded")
    return <Empty icon="ban" text={t(`refund.gate.${gate.why}`)} />;
  return (
    <Empty icon="ban" text={full}>
      {last !== undefined && (
        <ButtonLink icon="receipt-text" href={linkTo("refund", { id: last.caseId })}>
          {t("refund.gate.open_record")}
        </ButtonLink>
      )}
    </Empty>
  );
};
