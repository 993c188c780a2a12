import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Books } from "../../src/domain/books.ts";
import type { CaseId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { overRefunded, remaining } from "../../src/domain/payment.ts";
import { excessOf } from "../../src/domain/refund/conflict.ts";
import type { SignedRecord } from "../../src/ledger/record.ts";
import { joinRecords, mergeRecords } from "../../src/storage/merge-records.ts";
import { recordsFrom } from "../../src/storage/queries.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { cny, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { fileOf, mergeInto, sameSale } from "../support/merging.ts";
import { caseAt, refundNow, submitNow } from "../support/refunds.ts";
import { anotherTill, twinOf } from "../support/two-tills.ts";
import { runs } from "../support/deep.ts";

const byText = (one: unknown, other: unknown): number => (String(one) < String(other) ? -1 : 1);

const anyAct = fc.record({
  till: fc.nat(3),
  what: fc.constantFrom("refund", "refund", "refund", "withdraw", "submit", "succeed"),
  sale: fc.nat(2),
  minor: fc.integer({ min: 1, max: 9_000 }),
  pick: fc.nat(9),
});

type Act = typeof anyAct extends fc.Arbitrary<infer T> ? T : never;

const act = (till: number, what: Act["what"]): Act => ({
  till,
  what,
  sale: 0,
  minor: 9_000,
  pick: 0,
});

/** Two tills promise the same money and one of it arrives, whatever comes afterwards. */
const always = [act(0, "refund"), act(0, "submit"), act(0, "succeed"), act(1, "refund")];

const someActs = (minLength: number, maxLength: number): fc.Arbitrary<readonly Act[]> =>
  fc.array(anyAct, { minLength, maxLength }).map((acts) => always.concat(acts));

const someTills = async (count: number): Promise<readonly Deps[]> => {
  const shop = await aShop();
  const tills = [shop.deps];
  for (let number = 2; number <= count; number++)
    tills.push(
      await anotherTill(shop, { label: `T${number}`, prefix: `T${number}T${number}T${number}` }),
    );
  return tills;
};

/** Each till works on the same three sales and knows nothing of the others; what is refused is not recorded. */
const work = async (tills: readonly Deps[], acts: readonly Act[]): Promise<void> => {
  const sales = new Map<string, Awaited<ReturnType<typeof sameSale>>>();
  const cases = new Map<Deps, CaseId[]>();
  const steps: Readonly<Record<Act["what"], (deps: Deps, act: Act) => Promise<unknown>>> = {
    refund: async (deps, { sale, minor }) => {
      const order = `ORDER-${sale}`;
      const place = `${deps.device} ${order}`;
      const of = sales.get(place) ?? (await sameSale(deps, order));
      sales.set(place, of);
      const amount = { kind: "partial", amount: cny(minor) } as const;
      const id = await refundNow(deps, { of, amount });
      cases.set(deps, [...(cases.get(deps) ?? []), id]);
    },
    withdraw: async (deps, { pick }) => {
      const own = cases.get(deps) ?? [];
      const id = own[pick % Math.max(1, own.length)];
      if (id !== undefined) await withdrawRefund(deps, id, "customer");
    },
    submit: (deps) => submitNow(deps),
    succeed: async (deps, { pick }) => {
      const own = cases.get(deps) ?? [];
      const id = own[pick % Math.max(1, own.length)];
      if (id === undefined || (await caseAt(deps, id)).money !== "submitted") return;
      const at = instantFromMs(deps.now());
      const report = {
        result: "succeeded",
        by: "portal",
        reference: `CH${id}`,
        evidence: [],
        at,
      } as const;
      valueOf(await recordResult(deps, id, report));
    },
  };
  for (const one of acts) {
    const deps = tills[one.till % tills.length];
    if (deps !== undefined) await steps[one.what](deps, one).catch(() => undefined);
  }
};

const chainOf = async (deps: Deps): Promise<readonly SignedRecord[]> => {
  const all: SignedRecord[] = [];
  for await (const some of recordsFrom(deps.journal.db, deps.device, 0, 9_999)) all.push(...some);
  return all;
};

const take = async (deps: Deps, records: readonly SignedRecord[]): Promise<void> => {
  const joined = valueOf(await joinRecords(deps.journal.db, records));
  valueOf(await mergeRecords(deps.journal, joined, { home: deps.device, attachments: [] }));
};

const holds = (books: Books): void => {
  for (const payment of books.payments.values()) {
    const excess = excessOf(payment);
    const counted = payment.claims.filter(({ standing }) => standing !== "frees");
    const numbers = counted.flatMap((claim) => claim.numbers);
    expect(new Set(numbers).size).toBe(numbers.length);
    const total = counted.reduce((sum, { amount }) => sum + amount.minor, 0);
    expect(overRefunded(payment).minor).toBe(
      Math.max(0, total + payment.external - payment.amount.minor),
    );
    expect(remaining(payment).minor).toBeLessThanOrEqual(
      Math.max(0, payment.amount.minor - payment.external - total),
    );
    for (const { caseId } of counted)
      expect(books.cases.get(caseId)?.conflict).toBe(excess.get(caseId) === "conflict");
  }
};

const met = { conflicts: 0, overRefunds: 0, arrived: 0 };

/** What the random work came to, so that no run proves nothing. */
const tally = ({ payments, cases }: Books): void => {
  for (const payment of payments.values())
    for (const mark of excessOf(payment).values())
      met[mark === "conflict" ? "conflicts" : "overRefunds"] += 1;
  met.arrived += [...cases.values()].filter(({ money }) => money === "succeeded").length;
};

describe("chains of several tills", () => {
  it("invariants 13 and 14: X9 any order, repeated or in pieces, gives the same books, and so does a rebuild", async () => {
    const acts = someActs(4, 18);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 4 }),
        acts,
        fc.array(fc.nat(9), { minLength: 4, maxLength: 12 }),
        async (count, list, dice) => {
          const tills = await someTills(count);
          await work(tills, list);
          const [home, ...others] = tills;
          if (home === undefined) throw new Error("there are tills");
          const chains = await Promise.all(others.map(chainOf));
          const twin = await twinOf(home);
          for (const chain of chains) await take(home, chain);
          const rest = chains.map((chain) => [...chain]);
          for (const die of dice) {
            const chain = rest[die % rest.length];
            const piece = chain?.splice(0, 1 + die) ?? [];
            if (piece.length > 0) await take(twin, piece);
          }
          for (const chain of [...chains].reverse()) await take(twin, chain);
          for (const chain of chains) await take(twin, chain);
          const books = await readBooks(home.journal.db);
          expect(await readBooks(twin.journal.db)).toEqual(books);
          valueOf(await rebuild(twin.journal.db));
          expect(await readBooks(twin.journal.db)).toEqual(books);
          const records = await home.journal.db.records.count();
          expect(records).toBe(
            chains.reduce((sum, chain) => sum + chain.length, (await chainOf(home)).length),
          );
          holds(books);
          tally(books);
        },
      ),
      { numRuns: runs(4, 50), endOnFailure: true },
    );
  }, 300_000);

  it("X9 all tills come to the same refunds and the same conflicts once each has every file", async () => {
    const acts = someActs(4, 14);
    await fc.assert(
      fc.asyncProperty(acts, async (list) => {
        const tills = await someTills(3);
        await work(tills, list);
        for (let round = 0; round < 2; round++) {
          const files = await Promise.all(tills.map((deps) => fileOf(deps)));
          for (const deps of tills)
            for (const [place, file] of files.entries())
              if (tills[place] !== deps) valueOf(await mergeInto(deps, file));
        }
        const all = await Promise.all(tills.map((deps) => readBooks(deps.journal.db)));
        const seen = all.map(({ cases, payments }) => ({
          cases: [...cases.values()]
            .map(({ caseId, money, conflict }) => [caseId, money, conflict])
            .sort(byText),
          left: [...payments.values()]
            .map(({ paymentId, amount, external, claims }) => [paymentId, amount, external, claims])
            .sort(byText),
        }));
        for (const one of seen) expect(one).toEqual(seen[0]);
        all.forEach(holds);
        all.forEach(tally);
      }),
      { numRuns: runs(2, 20), endOnFailure: true },
    );
  }, 300_000);

  afterAll(() => {
    expect(met.conflicts).toBeGreaterThan(0);
    expect(met.arrived).toBeGreaterThan(0);
  });
});
