import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addSeconds } from "../../../src/domain/instant.ts";
import type { JournalEvent, MoneyResult } from "../../../src/domain/journal-event.ts";
import { remaining, reserved, spent } from "../../../src/domain/payment.ts";
import { aPaymentId } from "../../support/a.ts";
import {
  anyAct,
  beginWalk,
  calmAct,
  claimedOf,
  paid,
  replay,
  step,
  type Act,
  type Walk,
} from "../../support/walk.ts";
import { runs } from "../../support/deep.ts";

/** The plain model: counters of what was signed and what was heard, and nothing of the code under test. */
type Heard = { readonly seq: number; readonly rank: number };
type Counter = {
  readonly payment: string;
  readonly amount: number;
  left: boolean;
  withdrawn: boolean;
  heard: readonly Heard[];
};
type Model = { readonly counters: Map<number, Counter>; readonly external: Map<string, number> };

const rankOf: Readonly<Record<MoneyResult, number>> = {
  reversed: 3,
  succeeded: 2,
  failed: 1,
  closed: 1,
  processing: 0,
  needs_action: 0,
  unknown: 0,
  abnormal: 0,
};

/** 3 bounced, 2 arrived, 1 refused, 0 nobody knows. */
const rankHeard = ({ heard }: Counter): number => Math.max(0, ...heard.map(({ rank }) => rank));

const countMoney = (model: Model, event: JournalEvent & { kind: "money" }, seq: number): void => {
  for (const ref of event.refunds) {
    const counter = model.counters.get(ref.seq);
    if (counter === undefined) throw new Error("the model knows every refund");
    if (event.state === "retracted") {
      counter.heard = counter.heard.filter((heard) => heard.seq !== event.retracts?.seq);
    } else if (event.state === "exported" || event.state === "submitted") {
      counter.left = true;
    } else if (event.state === "ready") {
      counter.left = false;
    } else {
      const rank = rankOf[event.state];
      if (counter.left || rank >= 2) counter.heard = [...counter.heard, { seq, rank }];
    }
  }
};

const count = (model: Model, event: JournalEvent, seq: number): void => {
  if (event.kind === "refund") {
    const payment = event.paymentId ?? "";
    const amount = event.amount.minor;
    model.counters.set(seq, { payment, amount, left: false, withdrawn: false, heard: [] });
  }
  if (event.kind === "withdraw") {
    const counter = model.counters.get(event.refund.seq);
    if (counter === undefined || counter.left) throw new Error("withdrew what had left");
    counter.withdrawn = true;
  }
  if (event.kind === "money") countMoney(model, event, seq);
  if (event.kind === "payment") {
    const known = model.external.get(event.paymentId) ?? 0;
    model.external.set(event.paymentId, Math.max(known, event.external ?? 0));
  }
};

const sumOf = (model: Model, payment: string, counts: (counter: Counter) => boolean): number =>
  [...model.counters.values()]
    .filter((counter) => counter.payment === payment && counts(counter))
    .reduce((total, counter) => total + counter.amount, 0);

const expected = (model: Model, payment: string, worth: number): readonly number[] => {
  const reserving = sumOf(
    model,
    payment,
    (counter) => rankHeard(counter) === 0 && !counter.withdrawn,
  );
  const arrived = sumOf(model, payment, (counter) => rankHeard(counter) === 2);
  const external = model.external.get(payment) ?? 0;
  return [reserving, arrived, Math.max(0, worth - external - reserving - arrived)];
};

const found = ({ books }: Walk, index: number): readonly number[] => {
  const payment = books.payments.get(aPaymentId(index));
  if (payment === undefined) throw new Error("the walk has every payment");
  return [reserved(payment).minor, spent(payment).minor, remaining(payment).minor];
};

const paymentOf = (walk: Walk, act: Act): number => {
  const all = [...walk.books.payments.keys()];
  return all.indexOf(aPaymentId(act.which % all.length));
};

/** Evidence may show that more went out than was paid; a command of ours never may. */
const isEvidence = (event: JournalEvent): boolean =>
  event.kind === "payment" ||
  (event.kind === "money" && !["exported", "submitted", "ready"].includes(event.state));

/** A refund is recorded if and only if it fits what is left. */
const checkAccepted = (act: Act, left: number, event: JournalEvent | undefined): void => {
  if (act.kind !== "full" && act.kind !== "partial") return;
  const fits = act.kind === "full" ? left > 0 : act.amount > 0 && act.amount <= left;
  if ((event !== undefined) === fits) return;
  throw new Error(`${fits ? "refused" : "accepted"} ${act.kind} ${act.amount} with ${left} left`);
};

/** The record says which balance it found and left, and full leaves none. */
const checkSigned = (act: Act, left: number, event: JournalEvent | undefined): void => {
  if (event?.kind !== "refund" || event.attempt > 1) return;
  const after = left - event.amount.minor;
  if (act.kind === "full" && after !== 0) throw new Error("full is not the rest");
  if ((event.type === "full") !== (after === 0)) throw new Error(`${event.type} leaves ${after}`);
  if (!isDeepStrictEqual(event.remaining, [left, after])) throw new Error("signed balances differ");
};

const totalOf = ({ books }: Walk, index: number): number => {
  const payment = books.payments.get(aPaymentId(index));
  return payment === undefined ? 0 : claimedOf(payment);
};

/** The most that a payment may have promised after an act, when it had promised this much before. */
const ceiling = (worth: number, earlier: number, event: JournalEvent | undefined): number =>
  event !== undefined && isEvidence(event) ? Infinity : Math.max(worth, earlier);

let steps = 0;

const checkStep = (before: Walk, after: Walk, act: Act, event: JournalEvent | undefined): void => {
  const left = found(before, paymentOf(before, act))[2] ?? 0;
  checkAccepted(act, left, event);
  checkSigned(act, left, event);
  for (const [index, worth] of paid.entries())
    if (totalOf(after, index) > ceiling(worth, totalOf(before, index), event))
      throw new Error(`${act.kind} promises ${totalOf(after, index)} of ${worth}`);
};

const checkCounters = (walk: Walk, model: Model): void => {
  for (const [index, worth] of paid.entries()) {
    const numbers = found(walk, index).join();
    const wanted = expected(model, aPaymentId(index), worth).join();
    if (numbers !== wanted) throw new Error(`the books say ${numbers}, the counters ${wanted}`);
  }
};

const walkThrough = (acts: readonly Act[], check: (walk: Walk) => void = () => {}): Walk => {
  let walk = beginWalk();
  const model: Model = { counters: new Map(), external: new Map() };
  for (const act of acts) {
    steps += 1;
    const payments = new Map(walk.books.payments);
    const before = { records: walk.records, books: { ...walk.books, payments } };
    const next = step(walk, act);
    if (next.event !== undefined) count(model, next.event, walk.records.length);
    checkStep(before, next.walk, act, next.event);
    checkCounters(next.walk, model);
    check(next.walk);
    walk = next.walk;
  }
  return walk;
};

/** What holds after every step as long as no answer frees money that comes after all. */
const withinPaid = (walk: Walk): void => {
  for (const [index, worth] of paid.entries())
    if (totalOf(walk, index) > worth) throw new Error(`${totalOf(walk, index)} of ${worth}`);
};

const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
const walks = (act: fc.Arbitrary<Act>): fc.Arbitrary<Act[]> =>
  fc.array(act, { minLength: 5, maxLength: 60, size: "max" });

const sumsOf = (walk: Walk): readonly (readonly number[])[] =>
  paid.map((_, index) => found(walk, index).concat(totalOf(walk, index)));

describe(`the balance, with seed ${seed}`, () => {
  it("X2 R17 F42 never promises more than was paid while answers come once and in time", () => {
    fc.assert(
      fc.property(walks(calmAct), (acts) => {
        walkThrough(acts, withinPaid);
      }),
      { numRuns: runs(250, 3_000), seed },
    );
  }, 300_000);

  it("X2 X7 X9 F42 follows plain counters through late, repeated, wrong and foreign results", () => {
    fc.assert(
      fc.property(walks(anyAct), (acts) => {
        walkThrough(acts);
      }),
      { numRuns: runs(400, 3_000), seed },
    );
  }, 300_000);

  it("X9 makes the same books from the records alone, however often", () => {
    fc.assert(
      fc.property(walks(anyAct), (acts) => {
        const { records, books } = walkThrough(acts);
        expect(isDeepStrictEqual(replay(records), books)).toBe(true);
        expect(isDeepStrictEqual(replay(structuredClone(records)), books)).toBe(true);
      }),
      { numRuns: runs(100, 1_000), seed },
    );
  }, 300_000);

  it("X3 keeps every sum when the clock of every record is moved by years", () => {
    const years = fc.array(fc.integer({ min: -5, max: 50 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(walks(anyAct), years, (acts, moves) => {
        const walk = walkThrough(acts);
        const moved = walk.records.map((recorded, index) =>
          Object.assign({}, recorded, {
            at: addSeconds(recorded.at, (moves[index % moves.length] ?? 0) * 31_536_000),
          }),
        );
        const later = { records: moved, books: replay(moved) };
        expect(sumsOf(later)).toEqual(sumsOf(walk));
      }),
      { numRuns: runs(60, 500), seed },
    );
  }, 300_000);

  it("walked far enough to mean something", () => {
    expect(steps).toBeGreaterThan(runs(10_000, 100_000));
  });
});
