import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { emptyBooks, post, type Books } from "../../../src/domain/books.ts";
import type { DeviceId } from "../../../src/domain/ids.ts";
import type { Recorded } from "../../../src/domain/journal-event.ts";
import { overRefunded, remaining, reserved, spent } from "../../../src/domain/payment.ts";
import { anyPlot, type Plot } from "./act.ts";
import { emptyModel, groupOf, sumsOf, tell, type Model } from "./model.ts";
import { begin, step } from "./step.ts";
import { isDeep, seed } from "../../support/deep.ts";
import type { Shop } from "./walk.ts";

const shops: readonly Shop[] = [
  ["device-a", "R7K2Q4"],
  ["device-b", "B00001"],
  ["device-c", "C9ZZZ9"],
].map(([device = "", prefix = ""]) => ({ device: device as DeviceId, prefix, training: false }));

/** The journal of one device that knew nothing of the others. */
const chainOf = (shop: Shop, { acts }: Plot): readonly Recorded[] =>
  acts.reduce((walk, act) => step(walk, act).after, begin(shop)).records;

/** All records in one order of many: the dice say which chain goes on; within a chain nothing moves. */
const interleave = (
  chains: readonly (readonly Recorded[])[],
  dice: readonly number[],
): readonly Recorded[] => {
  const rest = chains.map((chain) => [...chain]);
  const all: Recorded[] = [];
  for (let throws = 0; rest.some((chain) => chain.length > 0); throws++) {
    const open = rest.filter((chain) => chain.length > 0);
    const next = open[(dice[throws % dice.length] ?? 0) % open.length]?.shift();
    if (next !== undefined) all.push(next);
  }
  return all;
};

type Merged = { readonly books: Books; readonly model: Model };

const mergedIn = (records: readonly Recorded[]): Merged => {
  const books = emptyBooks(shops[0]?.device);
  for (const recorded of records) post(books, recorded);
  return { books, model: records.reduce(tell, emptyModel) };
};

/** Everything that the books say; in which order their rows came does not count. */
const factsOf = ({ books: { tales: _tales, ...books } }: Merged) => books;

/** Statements agree on what was paid; where they do not, the newest one counts, and "newest" is a matter of order. */
const statementsAgree = ({ model }: Merged, paymentId: Parameters<typeof sumsOf>[1]): boolean => {
  const group = groupOf(model, paymentId);
  const told = model.versions
    .map(({ event }) => event)
    .filter((event) => event.source === "import" && group.has(event.paymentId));
  return new Set(told.map(({ amount }) => amount.minor)).size < 2;
};

let posted = 0;

describe(`chains of three devices, with seed ${seed}`, () => {
  it("invariant 13: X9 come to the same cases and sums in any order that keeps each chain's own", () => {
    const dice = fc.array(fc.nat(5), { minLength: 7, maxLength: 40 });
    const plots = fc.tuple(anyPlot, anyPlot, anyPlot);
    fc.assert(
      fc.property(plots, dice, dice, (three, one, other) => {
        const chains = shops.map((shop, place) => chainOf(shop, three[place] ?? three[0]));
        const [first, second] = [one, other].map((order) => interleave(chains, order));
        const [merged, again] = [mergedIn(first ?? []), mergedIn(second ?? [])];
        posted += first?.length ?? 0;
        expect(isDeepStrictEqual(factsOf(merged), factsOf(again))).toBe(true);
        for (const [paymentId, payment] of merged.books.payments) {
          const { left, over, reserved: waits, spent: gone } = sumsOf(merged.model, paymentId);
          expect([reserved(payment).minor, spent(payment).minor]).toEqual([waits, gone]);
          if (!statementsAgree(merged, paymentId)) continue;
          expect(overRefunded(payment).minor).toBe(over);
          expect(remaining(payment).minor).toBeLessThanOrEqual(left);
        }
      }),
      { numRuns: isDeep ? 900 : 20, seed },
    );
  }, 3_600_000);

  afterAll(() => {
    expect(posted).toBeGreaterThan(isDeep ? 100_000 : 1_000);
  });
});
