import type { ComponentChildren } from "preact";

import type { MatchClass } from "../../../domain/reconcile/difference.ts";
import type { OurAttempt } from "../../../domain/reconcile/our-attempt.ts";
import type { TheirRefund } from "../../../domain/reconcile/their-refund.ts";
import type { ReconLine } from "../../../usecases/read-reconciliation.ts";
import { Amount } from "../../components/amount.tsx";
import { StateBadge } from "../../components/badge.tsx";
import { DifferenceRow } from "../../components/difference.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { writeMinor } from "../import-statement/statement-words.ts";

const facts = ["amount", "state", "refund_no", "channel_no", "order_no", "time", "fee"] as const;

type Fact = (typeof facts)[number];
type Side = Partial<Readonly<Record<Fact, ComponentChildren>>>;

const differing: Partial<Readonly<Record<MatchClass, Fact>>> = {
  amount: "amount",
  status: "state",
  duplicate: "channel_no",
  fee: "fee",
};

const numberIn = (number: string | undefined, format: Format): ComponentChildren =>
  number === undefined || number === "" ? undefined : (
    <bdi key={number} class="u-mono">
      {format.groups(number)}
    </bdi>
  );

/** Of the two numbers that a row has, the kind that our record has too: another one would look like a difference. */
const theirOrder = (
  { transactionId, outTradeNo }: TheirRefund,
  ours: OurAttempt | undefined,
): string => {
  const isByMerchants =
    ours?.numbers["transaction_id"] === undefined && ours?.numbers["out_trade_no"] !== undefined;
  return isByMerchants ? outTradeNo || transactionId : transactionId || outTradeNo;
};

const ourSide = (ours: OurAttempt, format: Format): Side => ({
  amount: <Amount money={ours.amount} />,
  state: <StateBadge state={ours.money} short />,
  refund_no: numberIn(ours.refundNo, format),
  channel_no: numberIn(ours.channelRefundNo, format),
  order_no: numberIn(ours.numbers["transaction_id"] ?? ours.numbers["out_trade_no"], format),
  time: format.fullTime(ours.recordedAt),
  fee:
    ours.feeBack === undefined ? undefined : writeMinor(ours.feeBack, ours.amount.currency, format),
});

const theirSide = (
  theirs: TheirRefund,
  { ours, theirs: all }: ReconLine,
  format: Format,
): Side => ({
  amount: <Amount money={theirs.amount} />,
  state: theirs.said && <StateBadge state={theirs.said} short />,
  refund_no: numberIn(theirs.refundNo, format),
  channel_no: all.map(({ channelRefundNo }) => numberIn(channelRefundNo, format)),
  order_no: numberIn(theirOrder(theirs, ours), format),
  time: format.fullTime(theirs.at),
  fee:
    theirs.fee === undefined ? undefined : writeMinor(theirs.fee, theirs.amount.currency, format),
});

/** Our record at the left, the row of the statement at the right, what differs marked. */
export const TwoSides = ({ line }: { readonly line: ReconLine }) => {
  const format = useFormat();
  const [first] = line.theirs;
  const left: Side = line.ours === undefined ? {} : ourSide(line.ours, format);
  const right: Side = first === undefined ? {} : theirSide(first, line, format);
  const shown = facts.filter((fact) => left[fact] !== undefined || right[fact] !== undefined);
  return (
    <div class="u-stack">
      <p class="u-small">{t("recon.sides")}</p>
      {shown.map((fact) => (
        <DifferenceRow
          key={fact}
          label={t(`recon.side.${fact}`)}
          ours={left[fact] ?? "–"}
          theirs={right[fact] ?? "–"}
          differs={differing[line.class] === fact}
        />
      ))}
    </div>
  );
};
