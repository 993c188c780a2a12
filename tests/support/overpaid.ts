import { listOverpayments } from "../../src/usecases/list-overpayments.ts";
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
