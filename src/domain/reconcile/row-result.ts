import { asId, type ImportedRow } from "../found-payment.ts";
import { given } from "../given.ts";
import type { DeviceId, Hash } from "../ids.ts";
import type { MoneyEvent } from "../journal-event.ts";
import type { RefundCase } from "../refund/case.ts";
import type { Attempt } from "../refund/attempt.ts";
import { resultClass, resultsFrom, type MoneyState } from "../refund/money-track.ts";
import { saidOf } from "../statements/refund-said.ts";
import type { ReconMatch } from "./difference.ts";
import type { OurAttempt } from "./our-attempt.ts";
import { strongestRow, type TheirRefund } from "./their-refund.ts";
import { bearsItsNumber } from "./ways.ts";

/** A row of the day a refund began is no news to one that is further; it only shows that the acquirer has it. */
const movesOn: Readonly<Record<"processing" | "abnormal", readonly MoneyState[]>> = {
  processing: ["exported", "submitted", "unknown"],
  abnormal: ["exported", "submitted", "unknown", "processing", "needs_action"],
};

const isNews = ({ money }: Attempt, said: NonNullable<ReturnType<typeof saidOf>>): boolean => {
  if (said === "processing" || said === "abnormal") return movesOn[said].includes(money);
  if (!resultsFrom(money).includes(said)) return false;
  const ours = money === "succeeded" || money === "reversed" ? resultClass(money) : 0;
  return resultClass(said) >= ours;
};

/** A result that was taken back does not come again with the next import. */
const wasTold = ({ history }: RefundCase, said: string, { row }: ImportedRow): boolean =>
  history.some(
    ({ told }) =>
      told.kind === "money" && told.by === "row" && told.state === said && told.at === row.at,
  );

const stands = ({ steps }: Attempt, said: string): boolean =>
  steps.some((step) => step.kind === "result" && step.by === "row" && step.state === said);

/** Where the refund can be found again: under ours the acquirer's number, else the one that the portal gave it. */
const numberOf = (ours: OurAttempt, theirs: TheirRefund): string | undefined => {
  const { channelRefundNo } = theirs;
  const number = bearsItsNumber(ours, theirs) ? channelRefundNo : theirs.refundNo;
  return asId(number ?? channelRefundNo);
};

/**
 * What the row of an attempt adds to what is recorded of it (evidence S1), once. Nothing where the amounts differ or it was
 * paid more than once: a person has to look first.
 */
export const rowResult = (
  refundCase: RefundCase,
  { class: kind, ours, theirs: [theirs] }: ReconMatch,
  home: DeviceId,
): MoneyEvent | undefined => {
  const attempt = refundCase.attempts.find(({ number }) => number === ours?.number);
  if (
    ours === undefined ||
    attempt === undefined ||
    theirs === undefined ||
    kind === "amount" ||
    kind === "duplicate"
  )
    return undefined;
  const found = strongestRow(theirs.rows.filter(({ imported }) => imported.device === home));
  const said = found && saidOf(found.row);
  if (found === undefined || said === undefined || !isNews(attempt, said)) return undefined;
  if (stands(attempt, said) || wasTold(refundCase, said, found)) return undefined;
  const { row, imported } = found;
  return {
    kind: "money",
    state: said,
    by: "row",
    refunds: [attempt.record],
    at: row.at,
    raw: { code: row.status },
    imported: { record: imported, row: row.digest as Hash },
    ...given("channelRefundNo", numberOf(ours, theirs)),
  };
};
