import { addDays, isCalendarDate, type BusinessDate, type Instant } from "./instant.ts";
import type { DeviceId } from "./ids.ts";
import { caseState } from "./refund/case-state.ts";
import type { RefundCase } from "./refund/case.ts";

/** After how many months what is known of customers may go; never before 90 days (reliability.md I4). */
export const retentionMonths = [3, 6, 12, 24] as const;

export type RetentionMonths = (typeof retentionMonths)[number];

const leastDays = 90;

const pad = (value: number): string => String(value).padStart(2, "0");

/** The same day some months ago, or the last one of that month where it has no such day. */
const monthsBefore = (date: BusinessDate, months: number): BusinessDate => {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  const count = year * 12 + (month - 1) - months;
  const [thenYear, thenMonth] = [Math.floor(count / 12), (count % 12) + 1];
  const thenDay = [day, 30, 29, 28].find((one) => isCalendarDate(thenYear, thenMonth, one)) ?? day;
  return `${thenYear}-${pad(thenMonth)}-${pad(thenDay)}` as BusinessDate;
};

/** What happened before this day may go. */
export const keptFrom = (today: BusinessDate, months: RetentionMonths): BusinessDate => {
  const [byMonth, byLaw] = [monthsBefore(today, months), addDays(today, -leastDays)];
  return byMonth < byLaw ? byMonth : byLaw;
};

/**
 * Whether what a refund says of its customer may go by age: the case is closed, nothing was told of it since, and what was
 * recorded here has left this device in a file that others can verify.
 */
export const mayForget = (
  refundCase: RefundCase,
  {
    before,
    device,
    leftUntil,
  }: { readonly before: Instant; readonly device: DeviceId; readonly leftUntil: number },
): "yes" | "young" | "open" | "not_out" => {
  const { history } = refundCase;
  if (history.some(({ at }) => at >= before)) return "young";
  const state = caseState(refundCase);
  if (state !== "done" && state !== "reconciled") return "open";
  const isOut = history.every(({ ref }) => ref.device !== device || ref.seq <= leftUntil);
  return isOut ? "yes" : "not_out";
};
