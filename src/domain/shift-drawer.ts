import type { DeviceId } from "./ids.ts";
import { sum, type Money } from "./money.ts";
import type { Payment } from "./payment.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";
import { moneyState, type MoneyStep } from "./refund/money-track.ts";

/** A shift's place: behind which record of which chain it lies, and in which currency its drawer is counted. */
export type ShiftPlace = {
  readonly device: DeviceId;
  readonly after: number;
  readonly currency: Money["currency"];
};

/** The channel that the chain itself names for a payment: what others say of it later changes no close. */
export const channelIn = (payment: Payment | undefined, device: DeviceId): string =>
  payment?.versions.find(
    ({ paymentId, record }) => paymentId === payment.paymentId && record.device === device,
  )?.channel ?? "other";

const isArrival = ({ kind, state }: MoneyStep): boolean =>
  kind === "result" && state === "succeeded";

/** The drawer gave it in this shift: in cash, by the chain's first word of it that nobody took back. */
const leftDrawer = (refundCase: RefundCase, { device, after, currency }: ShiftPlace): boolean => {
  const { destination, training } = refundCase;
  const { amount, start, steps } = latestAttempt(refundCase);
  const own = steps.filter(({ ref }) => ref.device === device);
  const first = own.find(isArrival);
  return (
    destination === "cash" &&
    !training &&
    amount.currency === currency &&
    first !== undefined &&
    first.ref.seq > after &&
    moneyState(start, own) === "succeeded"
  );
};

/** What went out of the drawer in a shift, each refund in one shift only (X38). */
export const paidOutIn = (cases: readonly RefundCase[], place: ShiftPlace): Money =>
  sum(
    cases.filter((one) => leftDrawer(one, place)).map((one) => latestAttempt(one).amount),
    place.currency,
  );
