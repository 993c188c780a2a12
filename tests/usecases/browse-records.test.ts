import { beforeEach, describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { browsePayments } from "../../src/usecases/browse-payments.ts";
import {
  browseRefunds,
  searchTerms,
  type RefundsWanted,
} from "../../src/usecases/browse-refunds.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { readCase } from "../../src/usecases/read-case.ts";
import { parseReceipt } from "../../src/ledger/receipt-text.ts";
import {
  aCaseId,
  anOpenTill,
  newBrowser,
  payment,
  refund,
  transactionId,
  valueOf,
  write,
  type Till,
} from "../storage/a-till.ts";
import { shanghai } from "../support/a.ts";

beforeEach(newBrowser);

const amounts = [500, 1_000, 3_600];

/** Three payments of ¥100.00, each refunded in part. */
const aTillWithRefunds = async (): Promise<Till> => {
  const till = await anOpenTill();
  for (const [index, minor] of amounts.entries()) {
    const number = index + 1;
    valueOf(await write(till, [payment(number)]));
    const plan = { number, payment: number, minor, left: 10_000, counter: index };
    valueOf(await write(till, [refund(till, plan)]));
  }
  return till;
};

const depsOf = (till: Till, ms = till.seconds * 1000): Deps =>
  ({
    journal: till.journal,
    device: till.key.kid,
    calendar: shanghai,
    now: () => ms,
  }) as unknown as Deps;

const wanted: RefundsWanted = { search: "", currency: CNY, today: false, states: [], limit: 50 };

const minorsOf = async (till: Till, over: Partial<RefundsWanted>, ms?: number) => {
  const found = await browseRefunds(depsOf(till, ms), { ...wanted, ...over });
  return found.rows.map(({ refundCase }) => refundCase.amount.minor);
};

describe("searchTerms", () => {
  it("takes four digits for an amount and for the end of a number, a comma or letters never for an amount", () => {
    expect(searchTerms("7890", CNY)).toEqual([
      { kind: "amount", minor: 789_000 },
      { kind: "number", text: "7890" },
    ]);
    expect(searchTerms(" 36.5 ", CNY)).toEqual([
      { kind: "amount", minor: 3_650 },
      { kind: "number", text: "36.5" },
    ]);
    expect(searchTerms("36", CNY)).toEqual([{ kind: "amount", minor: 3_600 }]);
    expect(searchTerms("001X 23", CNY)).toEqual([{ kind: "number", text: "001X23" }]);
    expect(searchTerms("  ", CNY)).toEqual([]);
  });
});

describe("browseRefunds", () => {
  it("lists the newest first with what was paid for, and tells whether there is more", async () => {
    const till = await aTillWithRefunds();
    expect(await minorsOf(till, {})).toEqual([3_600, 1_000, 500]);
    const first = await browseRefunds(depsOf(till), { ...wanted, limit: 2 });
    expect(first.rows.map(({ payment: paid }) => paid?.amount.minor)).toEqual([10_000, 10_000]);
    expect(first.more).toBe(true);
    expect((await browseRefunds(depsOf(till), { ...wanted, limit: 3 })).more).toBe(false);
  });

  it("lets only the chosen states through, also while searching", async () => {
    const till = await aTillWithRefunds();
    expect(await minorsOf(till, { states: ["ready"] })).toHaveLength(3);
    expect(await minorsOf(till, { states: ["exported", "submitted"] })).toEqual([]);
    expect(await minorsOf(till, { states: ["withdrawn"], search: "36" })).toEqual([]);
  });

  it("finds by amount, by the end of the payment's number and by refund number", async () => {
    const till = await aTillWithRefunds();
    expect(await minorsOf(till, { search: "36" })).toEqual([3_600]);
    expect(await minorsOf(till, { search: transactionId(2).slice(-6) })).toEqual([1_000]);
    const { rows } = await browseRefunds(depsOf(till), wanted);
    const number = rows[0]?.refundCase.attempts[0]?.refundNo ?? "";
    expect(await minorsOf(till, { search: number })).toEqual([3_600]);
    expect(await minorsOf(till, { search: "99999" })).toEqual([]);
  });

  it("shows only the stall's own day when asked for today", async () => {
    const till = await aTillWithRefunds();
    expect(await minorsOf(till, { today: true })).toHaveLength(3);
    expect(await minorsOf(till, { today: true }, (till.seconds + 2 * 86_400) * 1000)).toEqual([]);
  });
});

describe("browsePayments", () => {
  const wantedPayments = { search: "", currency: CNY, limit: 50 };

  it("lists payments newest first, each with its latest refund", async () => {
    const till = await aTillWithRefunds();
    valueOf(await write(till, [payment(4, 700)]));
    const { rows, more } = await browsePayments(depsOf(till), wantedPayments);
    const shown = rows.flatMap((row) => (row.kind === "recorded" ? [row] : []));
    expect(shown.map((row) => row.latest?.amount.minor)).toEqual([undefined, 3_600, 1_000, 500]);
    expect(more).toBe(false);
  });

  it("goes on while the page is full, and ends", async () => {
    const till = await aTillWithRefunds();
    const first = await browsePayments(depsOf(till), { ...wantedPayments, limit: 2 });
    expect(first).toMatchObject({ more: true });
    expect(first.rows).toHaveLength(2);
    expect((await browsePayments(depsOf(till), { ...wantedPayments, limit: 4 })).more).toBe(false);
  });

  it("finds a payment by amount and by the end of its number", async () => {
    const till = await aTillWithRefunds();
    valueOf(await write(till, [payment(4, 700)]));
    const find = async (search: string) =>
      (await browsePayments(depsOf(till), { ...wantedPayments, search })).rows.length;
    expect(await find("7")).toBe(1);
    expect(await find(transactionId(3).slice(-8))).toBe(1);
    expect(await find("8.88")).toBe(0);
  });
});

describe("readCase", () => {
  const page = "https://refund.example/";

  it("gives both codes of the same signed record, and the line under them", async () => {
    const till = await aTillWithRefunds();
    const file = await readCase(depsOf(till), aCaseId(1), page);
    const paper = parseReceipt(file?.codes?.paper ?? "");
    expect(paper.ok).toBe(true);
    expect(parseReceipt(file?.codes?.screen ?? "")).toEqual(paper);
    expect(file?.codes?.place).toBe("T1-000004");
    expect(file?.codes?.short).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  });

  it("names the other refunds of the payment and not the case itself", async () => {
    const till = await aTillWithRefunds();
    const plan = { number: 9, payment: 1, minor: 200, left: 9_500, counter: 7 };
    valueOf(await write(till, [refund(till, plan)]));
    const file = await readCase(depsOf(till), aCaseId(1), page);
    expect(file?.others.map(({ caseId }) => caseId)).toEqual([aCaseId(9)]);
  });

  it("is undefined for a refund that is not here", async () => {
    const till = await anOpenTill();
    expect(await readCase(depsOf(till), "nobody", page)).toBeUndefined();
  });
});
