import { givesBack } from "../statements/statement-block.ts";
import type { StatementRow } from "../statements/statement-row.ts";
import { newOverpaidFinder, type UsualSales } from "./find-overpaid.ts";
import type { Suspicion } from "./suspicion.ts";

/** A payment of a statement that looks like a mistake. */
export type OddRow = Suspicion & { readonly row: StatementRow };

/** What was found in a file, and what its last sales cost. */
export type OddRows = { readonly suspects: readonly OddRow[]; readonly usual: UsualSales };

const numberOf = ({ transactionId, outTradeNo }: StatementRow): string =>
  transactionId === "" ? outTradeNo : transactionId;

/** A text of its own: a part keeps the whole piece of the file that it was cut out of in memory. */
const copyOf = (part: string): string => JSON.parse(JSON.stringify(part)) as string;

/** Looks at the rows of a file as they are read; what the file itself shows to be given back needs nobody. */
export const newOddRows = (usual: UsualSales) => {
  const finder = newOverpaidFinder<StatementRow>(usual);
  const returned = new Set<string>();
  return {
    take: (row: StatementRow): void => {
      if (row.kind === "payment" && row.minor > 0) finder.take(row);
      else if (givesBack(row)) returned.add(copyOf(numberOf(row)));
    },
    finish: (): OddRows => ({
      suspects: finder
        .finish()
        .filter(({ sale }) => !returned.has(numberOf(sale)))
        .map(({ sale, suspicion }) => Object.assign({ row: sale }, suspicion)),
      usual: finder.usual(),
    }),
  };
};
