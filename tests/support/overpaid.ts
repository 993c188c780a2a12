import type { PaymentId } from "../../src/domain/ids.ts";
import { wallClock, type Instant } from "../../src/domain/instant.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { listOverpayments } from "../../src/usecases/list-overpayments.ts";
import type { Overpaid } from "../../src/usecases/move-claim.ts";
import { valueOf } from "./a.ts";
import { aShop, someRows } from "./deps.ts";
import { importOf } from "./money-steps.ts";

/** A shop with a day of payments, of which one is a hundred times too much. */
export const aShopWithMistake = async () => {
  const { deps, clock } = await aShop();
  valueOf(await importOf(deps, someRows(deps)));
  const [about] = (await listOverpayments(deps)).suggested;
  if (about === undefined) throw new Error("nothing was found");
  return { deps, clock, about };
};

export const claimNow = async (deps: Deps, paymentId: PaymentId) =>
  (await deps.journal.db.claims.get(paymentId))?.claim;

const two = (value: number): string => String(value).padStart(2, "0");

/** What the payer would answer. */
export const rightAnswers = async (
  deps: Deps,
  { number = "", at }: Overpaid & { readonly at: Instant },
) => {
  const { hour, minute } = wallClock(at, deps.calendar.zone);
  return { tail: number.slice(-4), minute: `${two(hour)}:${two(minute)}` };
};

export const wrong = { tail: "0000", minute: "03:33" };
