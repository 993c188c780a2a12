import type { Gate } from "../../../domain/refund/gate.ts";
import { recordLookedUp } from "../../../usecases/record-payment.ts";
import { announce } from "../../components/announce.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import type { OnePayment } from "./load-payment.ts";

type ClosedGate = Exclude<Gate, { kind: "refund" | "transfer" }>;

/** When and by whom the last refund that counts was made. */
const useLastRefund = ({ cases, people }: OnePayment): string => {
  const format = useFormat();
  const last = cases.at(-1);
  if (last === undefined) return t("refund.gate.fully_refunded");
  const name = people.find((person) => person.staff === last.requestedBy)?.name ?? "";
  return t("refund.gate.fully_refunded_by", { time: format.time(last.createdAt), name });
};

/** The payment's fate is not known: it is looked up at the acquirer, and what was found is recorded (G1). */
const QueryFirst = ({ one }: { readonly one: OnePayment }) => {
  const { busy, fault, run } = useJob();
  const { run: runEntitled, sheet } = useEntitled();
  const { paymentId } = one.found.payment;
  const tell = (state: "paid" | "unpaid") => async (): Promise<void> => {
    const done = await run(async () => {
      const saved = await runEntitled((deps) => recordLookedUp(deps, paymentId, state));
      return saved.ok ? undefined : saved.fault;
    });
    if (done) announce(t("action.saved"));
  };
  return (
    <Empty icon="circle-question-mark" text={t("refund.gate.query_first")}>
      <p class="u-small">{t("refund.gate.query_more")}</p>
      <div class="u-grid-2">
        <Button busy={busy.value} onClick={() => void tell("unpaid")()}>
          {t("refund.gate.unpaid_found")}
        </Button>
        <Button busy={busy.value} onClick={() => void tell("paid")()}>
          {t("refund.gate.paid")}
        </Button>
      </div>
      <FaultNote fault={fault.value} />
      {sheet}
    </Empty>
  );
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
  if (gate.kind === "query_first") return <QueryFirst one={one} />;
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
