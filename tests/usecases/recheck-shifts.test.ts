import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { CaseId, PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { writeAmount } from "../../src/domain/money.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import type { CloseEvent } from "../../src/domain/shift.ts";
import { closeShift, noCash } from "../../src/usecases/close-shift.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { readShift } from "../../src/usecases/read-shift.ts";
import { raiseGrades } from "../../src/usecases/raise-grades.ts";
import { recheckShifts } from "../../src/usecases/recheck-shifts.ts";
import { recordResult, retractResult } from "../../src/usecases/record-result.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { cny, valueOf } from "../support/a.ts";
import { runs, seed } from "../support/deep.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { aRow, importOf, quiet } from "../support/money-steps.ts";
import { asClerk, caseAt, paymentAt, payNow, refundNow } from "../support/refunds.ts";

const channels = ["wechat", "alipay", "unionpay"] as const;

/** One thing that happens in a shift; `which` picks among what is there. */
const act = fc.record({
  kind: fc.constantFrom(
    "pay",
    "refund",
    "cash",
    "hand_out",
    "hand_out",
    "take_back",
    "withdraw",
    "void",
    "hear",
    "raise",
    "clerk",
    "clock",
    "close",
  ),
  minor: fc.integer({ min: 1, max: 9_000 }),
  which: fc.nat(50),
});

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const day = fc.record({
  acts: fc.array(act, { maxLength: 8 }),
  open: fc.integer({ min: 0, max: 50_000 }),
  takings: fc.integer({ min: 0, max: 90_000 }),
  off: fc.constantFrom(0, 0, -300, 250),
  counts: fc.boolean(),
});

type Day = typeof day extends fc.Arbitrary<infer T> ? T : never;

/** A payment that was typed in; one with a row was typed in without its channel, until a statement says it. */
type Paid = { id: PaymentId; channel: string; left: number; row?: StatementRow };

/** What a person with a pencil would have noted of the shift that runs. */
type Note = {
  readonly made: (readonly [Pick<Paid, "channel">, number])[];
  readonly handedOut: Map<CaseId, number>;
};

type Walk = {
  readonly shop: TestShop;
  readonly deps: Deps;
  readonly payments: Paid[];
  readonly cash: CaseId[];
  readonly wallet: CaseId[];
  readonly gone: Set<CaseId>;
  note: Note;
  readonly closes: Partial<CloseEvent>[];
};

const emptyNote = (): Note => ({ made: [], handedOut: new Map() });

const pick = <T>(from: readonly T[], which: number): T | undefined => from[which % from.length];

const payByHand = async ({ deps, payments }: Walk): Promise<void> => {
  const name = `HAND-${payments.length}`;
  const row = aRow(deps, { outTradeNo: name, transactionId: `42${name}`, minor: 36_000 });
  const number = { name: "out_trade_no", text: name } as const;
  const id = await payNow(deps, { channel: "other", number });
  payments.push({ id, channel: "other", left: 36_000, row });
};

const raise = async ({ deps, payments }: Walk, { which }: Act): Promise<void> => {
  const payment = pick(
    payments.filter(({ row }) => row !== undefined),
    which,
  );
  if (payment?.row === undefined) return;
  valueOf(await importOf(deps, [payment.row], payment.id));
  await raiseGrades(deps, [await paymentAt(deps, payment.id)]);
  payment.channel = "wechat";
  delete payment.row;
};

const pay = async (walk: Walk, { which }: Act): Promise<void> => {
  const { deps, payments } = walk;
  if (which % 4 === 3) return payByHand(walk);
  const channel = channels[which % channels.length] ?? "wechat";
  const acquirer = channel === "wechat" ? "wechatpay" : channel;
  payments.push({ id: await payNow(deps, { channel, acquirer }), channel, left: 36_000 });
};

/** By channel, as its payment names it when the shift is closed. */
const sumsOf = ({ made }: Note): Readonly<Record<string, readonly [number, number]>> => {
  const sums: Record<string, [number, number]> = {};
  for (const [{ channel }, minor] of made) {
    const [count, sum] = sums[channel] ?? [0, 0];
    sums[channel] = [count + 1, sum + minor];
  }
  return sums;
};

const refund = async (walk: Walk, { kind, minor, which }: Act): Promise<void> => {
  const payment = pick(walk.payments, which);
  if (payment === undefined || payment.left < minor) return;
  const part = { amount: { kind: "partial", amount: cny(minor) } } as const;
  const cash = { destination: "cash", note: "顾客要现金" } as const;
  const by = kind === "clerk" ? asClerk(walk.deps) : walk.deps;
  const draft = { of: payment.id, ...part, ...(kind === "cash" ? cash : {}) };
  (kind === "cash" ? walk.cash : walk.wallet).push(await refundNow(by, draft));
  payment.left -= minor;
  walk.note.made.push([payment, minor]);
};

const voidWhole = async (walk: Walk): Promise<void> => {
  const sinceMidnight = (walk.shop.clock.ms + 8 * 3_600_000) % 86_400_000;
  if (sinceMidnight < 120_000 || sinceMidnight > 86_280_000) return; // its payment is of the day before
  const of = await payNow(walk.deps, { acquirer: "chinaums", channel: "unionpay" });
  await refundNow(walk.deps, { of, type: "void" });
  walk.note.made.push([{ channel: "unionpay" }, 36_000]);
};

const handOut = async ({ deps, cash, gone, note }: Walk, { which }: Act): Promise<void> => {
  const caseId = pick(cash, which);
  if (caseId === undefined) return;
  const told = { result: "succeeded", by: "cust", at: instantFromMs(deps.now()) } as const;
  const done = await recordResult(deps, caseId, { ...told, evidence: [] });
  if (!done.ok || gone.has(caseId)) return;
  gone.add(caseId);
  note.handedOut.set(caseId, latestAttempt(await caseAt(deps, caseId)).amount.minor);
};

/** Only where it was told once: of two words one still stands. */
const takeBack = async ({ deps, gone, note }: Walk, { which }: Act): Promise<void> => {
  const caseId = pick([...gone], which);
  if (caseId === undefined) return;
  const { steps } = latestAttempt(await caseAt(deps, caseId));
  const told = steps.filter(({ kind, state }) => kind === "result" && state === "succeeded");
  const [first] = told;
  if (first === undefined || told.length > 1) return;
  if (!(await retractResult(deps, caseId, first.ref, "记错了")).ok) return;
  gone.delete(caseId);
  note.handedOut.delete(caseId);
};

const hear = async ({ deps, wallet }: Walk, { which }: Act): Promise<void> => {
  const caseId = pick(wallet, which);
  const at = instantFromMs(deps.now());
  const told = {
    result: "succeeded",
    by: "portal",
    reference: "503021",
    evidence: [],
    at,
  } as const;
  if (caseId !== undefined) await recordResult(deps, caseId, told);
};

const close = async (walk: Walk, { open, takings, off, counts }: Day): Promise<void> => {
  const { deps, note } = walk;
  const paidOut = [...note.handedOut.values()].reduce((all, minor) => all + minor, 0);
  const expected = open + takings - paidOut;
  const counted = Math.max(0, expected + off);
  const typed = [open, takings, counted].map((minor) => writeAmount(cny(minor)));
  const [first = "", second = "", third = ""] = typed;
  const cash = { open: first, takings: second, counted: third, reason: "数过两遍" };
  valueOf(await closeShift(deps, counts ? cash : noCash));
  walk.closes.push({
    refunds: note.made.length,
    ...(note.made.length === 0 ? {} : { channels: { CNY: sumsOf(note) } }),
    ...(counts ? { cash: { CNY: [open, takings, paidOut, expected, counted] } } : {}),
  });
  walk.note = emptyNote();
};

const doOne = async (walk: Walk, one: Act, of: Day): Promise<void> => {
  const { deps, shop, cash, wallet } = walk;
  switch (one.kind) {
    case "pay":
      return pay(walk, one);
    case "refund":
    case "cash":
    case "clerk":
      return refund(walk, one);
    case "hand_out":
      return handOut(walk, one);
    case "take_back":
      return takeBack(walk, one);
    case "withdraw": {
      const caseId = pick([...wallet, ...cash], one.which);
      if (caseId !== undefined) await withdrawRefund(deps, caseId, "customer");
      return undefined;
    }
    case "void":
      return voidWhole(walk);
    case "hear":
      return hear(walk, one);
    case "raise":
      return raise(walk, one);
    case "clock":
      shop.clock.ms += (one.which - 25) * 1_800_000;
      return undefined;
    case "close":
      return close(walk, of);
  }
};

const walkDays = async (days: readonly Day[]): Promise<Walk> => {
  const shop = await aShop();
  const deps = { ...shop.deps, sinceStart: () => [1, 1_000] as const };
  const walk: Walk = {
    shop,
    deps,
    payments: [],
    cash: [],
    wallet: [],
    gone: new Set(),
    note: emptyNote(),
    closes: [],
  };
  for (const one of days) {
    await pay(walk, { kind: "pay", minor: 1, which: one.open });
    for (const what of one.acts) await doOne(walk, what, one);
    await close(walk, one);
    shop.clock.ms += 86_400_000 - 3_600_000;
  }
  return walk;
};

describe("every close of random days", () => {
  it(
    "X38 R52 invariant 28: is what a pencil would note, and the journal gives it again",
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(day, { minLength: runs(15, 100), maxLength: runs(15, 100) }),
          async (days) => {
            const { deps, closes } = await walkDays(days);
            const checked = valueOf(await recheckShifts(deps, quiet));
            const events = checked.map((one) => one.close.event).reverse();
            expect(events).toHaveLength(closes.length);
            for (const [index, event] of events.entries()) {
              const { kind: _, day: __, ...told } = event;
              expect(told).toEqual(closes[index]);
            }
            expect(checked.flatMap(({ differences }) => differences)).toEqual([]);
            expect((await readShift(deps)).refunds).toBe(0);
          },
        ),
        { numRuns: runs(4, 100), seed, endOnFailure: true },
      );
    },
    runs(120_000, 7_200_000),
  );
});
