import { newDraft } from "../../src/domain/refund/draft.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { emptyBooks, post, type Books } from "../../src/domain/books.ts";
import { CNY } from "../../src/domain/currency.ts";
import type { BatchId, CaseId, PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { MoneyResult } from "../../src/domain/journal-event.ts";
import { money } from "../../src/domain/money.ts";
import { remaining, reserved, spent, type Payment } from "../../src/domain/payment.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { openRecord, toRecorded } from "../../src/storage/stored-record.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareBatch, recallBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { ledgerHandedOut, prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { recordPayment } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { valueOf } from "../support/a.ts";
import { aShop, someRows } from "../support/deps.ts";
import {
  checkFile,
  importOf,
  newCaseId,
  options,
  quiet,
  verdictOf,
} from "../support/money-steps.ts";

const kinds = [
  "pay",
  "import",
  "elsewhere",
  "full",
  "partial",
  "partial",
  "both_at_once",
  "repeat",
  "withdraw",
  "prepare",
  "prepare",
  "deliver",
  "recall",
  "upload",
  "result",
  "result",
  "ledger",
] as const;

type Act = {
  readonly kind: (typeof kinds)[number];
  readonly which: number;
  readonly minor: number;
};

const anyAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...kinds),
  which: fc.nat(11),
  minor: fc.integer({ min: 1, max: 4000 }),
});

/** A shop with the rows its channels know of; `excused` may be over because a statement said so afterwards. */
type Walk = {
  readonly deps: Deps;
  readonly rows: readonly StatementRow[];
  readonly cases: CaseId[];
  readonly excused: Set<PaymentId>;
};

const rowOf = ({ rows }: Walk, which: number): StatementRow => {
  const row = rows[which % rows.length];
  if (row === undefined) throw new Error("there are rows");
  return row;
};

/** Payments are asked for by either of their numbers. */
const numberOf = (walk: Walk, { which }: Act): string => {
  const row = rowOf(walk, which);
  return which % 2 === 0 ? row.transactionId : row.outTradeNo;
};

const lookUp = async (walk: Walk, act: Act) => {
  const lookup = await findPayment(walk.deps, numberOf(walk, act));
  if (lookup.kind === "several") throw new Error("every number belongs to one payment");
  return lookup.kind === "payment" ? lookup.found : undefined;
};

const refundOf = async (walk: Walk, act: Act, caseId: CaseId) => {
  const found = await lookUp(walk, act);
  if (found === undefined) return undefined;
  const partial = { kind: "partial", amount: money(act.minor, CNY) } as const;
  const amount = act.kind === "full" ? ({ kind: "full" } as const) : partial;
  return recordRefund(walk.deps, found, newDraft({ caseId, reason: "faulty", amount }));
};

const makeRefund = async (walk: Walk, act: Act): Promise<void> => {
  const before = await lookUp(walk, act);
  const caseId = newCaseId(walk.deps);
  const saved = await refundOf(walk, act, caseId);
  if (saved === undefined || before === undefined) return;
  const left = remaining(before.payment).minor;
  expect(saved.ok).toBe(act.kind === "full" ? left > 0 : act.minor <= left);
  if (!saved.ok) return;
  walk.cases.push(caseId);
  const after = await lookUp(walk, act);
  const rest = act.kind === "full" ? 0 : left - act.minor;
  expect(after && remaining(after.payment).minor).toBe(rest);
};

const outcomes: readonly MoneyResult[] = [
  "processing",
  "unknown",
  "needs_action",
  "succeeded",
  "failed",
  "closed",
];
const over: ReadonlySet<string> = new Set(["succeeded", "failed", "closed", "withdrawn"]);

const caseOf = async ({ deps, cases }: Walk, { which }: Act) => {
  const caseId = cases[which % Math.max(1, cases.length)];
  return caseId && (await deps.journal.db.cases.get(caseId));
};

const tellResult = async (walk: Walk, act: Act): Promise<void> => {
  const known = await caseOf(walk, act);
  // what comes after a final state is evidence, and may be over
  if (known === undefined || over.has(known.refundCase.money ?? "")) return;
  const { deps } = walk;
  const result = outcomes[act.minor % outcomes.length] ?? "unknown";
  const at = instantFromMs(deps.now() - 1000);
  const report = { result, by: "portal", at, reference: `REF${act.minor}`, evidence: [] } as const;
  await recordResult(deps, known.caseId, report);
};

const batchOf = async ({ deps }: Walk, { which }: Act): Promise<BatchId> => {
  const batches = await deps.journal.db.batches.toArray();
  return batches[which % Math.max(1, batches.length)]?.batchId ?? ("none" as BatchId);
};

const importElsewhere = async (walk: Walk, act: Act): Promise<void> => {
  const row = rowOf(walk, act.which);
  const minor = Math.min(act.minor, row.minor);
  const outside = { ...row, kind: "refund", minor, refundNo: `PORTAL${act.which}` } as const;
  const digest = hashText(JSON.stringify(outside));
  const before = await lookUp(walk, act);
  await importOf(walk.deps, [{ ...outside, digest }], `elsewhere ${digest}`);
  if (before !== undefined) walk.excused.add(before.payment.paymentId);
};

const pay = async (walk: Walk, act: Act): Promise<void> => {
  const row = rowOf(walk, act.which);
  await recordPayment(walk.deps, {
    amount: money(row.minor, CNY),
    channel: row.channel,
    acquirer: row.acquirer,
    state: "paid",
    paidAt: row.at,
    number: { name: "out_trade_no", text: row.outTradeNo },
    proof: act.minor % 2 === 0 ? "slip" : "own_sale",
  });
};

/** Two windows confirm different refunds of one payment in the same moment. */
const refundTwice = async (walk: Walk, act: Act): Promise<void> => {
  const both = [newCaseId(walk.deps), newCaseId(walk.deps)] as const;
  const made = await Promise.all(both.map((one) => refundOf(walk, act, one)));
  for (const [index, one] of both.entries()) if (made[index]?.ok === true) walk.cases.push(one);
};

/** The same intent again is answered with the first record. */
const repeat = async (walk: Walk, act: Act): Promise<void> => {
  const known = await caseOf(walk, act);
  const again = known && (await refundOf(walk, act, known.caseId));
  if (again === undefined) return;
  expect(valueOf(again).records.at(-1)?.hash).toBe(known?.refundCase.attempts[0]?.hash);
};

const exportLedger = async ({ deps }: Walk, act: Act): Promise<void> => {
  const scope = act.minor % 2 === 0 ? "new" : "all";
  const file = valueOf(await prepareLedgerFile(deps, { scope, ...quiet }));
  if (act.which % 2 === 0) await ledgerHandedOut(deps, file);
};

const even = <T>({ minor }: Act, one: T, other: T): T => (minor % 2 === 0 ? one : other);

const does: Readonly<Record<Act["kind"], (walk: Walk, act: Act) => Promise<unknown>>> = {
  pay,
  import: (walk, { which }) => importOf(walk.deps, walk.rows.slice(which % 5), `bill ${which % 5}`),
  elsewhere: importElsewhere,
  full: makeRefund,
  partial: makeRefund,
  both_at_once: refundTwice,
  repeat,
  withdraw: async (walk, act) => {
    const known = await caseOf(walk, act);
    return known && withdrawRefund(walk.deps, known.caseId, "customer");
  },
  prepare: ({ deps }, act) =>
    prepareBatch(deps, even(act, "refund-list-csv", "wechat-batch-txt"), options),
  deliver: async (walk, act) =>
    reportDelivery(walk.deps, await batchOf(walk, act), even(act, "shared", "saved")),
  recall: async (walk, act) => recallBatch(walk.deps, await batchOf(walk, act)),
  upload: async (walk, act) => reportUpload(walk.deps, await batchOf(walk, act), "商户平台"),
  result: tellResult,
  ledger: exportLedger,
};

/** All records of the journal, folded from their stored bytes alone. */
const replay = async ({ journal: { db } }: Deps): Promise<Books> => {
  const books = emptyBooks();
  let iat: number | undefined;
  for (const record of await db.records.toArray()) {
    const stored = openRecord(record);
    if (stored === undefined) throw new Error(`record ${record.seq} cannot be read`);
    const recorded = toRecorded(stored, iat);
    iat = stored.iat;
    if (recorded !== undefined) post(books, recorded);
  }
  return books;
};

const claimed = (payment: Payment): number => reserved(payment).minor + spent(payment).minor;

/** M5 and, for the tables, refund-model.md §12.13. */
const check = async ({ deps, excused }: Walk): Promise<void> => {
  const books = await readBooks(deps.journal.db);
  expect(books).toEqual(await replay(deps));
  for (const payment of books.payments.values())
    if (!excused.has(payment.paymentId))
      expect(claimed(payment)).toBeLessThanOrEqual(payment.amount.minor - payment.external);
};

const begin = async (): Promise<Walk> => {
  const { deps } = await aShop();
  return { deps, rows: someRows(deps).slice(0, 6), cases: [], excused: new Set() };
};

const walkAll = async (acts: readonly Act[]): Promise<void> => {
  const walk = await begin();
  for (const act of acts) {
    await does[act.kind](walk, act);
    await check(walk);
  }
  const { deps, excused } = walk;
  const before = await readBooks(deps.journal.db);
  valueOf(await rebuild(deps.journal.db));
  expect(await readBooks(deps.journal.db)).toEqual(before);
  const findings = await checkFile(deps);
  const allowed = excused.size > 0 ? new Set(["F_SALE_OVERREFUND"]) : new Set();
  expect(findings.filter((code) => !allowed.has(code))).toEqual([]);
  const rest = valueOf(await prepareLedgerFile(deps, { scope: "new", ...quiet }));
  expect((await verdictOf(deps, rest.file.bytes)).filter((code) => code.startsWith("E_"))).toEqual(
    [],
  );
};

describe("any sequence of what people do", () => {
  it("M5 M6 R17 never refunds more than was paid, tells one story in all tables, and verifies", async () => {
    const acts = fc.array(anyAct, { minLength: 8, maxLength: 30, size: "max" });
    await fc.assert(fc.asyncProperty(acts, walkAll), { numRuns: 40 });
  }, 180_000);
});
