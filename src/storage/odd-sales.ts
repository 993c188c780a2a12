import type { UsualSales } from "../domain/overpay/find-overpaid.ts";
import type { OddRow } from "../domain/overpay/odd-rows.ts";
import type { Database } from "./database.ts";
import { completeImports } from "./save-statement.ts";

/** What the last sales of the newest statements cost. */
export const usualSales = async (db: Database): Promise<UsualSales> => {
  const imports = [...(await completeImports(db)).values()];
  return Object.assign({}, ...imports.map(({ odd }) => odd?.usual ?? {})) as UsualSales;
};

/** Payments of the statements here that look like a mistake. */
export const oddRows = async (db: Database): Promise<readonly OddRow[]> =>
  [...(await completeImports(db)).values()].flatMap(({ odd }) => odd?.suspects ?? []);
