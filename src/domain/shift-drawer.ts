import type { DeviceId, RecordRef } from "./ids.ts";
import { sum, type Money } from "./money.ts";
import type { Payment } from "./payment.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";
import { moneyState, type MoneyStep } from "./refund/money-track.ts";

/** Behind which record of each of the device's chains a shift lies: one drawer goes on when the key changes. */
export type BehindClose = ReadonlyMap<DeviceId, number>;

/** A shift's place, and the currency in which its drawer is counted. */
export type ShiftPlace = { readonly behind: BehindClose; readonly currency: Money["currency"] };

/** What lies behind a close, by the device's chains, the newest first: all of the later ones, nothing of the earlier. */
export const behindClose = (
  chains: readonly DeviceId[],
  close: RecordRef | undefined,
): BehindClose => {
  const closed = close === undefined ? chains.length : chains.indexOf(close.device);
  return new Map(
    chains.map((device, index) => {
      if (index === closed) return [device, close?.seq ?? -1];
      return [device, index < closed ? -1 : Infinity];
    }),
  );
};

/** The channel that the chain itself names for a payment: what others say of it later changes no close. */
export const channelIn = (payment: Payment | undefined, device: DeviceId): string =>
  payment?.versions.find(
    ({ paymentId, record }) => paymentId === payment.paymentId && record.device === device,
  )?.channel ?? "other";

const isArrival = ({ kind, state }: MoneyStep): boolean =>
  kind === "result" && state === "succeeded";

/** The drawer gave it in this shift: in cash, by its chains' word that nobody took back and no earlier shift has heard. */
const leftDrawer = (refundCase: RefundCase, { behind, currency }: ShiftPlace): boolean => {
  const { destination, training } = refundCase;
  const { amount, start, steps } = latestAttempt(refundCase);
  const own = steps.filter(({ ref }) => behind.has(ref.device));
  const arrivals = own.filter(isArrival);
  return (
    destination === "cash" &&
    !training &&
    amount.currency === currency &&
    arrivals.length > 0 &&
    arrivals.every(({ ref }) => ref.seq > (behind.get(ref.device) ?? Infinity)) &&
    moneyState(start, own) === "succeeded"
  );
};

/** What went out of the drawer in a shift, each refund in one shift only (X38). */
export const paidOutIn = (cases: readonly RefundCase[], place: ShiftPlace): Money =>
  sum(
    cases.filter((one) => leftDrawer(one, place)).map((one) => latestAttempt(one).amount),
    place.currency,
  );
