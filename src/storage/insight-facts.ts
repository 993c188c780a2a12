import { given } from "../domain/given.ts";
import type { InsightCase } from "../domain/insights.ts";
import type { DeviceId, StaffId } from "../domain/ids.ts";
import { secondsOf, type BusinessDate, type Instant } from "../domain/instant.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { RiskCase } from "../domain/risks.ts";
import { readBlock } from "../domain/statements/statement-block.ts";
import { blockFields } from "../domain/statements/statement-index.ts";
import type { StatementRow } from "../domain/statements/statement-row.ts";
import { casesBetween } from "./cases-between.ts";
import type { Database } from "./database.ts";
import { lowest } from "./paging.ts";
import { importsHere } from "./reconcile-facts.ts";
import { blockList, searchedImports, type BlockList } from "./statement-index.ts";

type Time = readonly [from: Instant, before: Instant];

/** A refund with what its payment says of it. */
export type ReportedCase = InsightCase & RiskCase;

const reported = (refundCase: RefundCase, payment: Payment | undefined): ReportedCase => ({
  refundCase,
  ...given("channel", payment?.channel),
  ...given("payer", payment?.payer),
});

/** Every case that was recorded in a time, some after the other, with the channel of its payment and who paid. */
export async function* reportedCases(
  db: Database,
  time: Time,
): AsyncGenerator<readonly ReportedCase[], void, undefined> {
  for await (const cases of casesBetween(db, time)) {
    const ids = [...new Set(cases.flatMap(({ paymentId }) => paymentId ?? []))];
    const rows = await db.payments.bulkGet(ids);
    const payments = new Map(rows.map((row) => [row?.paymentId, row?.payment]));
    yield cases.map((refundCase) => reported(refundCase, payments.get(refundCase.paymentId)));
  }
}

/** How many requests were declined in a time, by one person in some chains or by all. */
export const countRefusals = (
  db: Database,
  [from, before]: Time,
  by: { readonly staff: StaffId; readonly own: readonly DeviceId[] } | undefined,
): Promise<number> =>
  db.refusals
    .where("[at+ref]")
    .between([from, lowest], [before, lowest])
    .filter(
      ({ refusal: { staff, ref } }) =>
        by === undefined || (staff === by.staff && by.own.includes(ref.device)),
    )
    .count();

/** Blocks of 160 rows: of more than 320,000 payments no daily sums are made. */
const mostBlocks = 2_000;

const blocksOf = ({ fields }: BlockList, [from, before]: Time): readonly number[] => {
  const [first, end] = [secondsOf(from), secondsOf(before)];
  const found: number[] = [];
  for (let at = 0; at < fields.length; at += blockFields)
    if ((fields[at + 2] ?? 0) < end && (fields[at + 3] ?? 0) >= first) found.push(at / blockFields);
  return found;
};

/** The payments that statements show of a time, a block after the other; undefined where there are too many to add up. */
export const findPaidBetween = async (
  db: Database,
  time: Time,
): Promise<AsyncGenerator<readonly StatementRow[], void, undefined> | undefined> => {
  const imports = [...(await searchedImports(db)).keys()];
  const found: (readonly [importId: string, block: number])[] = [];
  for (const importId of imports)
    for (const block of blocksOf(await blockList(db, importId), time))
      found.push([importId, block]);
  return found.length > mostBlocks ? undefined : readPaid(db, found);
};

async function* readPaid(
  db: Database,
  blocks: readonly (readonly [importId: string, block: number])[],
): AsyncGenerator<readonly StatementRow[], void, undefined> {
  for (const [importId, block] of blocks) {
    const packed = await db.statementBlocks.get([importId, block]);
    if (packed !== undefined) yield readBlock(packed).filter(({ kind }) => kind === "payment");
  }
}

/** What the statements that lie wholly in these days say was paid and refunded, in minor units. */
export const statementSums = async (
  db: Database,
  currency: string,
  [from, to]: readonly [from: BusinessDate, to: BusinessDate],
): Promise<{ readonly files: number; readonly paid: number; readonly refunded: number }> => {
  const inTime = (await importsHere(db)).filter(
    ({ event: { period } }) => period !== undefined && period[0] >= from && period[1] <= to,
  );
  const sums = inTime.map(({ event }) => event.sums[currency] ?? [0, 0]);
  return {
    files: inTime.length,
    paid: sums.reduce((total, [paid]) => total + paid, 0),
    refunded: sums.reduce((total, [, refunded]) => total + refunded, 0),
  };
};
