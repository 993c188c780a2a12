import { doneTasks, type PracticeTask } from "../domain/practice-tasks.ts";
import { practiceRows } from "../domain/practice-day.ts";
import { isZero, money } from "../domain/money.ts";
import { remaining } from "../domain/payment.ts";
import { given } from "../domain/given.ts";
import { addSeconds, businessDate, instantFromMs } from "../domain/instant.ts";
import type { CaseId } from "../domain/ids.ts";
import { ulid } from "../domain/ids.ts";
import { newOddRows } from "../domain/overpay/odd-rows.ts";
import { packBlock } from "../domain/statements/statement-block.ts";
import type { ReadRow, StatementRow } from "../domain/statements/statement-row.ts";
import { hashText } from "../ledger/base64url.ts";
import { recentStatementRows } from "../storage/find-in-statements.ts";
import { listCases, listRefusals } from "../storage/queries.ts";
import { beginImport, finishImport, saveBlocks } from "../storage/save-statement.ts";
import type { Deps } from "./deps.ts";
import { newDraft } from "../domain/refund/draft.ts";
import { findPayment } from "./find-payment.ts";
import { planOf, recordEvents } from "./record-event.ts";
import { recordRefund } from "./record-refund.ts";
import { recordResult } from "./record-result.ts";

const withDigest = (row: ReadRow): StatementRow => ({
  ...row,
  digest: hashText(JSON.stringify(row)),
});

const rowsOf = (deps: Deps): readonly StatementRow[] =>
  practiceRows(instantFromMs(deps.now()), deps.calendar).map(withDigest);

const periodOf = (deps: Deps, rows: readonly StatementRow[]) => {
  const days = rows.map((row) => businessDate(row.at, deps.calendar)).sort();
  const [first] = days;
  const last = days.at(-1);
  return first === undefined || last === undefined ? undefined : ([first, last] as const);
};

const importRows = async (deps: Deps, rows: readonly StatementRow[]): Promise<void> => {
  const { db } = deps.journal;
  const importId = ulid(deps.now(), deps.random(10));
  const digest = hashText(JSON.stringify(rows));
  await beginImport(db, { importId, name: "practice", acquirer: "wechatpay" });
  await saveBlocks(db, importId, 0, [packBlock(rows)]);
  const total = rows.reduce((sum, row) => sum + row.minor, 0);
  const sums = { CNY: [total, 0] } as const;
  const event = {
    kind: "import",
    file: digest,
    rows: rows.length,
    acquirer: "wechatpay",
    format: "practice",
    sums,
    ...given("period", periodOf(deps, rows)),
  } as const;
  const saved = await recordEvents<never>(deps, async () => planOf(event));
  const record = saved.ok ? saved.value.records[0] : undefined;
  if (record === undefined) return;
  const { device, seq } = record;
  const odd = newOddRows({});
  rows.forEach(odd.take);
  const made = { record: { device, seq }, digest, acquirer: "wechatpay", odd: odd.finish() };
  await finishImport(db, importId, made);
};

type Example = {
  readonly row: number;
  readonly reason: string;
  readonly minor?: number;
  readonly arrived?: boolean;
};

/** Refunds that a practice day begins with: one that arrived late, one full, one in part. */
const examples: readonly Example[] = [
  { row: 9, reason: "faulty", arrived: true },
  { row: 5, reason: "wrong_size" },
  { row: 3, reason: "overpaid", minor: 450 },
];

const refundOne = async (deps: Deps, row: StatementRow, example: Example): Promise<void> => {
  const lookup = await findPayment(deps, row.transactionId);
  if (lookup.kind !== "payment") return;
  const caseId = ulid(deps.now(), deps.random(10)) as CaseId;
  const amount =
    example.minor === undefined
      ? ({ kind: "full" } as const)
      : ({ kind: "partial", amount: money(example.minor, row.currency) } as const);
  const draft = newDraft({ caseId, amount, reason: example.reason });
  const saved = await recordRefund(deps, lookup.found, draft);
  if (!saved.ok || example.arrived !== true) return;
  const at = addSeconds(instantFromMs(deps.now()), -60);
  await recordResult(deps, caseId, { result: "succeeded", by: "cust", at, evidence: [] });
};

/** The number that 用示例 stands for: the newest payment that nobody refunded yet. */
export const practiceSample = async (deps: Deps): Promise<string | undefined> => {
  const rows = await recentStatementRows(deps.journal.db, { limit: 40 });
  for (const { row } of rows) {
    const lookup = await findPayment(deps, row.transactionId);
    if (lookup.kind === "payment" && !isZero(remaining(lookup.found.payment)))
      return row.transactionId;
  }
  return undefined;
};

const mostLooked = 200;

/** The guided tasks that are done; the refunds a practice day begins with, which are the oldest, show none. */
export const readPracticeTasks = async ({
  journal: { db },
}: Pick<Deps, "journal">): Promise<ReadonlySet<PracticeTask>> => {
  const newest = await listCases(db, { limit: mostLooked });
  const own = newest.length < mostLooked ? newest.slice(0, -examples.length) : newest;
  return doneTasks(own, (await listRefusals(db, { limit: 1 })).length > 0);
};

/** Fills an empty practice shop with a day of payments and three refunds; everything is marked as practice. */
export const seedPractice = async (deps: Deps): Promise<void> => {
  const rows = rowsOf(deps);
  await importRows(deps, rows);
  for (const example of examples) {
    const row = rows[example.row];
    if (row !== undefined) await refundOne(deps, row, example);
  }
};
