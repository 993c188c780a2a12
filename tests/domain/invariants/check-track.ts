import { isDeepStrictEqual } from "node:util";
import { emptyBooks, post, type Books } from "../../../src/domain/books.ts";
import type { GoodsLine, JournalEvent } from "../../../src/domain/journal-event.ts";
import { touchedBy } from "../../../src/domain/touched.ts";
import type { Attempt } from "../../../src/domain/refund/attempt.ts";
import { attentionOf } from "../../../src/domain/refund/case-state.ts";
import type { RefundCase } from "../../../src/domain/refund/case.ts";
import { demand, refundsIn, type Check } from "./check-balance.ts";
import { heardRank, isProven, nameOf, standing, type Claim, type Model } from "./model.ts";
import type { Step } from "./step.ts";
import { replay, type Walk } from "./walk.ts";

const attemptsOf = ({ books }: Walk): readonly { refundCase: RefundCase; attempt: Attempt }[] =>
  [...books.cases.values()].flatMap((refundCase) =>
    refundCase.attempts.map((attempt) => ({ refundCase, attempt })),
  );

const claimOf = (model: Model, { record }: Attempt): Claim => {
  const claim = model.claims.get(nameOf(record));
  if (claim === undefined) throw new Error("an attempt that nobody signed");
  return claim;
};

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** ISO/IEC 7064 MOD 37,36 read as a sum: the whole number with its check character leaves 1. */
export const hasGoodCheck = (number: string): boolean => {
  const product = Array.from(number.slice(0, -1)).reduce((carried, character) => {
    const sum = (carried + alphabet.indexOf(character)) % 36;
    return ((sum === 0 ? 36 : sum) * 2) % 37;
  }, 36);
  return (product + alphabet.indexOf(number.at(-1) ?? "")) % 36 === 1;
};

export const numbers: Check = (step) => {
  for (const { event } of refundsIn(step)) {
    const { refundNo } = event;
    demand(
      /^[0-9A-Z]{16,28}$/.test(refundNo) && hasGoodCheck(refundNo),
      "a bad number",
      () => event,
    );
    const used = [...step.before.model.claims.values()].some(
      ({ signed }) => signed.event.refundNo === refundNo,
    );
    demand(!used, "a number twice", () => event);
  }
};

/** A new number only for a new case, or after the attempt before ended without money (X4). */
const checkNext = (model: Model, { event }: ReturnType<typeof refundsIn>[number]): void => {
  const own = [...model.claims.values()].filter(
    ({ signed }) => signed.event.caseId === event.caseId,
  );
  demand(own.length === event.attempt - 1, "attempts have holes", () => event);
  const named = event.previous === undefined ? "" : nameOf(event.previous);
  const previous = own.find(({ ref }) => ref === named);
  demand((previous === undefined) === (event.attempt === 1), "no attempt before", () => event);
  if (previous === undefined) return;
  const ended = heardRank(previous) === 1;
  demand(ended, "a new number while the old one lives", () => ({ event, previous }));
  demand(previous.signed.event.attempt === event.attempt - 1, "skips an attempt", () => event);
};

export const attempts: Check = (step) => {
  for (const refund of refundsIn(step)) checkNext(step.before.model, refund);
  if (["resend", "export", "upload", "report", "row"].includes(step.act.kind))
    demand(refundsIn(step).length === 0, "a new number where the old one is sent again");
  for (const refundCase of step.after.books.cases.values()) {
    const told = refundCase.attempts.map(({ number }) => number);
    const wanted = told.map((_, place) => place + 1);
    demand(isDeepStrictEqual(told, wanted), "attempts are not 1 to n", () => told);
  }
};

const signedLines = (lines: readonly GoodsLine[] = []): readonly unknown[] =>
  lines.map(({ index, quantity, amount, name, sku }) => [index, quantity, amount, name, sku]);

/** What was signed of an attempt is what the books and the balance of its payment still say of it. */
const checkSigned = ({ after }: Step, refundCase: RefundCase, attempt: Attempt): void => {
  const { signed } = claimOf(after.model, attempt);
  const { event } = signed;
  const facts = [
    [attempt.refundNo, event.refundNo],
    [attempt.amount, event.amount],
    [attempt.hash, signed.hash],
    [attempt.mode, event.mode],
    [attempt.number, event.attempt],
    [refundCase.caseId, event.caseId],
    [refundCase.paymentId, event.paymentId],
    [refundCase.destination, event.destination],
    [refundCase.amount.currency, event.amount.currency],
  ];
  for (const [told, wanted] of facts)
    demand(isDeepStrictEqual(told, wanted), "a signed fact changed", () => ({ told, wanted }));
  if (event.paymentId === undefined) return;
  const claim = after.books.payments
    .get(event.paymentId)
    ?.claims.find((one) => one.caseId === event.caseId && one.attempt === event.attempt);
  demand(isDeepStrictEqual(claim?.amount, event.amount), "a claim changed", () => ({
    claim,
    event,
  }));
  const [told, wanted] = [signedLines(claim?.lines), signedLines(event.lines)];
  demand(isDeepStrictEqual(told, wanted), "lines changed", () => ({ told, wanted }));
};

export const signedFacts: Check = (step) => {
  for (const { refundCase, attempt } of attemptsOf(step.after))
    checkSigned(step, refundCase, attempt);
  for (const { event } of step.recorded) {
    if (event.kind !== "payment") continue;
    const older = step.before.model.versions.filter(
      ({ event: known }) => known.paymentId === event.paymentId,
    );
    const named = event.replaces === undefined ? undefined : nameOf(event.replaces);
    const wanted = older.at(-1)?.ref;
    demand(named === (wanted && nameOf(wanted)), "a correction does not name what it corrects");
  }
};

/** The books are what the records say, and nothing else. */
export const fold: Check = ({ after }) => {
  demand(isDeepStrictEqual(replay(after.records), after.books), "a replay makes other books");
};

const keep = <K, V>(from: ReadonlyMap<K, V>, to: Map<K, V>, keys: Iterable<K>): void => {
  for (const key of keys) {
    const value = from.get(key);
    if (value !== undefined) to.set(key, value);
  }
};

/** The rows that an event is said to touch, found as the store finds them. */
const windowOn = (books: Books, event: JournalEvent): Books => {
  const { cases, payments, refunds, refusals, batches, staff } = touchedBy(event);
  const part = emptyBooks();
  keep(books.caseOf, part.caseOf, refunds.map(nameOf));
  keep(books.cases, part.cases, [...cases, ...part.caseOf.values()]);
  const own = [...part.cases.values()];
  keep(books.payments, part.payments, [
    ...payments,
    ...own.flatMap(({ paymentId }) => paymentId ?? []),
  ]);
  const others = [...part.payments.values()].flatMap(({ same }) => same);
  keep(books.payments, part.payments, others);
  const inside = own.flatMap(({ attempts: all }) => all.flatMap(({ batchId }) => batchId ?? []));
  keep(books.batches, part.batches, [...batches, ...inside]);
  keep(books.refusals, part.refusals, refusals.map(nameOf));
  keep(books.staff, part.staff, staff);
  return part;
};

type Tables = Readonly<Record<string, ReadonlyMap<unknown, unknown>>>;

const tablesOf = ({ home: _home, formers: _formers, tales: _tales, ...tables }: Books): Tables =>
  tables;

/** A record written on the few rows it touches makes the rows that it makes in whole books, and no other changes. */
export const touched: Check = ({ before, after, recorded }) => {
  const [only] = recorded;
  if (only === undefined || recorded.length > 1) return;
  const part = windowOn(before.books, only.event);
  post(part, only);
  const [old, written, whole] = [before.books, part, after.books].map(tablesOf);
  for (const [name, rows] of Object.entries(whole ?? {}))
    for (const [key, row] of rows) {
      const told =
        written?.[name]?.has(key) === true ? written[name].get(key) : old?.[name]?.get(key);
      demand(told === row || isDeepStrictEqual(told, row), "a row is not touched", () => ({
        name,
        key,
      }));
    }
};

/** Money that came late is taken, flagged, and counted against whatever was given away meanwhile. */
const checkLate = ({ before, after, recorded }: Step, claim: Claim): void => {
  const known = before.model.claims.get(claim.ref);
  const came = recorded.some(
    ({ event }) =>
      event.kind === "money" &&
      event.state === "succeeded" &&
      event.refunds.some((ref) => nameOf(ref) === claim.ref),
  );
  const isLate = came && known !== undefined && standing(known) === "frees";
  if (!isLate || standing(claim) !== "spends") return;
  const { caseId, paymentId } = claim.signed.event;
  const refundCase = after.books.cases.get(caseId);
  const payment = paymentId === undefined ? undefined : after.books.payments.get(paymentId);
  if (refundCase === undefined) throw new Error("a case is gone");
  const flags = attentionOf(refundCase, payment, after.now);
  demand(flags.includes("late_success"), "a late success is not flagged", () => ({ claim, flags }));
};

export const late: Check = (step) => {
  const { after } = step;
  for (const { attempt } of attemptsOf(after)) {
    const claim = claimOf(after.model, attempt);
    const came = standing(claim) === "spends";
    demand(came === (attempt.money === "succeeded"), "a success is ignored", () => claim);
    checkLate(step, claim);
  }
};

export const evidence: Check = ({ after }) => {
  for (const { attempt } of attemptsOf(after)) {
    if (attempt.money !== "succeeded") continue;
    const proofs = claimOf(after.model, attempt).heard.filter(
      ({ state, event }) => state === "succeeded" && isProven(event),
    );
    demand(proofs.length > 0, "succeeded without evidence", () => attempt);
  }
};

/** A slip is printed again under the next number, and nothing that was signed is signed again. */
export const prints: Check = ({ before, after, recorded }) => {
  for (const [caseId, refundCase] of after.books.cases) {
    const wanted = after.model.prints.get(caseId) ?? 0;
    demand(refundCase.copies === wanted, "copies", () => ({ wanted, refundCase }));
  }
  for (const { event } of recorded) {
    if (event.kind !== "notice") continue;
    demand(recorded.length === 1, "a print signs more than itself");
    for (const [caseId, refundCase] of after.books.cases)
      demand(
        isDeepStrictEqual(before.books.cases.get(caseId)?.attempts, refundCase.attempts),
        "a print changes a refund",
      );
  }
};
