import { given } from "../given.ts";
import type { GoodsEvent, GoodsLine, GoodsStep } from "../journal-event.ts";
import { fail, ok, type Result } from "../result.ts";
import { mayDo, rightOf, type AmountLimits } from "../rights.ts";
import type { Staff } from "../staff.ts";
import { latestAttempt, type GoodsState, type RefundCase } from "./case.ts";
import type { RefundFault } from "./faults.ts";

/** What a person saw at the counter; `received` names how each expected line came back. */
export type GoodsReport =
  | {
      readonly state: "received";
      readonly lines?: readonly GoodsLine[];
      readonly check: { readonly unused: boolean; readonly complete: boolean };
    }
  | { readonly state: "waived" | "lost" | "given" };

type About = {
  readonly staff: Staff;
  readonly limits: AmountLimits;
  /** The shop takes goods back only unused and complete. */
  readonly unusedRequired: boolean;
};

const steps: Readonly<Record<GoodsState, readonly GoodsStep[]>> = {
  none: ["awaiting", "given"],
  awaiting: ["received", "waived", "lost"],
  received: ["given"],
  waived: ["given", "received"],
  lost: ["received", "waived"],
  given: ["received"],
};

/** Steps of the goods that are possible now (refundlog.md §5.4). */
export const goodsSteps = ({ goods, type }: RefundCase): readonly GoodsStep[] =>
  steps[goods].filter((step) => step !== "given" || type === "exchange");

/** Whether money may leave as far as goods are concerned (G5). */
export const goodsAreSettled = ({ goods }: Pick<RefundCase, "goods">): boolean =>
  goods === "none" || goods === "received" || goods === "waived" || goods === "given";

const isShort = (lines: readonly GoodsLine[] = []): boolean =>
  lines.some(({ condition }) => condition === "not_returned");

/** Whether taking the goods like this needs somebody who may override (R19). */
const needsOverride = (
  report: GoodsReport,
  { unusedRequired }: Pick<About, "unusedRequired">,
): boolean => {
  if (report.state === "waived") return true;
  if (report.state !== "received") return false;
  const spoiled = unusedRequired && !(report.check.unused && report.check.complete);
  return spoiled || isShort(report.lines);
};

/** The very lines that were signed: a person tells how they came back, and not how many or how dear they are. */
const known = (expected: readonly GoodsLine[] = [], told: readonly GoodsLine[]): boolean =>
  expected.length === told.length &&
  expected.every(({ index, quantity, amount }) =>
    told.some(
      (line) => line.index === index && line.quantity === quantity && line.amount === amount,
    ),
  );

/** Records where the goods are; nothing but this opens the way for the money of a return. */
export const decideGoods = (
  refundCase: RefundCase,
  report: GoodsReport,
  about: About,
): Result<GoodsEvent, RefundFault> => {
  const { staff, limits } = about;
  const attempt = latestAttempt(refundCase);
  const closed = attempt.money === "withdrawn" || attempt.approval === "rejected";
  if (closed || !goodsSteps(refundCase).includes(report.state))
    return fail({ kind: "not_allowed_now", state: attempt.money });
  if (rightOf(staff, "receive_goods") === "no")
    return fail({ kind: "not_entitled", action: "receive_goods" });
  const within = { amount: refundCase.amount.minor, limits };
  if (needsOverride(report, about) && mayDo(staff, "override", within) !== "yes")
    return fail({ kind: "not_entitled", action: "override" });
  const lines = report.state === "received" ? report.lines : undefined;
  if (lines !== undefined && !known(refundCase.lines, lines)) return fail({ kind: "goods_differ" });
  return ok({
    kind: "goods",
    refund: attempt.record,
    state: report.state,
    ...given("lines", lines),
    ...given("check", report.state === "received" ? report.check : undefined),
  });
};
