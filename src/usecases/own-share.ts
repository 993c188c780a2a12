import type { Money } from "../domain/money.ts";
import type { Payment } from "../domain/payment.ts";
import { shareLeft } from "../domain/refund/own-share.ts";
import { currentSetting } from "./change-setting.ts";
import type { Deps } from "./deps.ts";
import { ownChains } from "./own-chains.ts";

/**
 * What this device may still give of a payment; undefined where it has no share but all of it (X10). A new key goes on with
 * the share of the one that it replaced.
 */
export const ownShareLeft = async (
  deps: Pick<Deps, "journal" | "device">,
  payment: Payment | undefined,
): Promise<Money | undefined> => {
  const { sharePercent } = await currentSetting(deps);
  if (payment === undefined || sharePercent === 100) return undefined;
  return shareLeft(payment, sharePercent, await ownChains(deps));
};
