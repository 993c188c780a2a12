import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { emptyBooks, post, type Books } from "../../src/domain/books.ts";
import { CNY } from "../../src/domain/currency.ts";
import type { CaseId, DeviceId, StaffId } from "../../src/domain/ids.ts";
import { instantFromSeconds, secondsOf } from "../../src/domain/instant.ts";
import type { JournalEvent, Recorded, RefundEvent } from "../../src/domain/journal-event.ts";
import { countRisks, riskKinds, type RiskCase, type Risks } from "../../src/domain/risks.ts";
import {
  aCase,
  aCaseId,
  aPaymentEvent,
  aPaymentId,
  aRecorded,
  aRef,
  aRefundEvent,
  aRefundNo,
  aWithdrawEvent,
  at,
  cny,
  device,
  shanghai,
} from "../support/a.ts";

const limits: Readonly<Record<string, number>> = { c1: 20_000, c2: 5_000 };
const people = ["c1", "c2", "s1"] as const;
const payers = ["*明", "*红", undefined] as const;

type Act =
  | { readonly kind: "pay"; readonly payer: (typeof payers)[number] }
  | {
      readonly kind: "refund";
      readonly of: number | undefined;
      readonly minor: number;
      readonly by: (typeof people)[number];
      readonly hour: number;
    }
  | { readonly kind: "approve"; readonly refund: number; readonly by: (typeof people)[number] }
  | { readonly kind: "withdraw"; readonly refund: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant("pay" as const), payer: fc.constantFrom(...payers) }),
  fc.record({
    kind: fc.constant("refund" as const),
    of: fc.option(fc.nat(9), { nil: undefined }),
    minor: fc.constantFrom(0, 100, 4_499, 4_500, 5_000, 5_001, 18_000, 20_000, 20_001),
    by: fc.constantFrom(...people),
    hour: fc.nat(23),
  }),
  fc.record({
    kind: fc.constant("approve" as const),
    refund: fc.nat(9),
    by: fc.constantFrom(...people),
  }),
  fc.record({ kind: fc.constant("withdraw" as const), refund: fc.nat(9) }),
);

/** A journal that somebody might have made: what an act names that is not there is left out. */
const journalOf = (acts: readonly Act[]): readonly Recorded[] => {
  const records: Recorded[] = [];
  const refunds: { readonly seq: number; done: boolean }[] = [];
  const paid: number[] = [];
  const put = (event: JournalEvent, by: string, hour: number, personal?: Recorded["personal"]) => {
    const seconds = secondsOf(at("2026-11-21T16:00:00Z")) + hour * 3600; // Shanghai is eight hours ahead
    const recorded = aRecorded(event, records.length);
    records.push({
      ...recorded,
      staff: by as StaffId,
      at: instantFromSeconds(seconds),
      ...(personal === undefined ? {} : { personal }),
    });
  };
  for (const one of acts)
    switch (one.kind) {
      case "pay":
        paid.push(records.length);
        put(
          aPaymentEvent({ paymentId: aPaymentId(paid.length), amount: cny(9_000_000) }),
          "s1",
          12,
          one.payer === undefined ? undefined : { payer: one.payer },
        );
        break;
      case "refund": {
        const number = refunds.length + 1;
        const of =
          one.of === undefined || paid.length === 0 ? undefined : (one.of % paid.length) + 1;
        const { paymentId: _, ...event } = aRefundEvent({
          caseId: aCaseId(number),
          refundNo: aRefundNo(number),
          amount: cny(one.minor),
          type: one.minor === 0 ? "exchange" : "partial",
          mode: of === undefined ? "unreferenced" : "referenced",
          need: { by: "any", why: [] },
        });
        refunds.push({ seq: records.length, done: false });
        put(of === undefined ? event : { ...event, paymentId: aPaymentId(of) }, one.by, one.hour);
        break;
      }
      case "approve":
      case "withdraw": {
        const refund = refunds[one.refund];
        if (refund === undefined || refund.done) break;
        refund.done = true;
        if (one.kind === "withdraw") put(aWithdrawEvent({ refund: aRef(refund.seq) }), "s1", 12);
        else
          put(
            {
              kind: "decide",
              about: "refund",
              result: "approve",
              method: "pin",
              refund: aRef(refund.seq),
            },
            one.by,
            12,
          );
      }
    }
  return records;
};

const casesOf = (books: Books): readonly RiskCase[] =>
  [...books.cases.values()].map((refundCase) => {
    const payer =
      refundCase.paymentId === undefined
        ? undefined
        : books.payments.get(refundCase.paymentId)?.payer;
    return payer === undefined ? { refundCase } : { refundCase, payer };
  });

const count = (cases: readonly RiskCase[]): Risks =>
  countRisks(cases, {
    zone: shanghai.zone,
    currency: CNY,
    training: false,
    limitOf: (_, staff) => limits[staff],
  });

type Naive = Readonly<Record<(typeof riskKinds)[number], readonly CaseId[]>>;

/** The same questions put to the records one after another, with nothing folded. */
const recount = (records: readonly Recorded[]): Naive => {
  const withdrawn = new Set(
    records.flatMap(({ event }) => (event.kind === "withdraw" ? [event.refund.seq] : [])),
  );
  const refunds = records.filter(
    (one): one is Recorded<RefundEvent> =>
      one.event.kind === "refund" && one.event.amount.minor > 0 && !withdrawn.has(one.ref.seq),
  );
  const payerOf = ({ event: { paymentId } }: Recorded<RefundEvent>): string | undefined =>
    records.find(({ event }) => event.kind === "payment" && event.paymentId === paymentId)?.personal
      ?.payer;
  const pick = (test: (one: Recorded<RefundEvent>) => boolean) =>
    refunds
      .filter(test)
      .map(({ event }) => event.caseId)
      .sort();
  return {
    no_original: pick(({ event }) => event.paymentId === undefined),
    self_approved: pick((one) =>
      records.some(
        ({ event, staff }) =>
          event.kind === "decide" && event.refund?.seq === one.ref.seq && staff === one.staff,
      ),
    ),
    same_payer: pick((one) => {
      const payer = payerOf(one);
      return payer !== undefined && refunds.filter((other) => payerOf(other) === payer).length >= 3;
    }),
    near_limit: pick(({ event, staff }) => {
      const limit = limits[staff];
      return (
        limit !== undefined && event.amount.minor * 10 >= limit * 9 && event.amount.minor <= limit
      );
    }),
    after_hours: pick(({ at: when }) =>
      [23, 0, 1, 2, 3, 4, 5].includes((Number(when.slice(11, 13)) + 8) % 24),
    ),
  };
};

const idsOf = ({ kinds }: Risks): Naive => {
  const ids = (kind: keyof Naive) => kinds[kind].map(({ caseId }) => caseId).sort();
  return {
    no_original: ids("no_original"),
    self_approved: ids("self_approved"),
    same_payer: ids("same_payer"),
    near_limit: ids("near_limit"),
    after_hours: ids("after_hours"),
  };
};

describe("X30 the counters", () => {
  it("equal a naive recount of 300 random journals, whatever the order, and each person's add up to them", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 40 }), (acts) => {
        const records = journalOf(acts);
        const books = emptyBooks();
        for (const recorded of records) post(books, recorded);
        const risks = count(casesOf(books));
        expect(idsOf(risks)).toEqual(recount(records));
        expect(idsOf(count(casesOf(books).toReversed()))).toEqual(idsOf(risks));
        for (const kind of riskKinds) {
          const sum = risks.people.reduce((total, { kinds }) => total + kinds[kind], 0);
          expect(sum).toBe(risks.kinds[kind].length);
          if (sum > 0) seen.add(kind);
        }
      }),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual([...riskKinds].sort());
  });

  it("X40 leave practice out of what is real", () => {
    const [first] = journalOf([{ kind: "refund", of: undefined, minor: 100, by: "c1", hour: 2 }]);
    const books = emptyBooks();
    if (first !== undefined) post(books, { ...first, training: true });
    expect(count(casesOf(books)).count).toBe(0);
  });

  it("name the person by their device: elsewhere the same pseudonym is somebody else", () => {
    const refundCase = aCase();
    const other = { ...refundCase, device: "device-b" as DeviceId };
    const { people: counted } = count([{ refundCase }, { refundCase: other }]);
    expect(counted.map((one) => [one.device, one.count])).toEqual([
      [device, 1],
      ["device-b", 1],
    ]);
  });
});
