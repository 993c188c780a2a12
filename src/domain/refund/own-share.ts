import { findLineFault } from "../goods-lines.ts";
import type { DeviceId } from "../ids.ts";
import { compare, money, portion, type Money } from "../money.ts";
import { countedMinor } from "../payment-claim.ts";
import { remaining, type Payment } from "../payment.ts";
import type { RefundCase } from "./case.ts";
import type { RefundFault } from "./faults.ts";

/**
 * What this device may still give of a payment: its share of what was paid, less what it gave under any of its keys. As
 * long as all shares together are no more than the whole, devices that never meet cannot promise more than was paid (X10).
 */
export const shareLeft = (
  { amount, claims }: Payment,
  percent: number,
  keys: readonly DeviceId[],
): Money => {
  const given = keys.reduce((total, key) => total + countedMinor(claims, key), 0);
  const share = portion(amount, BigInt(percent), 100n);
  return money(Math.max(0, share.minor - given), amount.currency);
};

/** What can go back here: no more than is left at all, nor than this device's share leaves; all of it without a share. */
export const leftHere = (left: Money, share: Money | undefined): Money =>
  share !== undefined && share.minor < left.minor ? share : left;

/** Why a payment cannot give this once more: money, this device's share of it, or goods. */
export const leftFault = (
  payment: Payment,
  { amount, lines }: Pick<RefundCase, "amount" | "lines">,
  share: Money | undefined,
): RefundFault | undefined => {
  const left = remaining(payment);
  if (compare(amount, left) > 0) return { kind: "over_remaining", remaining: left };
  const here = leftHere(left, share);
  return compare(amount, here) > 0
    ? { kind: "over_share", left: here }
    : findLineFault(payment, lines);
};
