import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { post, type Books } from "../../src/domain/books.ts";
import { firstOwner } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { overRefunded, type Payment } from "../../src/domain/payment.ts";
import { attentionOf } from "../../src/domain/refund/case-state.ts";
import type { RefundCase } from "../../src/domain/refund/case.ts";
import { standingOf } from "../../src/domain/refund/money-track.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { openRecord, toRecorded } from "../../src/storage/stored-record.ts";
import { actingAs } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { valueOf } from "../support/a.ts";
import { findingsOf } from "../support/journal-watch.ts";
import { quiet, verdictOf } from "../support/money-steps.ts";
import { personOf, settled } from "../support/people.ts";
import {
  ask,
  askAgain,
  askFreely,
  askTwice,
  askTwo,
  bringStatement,
  decline,
  elsewhere,
  lookedUp,
  pay,
  payAnew,
  reopenDeclined,
} from "../support/shop-walk-ask.ts";
import { works } from "../support/shop-walk-work.ts";
import { actOf, beginShop, type Act, type ShopWalk } from "../support/shop-walk.ts";
import { isDeep, runs, seed } from "../support/deep.ts";

const does: Readonly<Record<string, (walk: ShopWalk, act: Act<string>) => Promise<unknown>>> = {
  ...works,
  pay,
  pay_anew: payAnew,
  looked_up: lookedUp,
  import: bringStatement,
  elsewhere,
  full: ask,
  partial: ask,
  return: ask,
  exchange: ask,
  goods: ask,
  void: ask,
  cash: ask,
  other_way: ask,
  two_at_once: askTwo,
  twice_at_once: askTwice,
  again: askAgain,
  freely: askFreely,
  decline,
  reopen_declined: reopenDeclined,
};

/** What happens most is listed most. */
const often =
  "pay pay_anew pay_anew partial partial full void goods return exchange cash prepare prepare " +
  "deliver deliver recall recall recall_left upload hand_in hand_in hear hear hear hear hear decide " +
  "decide decide decide reopen goods_back goods_back retry retry retry void_refused resend " +
  "retract switch switch switch switch";

const anyAct = actOf([...Object.keys(does), ...`${often} ${often} ${often}`.split(" ")]);

/** What the records say by themselves, taken further by those that are new. */
const replay = async ({ deps, told }: ShopWalk): Promise<Books> => {
  const { db } = deps.journal;
  const fresh = await db.records.where("[device+seq]").above([deps.device, told.seq]).toArray();
  for (const record of fresh) {
    const stored = openRecord(record);
    if (stored === undefined) throw new Error(`record ${record.seq} cannot be read`);
    const recorded = toRecorded(stored, told.iat);
    told.iat = stored.iat;
    told.seq = record.seq;
    if (recorded !== undefined) post(told.books, recorded);
  }
  return told.books;
};

const casesOf = ({ cases }: Books, payment: Payment): readonly RefundCase[] =>
  [...cases.values()].filter(({ paymentId }) => paymentId === payment.paymentId);

const counts = ({ money }: RefundCase): boolean =>
  money !== undefined && standingOf(money) !== "frees";

/** More than was paid is on its way only where facts came afterwards, and then every refund of it says so (invariant 1). */
const checkBalances = ({ deps, excused, over }: ShopWalk, books: Books): void => {
  const now = instantFromMs(deps.now());
  for (const payment of books.payments.values()) {
    if (overRefunded(payment).minor === 0) continue;
    expect(excused).toContain(payment.paymentId);
    const counted = casesOf(books, payment).filter(counts);
    for (const refundCase of counted)
      expect(attentionOf(refundCase, payment, now)).toContain("over_refund");
    if (counted.length > 0) over.add(payment.paymentId);
  }
};

/** One case is one request, one attempt one number, and nothing is further than it was approved. */
const checkCases = ({ cases: asked }: ShopWalk, { cases }: Books): void => {
  expect(cases.size).toBe(asked.length);
  const attempts = [...cases.values()].flatMap((refundCase) => refundCase.attempts);
  expect(new Set(attempts.map(({ refundNo }) => refundNo)).size).toBe(attempts.length);
  for (const { approval, money, batchId } of attempts)
    if (approval === "pending" || approval === "rejected") {
      expect(["pending_approval", "withdrawn", "succeeded", "reversed"]).toContain(money);
      expect(batchId).toBeUndefined();
    }
};

/** Rows keep what the records say, not how it was told. */
const factsOf = ({ home: _home, tales: _tales, ...facts }: Books) => facts;

const check = async (walk: ShopWalk): Promise<void> => {
  await settled(walk.deps);
  const books = await readBooks(walk.deps.journal.db);
  expect(factsOf(books)).toEqual(factsOf(await replay(walk)));
  checkBalances(walk, books);
  checkCases(walk, books);
};

/** What the walk did on purpose may be found, nothing else; more than was paid must be. */
const checkFindings = (
  { over, unapproved, alone }: ShopWalk,
  findings: readonly string[],
): void => {
  const codes = new Set(findings.map((finding) => finding.split(" ")[0]));
  expect(codes.has("F_SALE_OVERREFUND")).toBe(over.size > 0);
  expect(codes.has("F_PAID_UNAPPROVED")).toBe(unapproved.told);
  expect(codes.has("F_SELF_APPROVED")).toBe(alone.told);
  const onPurpose = ["F_SALE_OVERREFUND", "F_PAID_UNAPPROVED", "F_SELF_APPROVED"];
  for (const code of [...onPurpose, "W_CLOCK_BACK", "W_CLOCK_JUMP"]) codes.delete(code);
  expect([...codes]).toEqual([]);
};

const walkAll = async (acts: readonly Act<string>[]): Promise<void> => {
  const walk = await beginShop();
  await check(walk);
  for (const act of acts) {
    await does[act.kind]?.(walk, act);
    await check(walk);
  }
  walk.drift.ms = 0;
  const { db } = walk.deps.journal;
  const before = await readBooks(db);
  valueOf(await rebuild(db));
  expect(await readBooks(db)).toEqual(before);
  const owner = actingAs(walk.deps, await personOf(walk.deps, firstOwner));
  checkFindings(walk, await findingsOf(owner));
  const rest = valueOf(await prepareLedgerFile(owner, { scope: "new", ...quiet }));
  const errors = await verdictOf(owner, rest.file.bytes);
  expect(errors.filter((code) => code.startsWith("E_"))).toEqual([]);
};

/** A walk that fails is made shorter for as long as that, no longer. */
const soon = { interruptAfterTimeLimit: 240_000, markInterruptAsFailure: true } as const;

describe("any sequence of what people do", () => {
  it("M5 M6 R17 X1 X2 X3 X28 never refunds more than was paid, tells one story in all tables, and verifies", async () => {
    const lengths = { minLength: 60, maxLength: runs(120, 250), size: "max" } as const;
    const acts = fc.noBias(fc.array(anyAct, lengths));
    const options = { numRuns: runs(5, 500), seed, ...(isDeep ? {} : soon) };
    await fc.assert(fc.asyncProperty(acts, walkAll), options);
  }, 7_200_000);
});
