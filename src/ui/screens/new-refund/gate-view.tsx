import type { Gate } from "../../../domain/refund/gate.ts";
import { recordLookedUp } from "../../../usecases/record-payment.ts";
import { announce } from "../../components/announce.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { CopyNumber } from "../../components/key-values.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import type { OnePayment } from "./load-payment.ts";
import { numberOf, Order } from "./order.tsx";

type ClosedGate = Exclude<Gate, { kind: "refund" | "transfer" }>;

/** When and by whom the last refund that counts was made. */
const useLastRefund = ({ cases, people }: OnePayment): string => {
  const format = useFormat();
  const last = cases.at(-1);
  if (last === undefined) return t("refund.gate.fully_refunded");
  const name = people.find((person) => person.staff === last.requestedBy)?.name ?? "";
  return t("refund.gate.fully_refunded_by", { time: format.time(last.createdAt), name });
};

/** What the payment is looked up by. */
const NumberToQuery = ({ one }: { readonly one: OnePayment }) => {
  const number = numberOf(one.found.payment);
  return number === undefined ? undefined : (
    <div class="case-numbers">
      <CopyNumber label={t("word.number")} number={number} />
    </div>
  );
};

/** The payment's fate is not known, or it was told unpaid: what was found at the acquirer is recorded (G1). */
const LookedUp = ({ one, unpaid }: { readonly one: OnePayment; readonly unpaid: boolean }) => {
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
    <>
      <Order one={one} />
      <Empty
        icon={unpaid ? "ban" : "circle-question-mark"}
        text={t(unpaid ? "refund.gate.unpaid" : "refund.gate.query_first")}
      >
        <p class="u-small">{t(unpaid ? "refund.gate.unpaid_more" : "refund.gate.query_more")}</p>
      </Empty>
      <NumberToQuery one={one} />
      <div class={unpaid ? "u-stack" : "u-grid-2"}>
        {!unpaid && (
          <Button busy={busy.value} onClick={() => void tell("unpaid")()}>
            {t("refund.gate.unpaid_found")}
          </Button>
        )}
        <Button busy={busy.value} onClick={() => void tell("paid")()}>
          {t("refund.gate.paid")}
        </Button>
      </div>
      <FaultNote fault={fault.value} />
      {sheet}
    </>
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
  if (gate.kind === "query_first") return <LookedUp one={one} unpaid={false} />;
  if (gate.why === "unpaid") return <LookedUp one={one} unpaid />;
  const text = gate.why === "fully_refunded" ? full : t(`refund.gate.${gate.why}`);
  return (
    <>
      <Order one={one} />
      <Empty icon="ban" text={text}>
        {last === undefined ? (
          <ButtonLink icon="scan-line" href={linkTo("scan")}>
            {t("screen.go_scan")}
          </ButtonLink>
        ) : (
          <ButtonLink icon="receipt-text" href={linkTo("refund", { id: last.caseId })}>
            {t("refund.gate.open_record")}
          </ButtonLink>
        )}
      </Empty>
    </>
  );
};
