import { formersOf } from "../domain/books.ts";
import type { Money } from "../domain/money.ts";
import type { Payment } from "../domain/payment.ts";
import { shareLeft } from "../domain/refund/own-share.ts";
import { listDevices } from "../storage/queries.ts";
import { currentSetting } from "./change-setting.ts";
import type { Deps } from "./deps.ts";

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
  const formers = formersOf(await listDevices(deps.journal.db), deps.device);
  return shareLeft(payment, sharePercent, [deps.device, ...formers]);
};
