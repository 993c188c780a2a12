import { emptyBooks, post, type Books } from "../../src/domain/books.ts";
import { parseRefundNumber } from "../../src/domain/refund-number.ts";
import { overRefunded, remaining } from "../../src/domain/payment.ts";
import { type RefundCase } from "../../src/domain/refund/case.ts";
import { attentionOf } from "../../src/domain/refund/case-state.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { SignedRecord } from "../../src/ledger/record.ts";
import type { CaseRow, PaymentRow } from "../../src/storage/rows.ts";
import { follows, openRecord, toRecorded } from "../../src/storage/stored-record.ts";
import { expect, screen, type App } from "../e2e/support/app.ts";
import { badge, fact, openCase } from "../e2e/support/journey.ts";
import { rowsOf } from "../e2e/support/journal.ts";
import {
  balanceOf,
  latest,
  leftOf,
  shownOf,
  stateOf,
  type CaseModel,
  type PaymentModel,
  type Shop,
} from "./walk-model.ts";

/** The journal as the browser keeps it, and the books it makes when it is read here from its first record. */
export type Read = {
  readonly records: readonly SignedRecord[];
  readonly kinds: readonly string[];
  readonly books: Books;
};

/** Reads every record again: signed bytes, places and links first, then what they say. */
export const readJournal = async (app: App): Promise<Read> => {
  const rows = [...(await rowsOf<SignedRecord>(app, "records"))].sort((a, b) => a.seq - b.seq);
  const books = emptyBooks();
  let before: SignedRecord | undefined;
  let iatBefore: number | undefined;
  for (const row of rows) {
    const stored = openRecord(row);
    if (stored === undefined) throw new Error(`record ${row.seq} cannot be read`);
    if (!follows(stored, before)) throw new Error(`record ${row.seq} does not follow`);
    const recorded = toRecorded(stored, iatBefore);
    if (recorded === undefined) throw new Error(`record ${row.seq} says nothing`);
    expect(recorded.clockBack, `clock at ${row.seq}`).toBe(
      iatBefore !== undefined && stored.iat < iatBefore,
    );
    post(books, recorded);
    before = row;
    iatBefore = stored.iat;
  }
  return { records: rows, kinds: rows.map(({ kind }) => kind), books };
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Invariant 13: what stands in the tables is what the records say. */
const checkTables = async (app: App, { books }: Read): Promise<void> => {
  const cases = await rowsOf<CaseRow>(app, "cases");
  const payments = await rowsOf<PaymentRow>(app, "payments");
  expect(plain(Object.fromEntries(cases.map((row) => [row.caseId, row.refundCase])))).toEqual(
    plain(Object.fromEntries(books.cases)),
  );
  expect(plain(Object.fromEntries(payments.map((row) => [row.paymentId, row.payment])))).toEqual(
    plain(Object.fromEntries(books.payments)),
  );
};

/** Invariants 1 and 4: no more is promised than was paid, but where money came twice, and then it is flagged. */
const checkBalances = (books: Books, shop: Shop): void => {
  const now = instantFromMs(Date.now());
  for (const payment of books.payments.values()) {
    const known = shop.payments.find(({ number }) =>
      Object.values(payment.numbers).includes(number),
    );
    if (known === undefined) throw new Error(`nobody paid ${payment.paymentId}`);
    expect(remaining(payment).minor, `left of ${known.number}`).toBe(leftOf(shop, known));
    const over = overRefunded(payment).minor;
    expect(over, `over ${known.number}`).toBe(Math.max(0, -balanceOf(shop, known)));
    if (over === 0) continue;
    expect(known.excused, `${known.number} promises ${over} too much`).toBe(true);
    const flagged = [...books.cases.values()].filter(
      (one) =>
        one.paymentId === payment.paymentId &&
        attentionOf(one, payment, now).includes("over_refund"),
    );
    expect(flagged.length).toBeGreaterThan(0);
  }
};

/** Invariants 9, 10, 11: numbers are good and never used twice, attempts have no holes, amounts stay. */
const checkAttempts = (cases: readonly RefundCase[], shop: Shop): void => {
  const numbers = cases.flatMap(({ attempts }) => attempts.map(({ refundNo }) => refundNo));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.filter((number) => !parseRefundNumber(number).ok)).toEqual([]);
  expect(cases.length).toBe(shop.cases.length);
  for (const one of cases) {
    const known = shop.cases.find(({ id }) => id === one.caseId);
    if (known === undefined) throw new Error(`nobody asked for ${one.caseId}`);
    expect(
      one.attempts.map(({ number, money, amount }) => [number, money, amount.minor]),
      `attempts of ${one.caseId}`,
    ).toEqual(known.attempts.map((tried, at) => [at + 1, stateOf(tried), tried.amount]));
    expect(
      [one.goods, one.replacementGiven, one.lines !== undefined],
      `goods of ${one.caseId}`,
    ).toEqual([known.goods, known.given, known.lines]);
  }
};

/** Invariants 16, 17, 25: one open batch at most, nothing unallowed in it, arrived only with evidence. */
const checkEvidence = ({ books }: Read): void => {
  const open = [...books.batches.values()].filter(({ state }) => state === "created");
  const inside = open.flatMap(({ refunds }) => refunds.map(({ seq }) => seq));
  expect(new Set(inside).size).toBe(inside.length);
  for (const { attempts } of books.cases.values())
    for (const { money, steps, batchId, approval } of attempts) {
      if (batchId !== undefined) expect(["approved", "not_required"]).toContain(approval);
      if (money !== "succeeded") continue;
      const told = steps.filter((step) => step.kind === "result" && step.state === "succeeded");
      expect(told.map((step) => step.kind === "result" && step.by)).not.toContain("staff");
      expect(told.length).toBeGreaterThan(0);
    }
};

/** Invariant 22: nobody decides about their own request. */
const checkDeciders = (cases: readonly RefundCase[]): void => {
  for (const { requestedBy, history } of cases)
    for (const { told, staff } of history)
      if (told.kind === "decided" && told.about === "refund") expect(staff).not.toBe(requestedBy);
};

/** Everything of refund-model.md §12 that can be seen from outside after a step. */
export const checkBooks = async (app: App, read: Read, shop: Shop): Promise<void> => {
  const cases = [...read.books.cases.values()];
  await checkTables(app, read);
  checkBalances(read.books, shop);
  checkAttempts(cases, shop);
  checkEvidence(read);
  checkDeciders(cases);
};

/** Every page has a name for the window, a name of its own, and one heading. */
export const checkPage = async (app: App): Promise<void> => {
  await expect(app.page.locator("main[data-screen]")).toHaveCount(1);
  await expect(app.page.locator("h1")).toHaveCount(1);
  await expect(app.page.locator("h1")).not.toHaveText("");
  const name = app.t("app.title", { title: "" });
  await expect.poll(() => app.page.title()).toContain(name);
  expect((await app.page.title()).length).toBeGreaterThan(name.length);
  expect(app.problems).toEqual([]);
};

/** The page of a refund says its state, its amount and what is left of its payment. */
export const checkCase = async (app: App, shop: Shop, one: CaseModel): Promise<void> => {
  await openCase(app, one.id);
  await expect(badge(app)).toHaveText(app.t(`state.${shownOf(one)}`));
  await expect(screen(app, "D1").locator(".case-head .amount")).toHaveAttribute(
    "value",
    ((latest(one).amount + one.due) / 100).toFixed(2),
  );
  await expect(fact(app, app.t("records.field.left"))).toHaveText(
    app.yuan(leftOf(shop, one.payment)),
  );
  await checkPage(app);
};

/** The editor of a payment offers what is left, or says that nothing is. */
export const checkEditor = async (app: App, shop: Shop, payment: PaymentModel): Promise<void> => {
  const left = leftOf(shop, payment);
  if (left === 0) {
    const last = shop.cases.some((one) => one.payment === payment);
    expect(last).toBe(true);
    await expect(screen(app, "R1")).toContainText(app.t("refund.gate.fully_refunded"));
  } else await expect(screen(app, "R1").locator(".ocard-left")).toContainText(app.yuan(left));
  await checkPage(app);
};
