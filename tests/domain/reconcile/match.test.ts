import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { StatementImport } from "../../../src/domain/books.ts";
import { CNY } from "../../../src/domain/currency.ts";
import type { Hash } from "../../../src/domain/ids.ts";
import { addSeconds, type BusinessDate, type Instant } from "../../../src/domain/instant.ts";
import { money } from "../../../src/domain/money.ts";
import {
  matchClasses,
  reconcileRefunds,
  type ReconMatch,
} from "../../../src/domain/reconcile/difference.ts";
import { matchRefunds } from "../../../src/domain/reconcile/match.ts";
import type { OurAttempt } from "../../../src/domain/reconcile/our-attempt.ts";
import { theirRefunds } from "../../../src/domain/reconcile/their-refund.ts";
import type { ImportedRow } from "../../../src/domain/found-payment.ts";
import type { MoneyState } from "../../../src/domain/refund/money-track.ts";
import type { StatementRow } from "../../../src/domain/statements/statement-row.ts";
import { runs, seed } from "../../support/deep.ts";
import { labelled, type Labelled } from "./labelled.ts";

const wechat = { merchants: new Map([["wechatpay", new Set(["1900012345"])]]) };

const classed = (
  attempts: readonly OurAttempt[],
  rows: readonly ImportedRow[],
  imports: readonly StatementImport[] = [],
) => reconcileRefunds(attempts, { imports, theirs: theirRefunds(rows), ...wechat });

const nameOf = ({ class: kind, ours, theirs }: ReconMatch): string =>
  `${kind} ${ours?.refundNo ?? ""} ${theirs.map(({ key }) => key).join()}`;

const linksOf = ({ attempts, rows }: Pick<Labelled, "attempts" | "rows">) =>
  matchRefunds(attempts, theirRefunds(rows)).byAttempt;

describe("refunds and the rows of statements", () => {
  it("X24 of ten thousand labelled refunds none is linked to a row that is not its own", () => {
    const world = labelled(seed, runs(2_000, 10_000));
    const links = linksOf(world);
    const wrong = [...links].flatMap(([attempt, theirs]) =>
      theirs.flatMap(({ rows }) =>
        rows.filter(({ row }) => world.truth.get(row.digest) !== attempt.refundNo),
      ),
    );
    expect(wrong).toEqual([]);
    const found = new Set([...links.keys()].map(({ refundNo }) => refundNo));
    expect([...world.truth.values()].filter((refundNo) => !found.has(refundNo))).toEqual([]);
    expect([...world.open].filter((refundNo) => found.has(refundNo))).toEqual([]);
    expect(world.truth.size).toBeGreaterThan(world.attempts.length / 5);
  });

  it("X24 each attempt ends in exactly one class, and each row beside one attempt at most", () => {
    const world = labelled(seed + 1, 500);
    const matches = classed(world.attempts, world.rows);
    const ours = matches.flatMap((match) => match.ours?.refundNo ?? []);
    expect(ours.toSorted()).toEqual(world.attempts.map(({ refundNo }) => refundNo).toSorted());
    const digests = matches.flatMap(({ theirs }) =>
      theirs.flatMap(({ rows }) => rows.map(({ row }) => row.digest)),
    );
    expect(digests.toSorted()).toEqual(world.rows.map(({ row }) => row.digest).toSorted());
    expect(matches.filter(({ class: kind }) => !matchClasses.includes(kind))).toEqual([]);
  });

  it("X24 any order of rows and refunds gives the same classes", () => {
    const world = labelled(seed + 2, 60);
    const expected = classed(world.attempts, world.rows).map(nameOf).toSorted();
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...world.rows], { minLength: world.rows.length }),
        fc.shuffledSubarray([...world.attempts], { minLength: world.attempts.length }),
        (rows, attempts) => {
          expect(classed(attempts, rows).map(nameOf).toSorted()).toEqual(expected);
        },
      ),
      { numRuns: runs(30, 500), seed },
    );
  });

  it("X24 a file more links no refund to less", () => {
    const world = labelled(seed + 3, 80);
    fc.assert(
      fc.property(fc.subarray([...world.rows]), (rows) => {
        const all = new Set(linksOf(world).keys());
        const some = [...linksOf({ attempts: world.attempts, rows }).keys()];
        expect(some.filter((attempt) => !all.has(attempt))).toEqual([]);
      }),
      { numRuns: runs(30, 500), seed },
    );
  });
});

const { attempts, rows } = labelled(7, 400);
const anAttempt = (over: Partial<OurAttempt> = {}): OurAttempt => {
  const found = attempts.find(({ acquirer, numbered }) => acquirer === "wechatpay" && numbered);
  if (found === undefined) throw new Error("no attempt");
  return { ...found, amount: money(1000, CNY), money: "submitted", ...over };
};
const aRefund = (over: Partial<StatementRow> = {}): ImportedRow => {
  const ours = anAttempt();
  const [any] = rows;
  if (any === undefined) throw new Error("no row");
  const row: StatementRow = {
    ...any.row,
    acquirer: "wechatpay",
    transactionId: ours.numbers["transaction_id"] ?? "",
    outTradeNo: ours.numbers["out_trade_no"] ?? "",
    refundNo: ours.refundNo,
    channelRefundNo: "50300806962026112205978990001",
    minor: 1000,
    at: ours.recordedAt,
    status: "SUCCESS",
    ...over,
  };
  return { ...any, row };
};

const only = (matches: readonly ReconMatch[]): string => matches.map((one) => one.class).join(" ");

describe("a refund beside its row", () => {
  it.each([
    ["succeeded", "SUCCESS", "matched"],
    ["submitted", "SUCCESS", "status"],
    ["submitted", "PROCESSING", "waiting"],
    ["succeeded", "PROCESSING", "matched"],
    ["withdrawn", "PROCESSING", "status"],
    ["succeeded", "FAIL", "status"],
    ["failed", "FAIL", "matched"],
    ["reversed", "SUCCESS", "matched"],
    ["failed", "SUCCESS", "status"],
    ["submitted", "a new word", "waiting"],
  ] as const)("X24 ours %s, theirs %s: %s", (state, status, kind) => {
    const found = classed([anAttempt({ money: state as MoneyState })], [aRefund({ status })]);
    expect(only(found)).toBe(kind);
  });

  it("X24 differs by amount, by fee, or was paid twice under one number", () => {
    const done = anAttempt({ money: "succeeded", feeBack: 6 });
    expect(only(classed([done], [aRefund({ minor: 999 })]))).toBe("amount");
    expect(only(classed([done], [aRefund({ fee: 4 })]))).toBe("fee");
    expect(only(classed([done], [aRefund({ fee: 5 })]))).toBe("matched");
    const again = aRefund({ channelRefundNo: "50300806962026112205978990002" });
    expect(only(classed([done], [aRefund(), again]))).toBe("duplicate");
  });

  it("X11 X24 a refund that two files show is one, its amount that of the trade bill", () => {
    const flow = { flowNo: "4200", minor: 990, merchantNo: "", transactionId: "" };
    const done = anAttempt({ money: "succeeded" });
    expect(only(classed([done], [aRefund(flow), aRefund()]))).toBe("matched");
  });

  it("X24 a fund bill shows that money left, never that it arrived", () => {
    const [match] = classed([anAttempt()], [aRefund({ flowNo: "4200" })]);
    expect(match?.class).toBe("waiting");
    expect(match?.theirs[0]?.said).toBe("processing");
  });

  it("X11 X24 what nobody recorded here is missing here, a reversed payment is not", () => {
    expect(only(classed([], [aRefund({ refundNo: "PORTAL1" })]))).toBe("missing_here");
    expect(only(classed([], [aRefund({ kind: "revoked" })]))).toBe("");
  });

  it("X24 a void is shown by a reversed payment of the same order and amount", () => {
    const revoked = aRefund({ kind: "revoked", refundNo: "0", status: "REVOKED" });
    const aVoid = anAttempt({ mode: "void", money: "submitted", numbered: false });
    expect(only(classed([aVoid], [revoked]))).toBe("status");
    expect(only(classed([{ ...aVoid, money: "succeeded" }], [revoked]))).toBe("matched");
    expect(only(classed([aVoid], []))).toBe("");
  });
});

const day = (at: Instant): BusinessDate => at.slice(0, 10) as BusinessDate;

const aStatement = (
  period: readonly [BusinessDate, BusinessDate],
  over: Partial<StatementImport["event"]> = {},
): StatementImport => ({
  file: period.join() as Hash,
  record: { device: anAttempt().record.device, seq: 1 },
  at: addSeconds(`${period[1]}T02:00:00Z` as Instant, 86_400),
  event: {
    kind: "import",
    file: period.join() as Hash,
    rows: 1,
    acquirer: "wechatpay",
    format: "wechat_all",
    sums: {},
    declared: { rows: 1, sums: {} },
    period,
    ...over,
  },
});

describe("a refund without a row", () => {
  const ours = anAttempt({
    recordedAt: "2026-11-02T04:00:00Z" as Instant,
    until: "2026-11-05T15:59:59Z" as Instant,
  });
  const from = day(ours.recordedAt);
  const until = day(ours.until);
  const missing = (imports: readonly StatementImport[], attempt = ours) =>
    only(classed([attempt], [], imports));

  it("X24 is missing there once complete statements cover every day it had to appear on", () => {
    const halves = [
      aStatement([from, "2026-11-03" as BusinessDate]),
      aStatement(["2026-11-04" as BusinessDate, until]),
    ];
    expect(missing([aStatement([from, until])])).toBe("missing_there");
    expect(missing(halves)).toBe("missing_there");
    expect(missing(halves.toReversed())).toBe("missing_there");
  });

  it("X12 X24 waits for the next day's statement where a day, a total or a part is lacking", () => {
    const whole = aStatement([from, until]);
    expect(missing([])).toBe("waiting");
    expect(missing([aStatement([from, "2026-11-04" as BusinessDate])])).toBe("waiting");
    const { declared: _, ...unchecked } = whole.event;
    expect(missing([{ ...whole, event: unchecked }])).toBe("waiting");
    expect(missing([aStatement([from, until], { format: "wechat_fund" })])).toBe("waiting");
    expect(missing([aStatement([from, until], { format: "wechat_success" })])).toBe("waiting");
    expect(missing([aStatement([from, until], { acquirer: "alipay" })])).toBe("waiting");
    expect(missing([{ ...whole, at: `${until}T03:00:00Z` as Instant }])).toBe("waiting");
    expect(missing([whole], { ...ours, merchantNo: "1900000002" })).toBe("waiting");
  });

  it("X24 waits while nobody has said that it was submitted, and is none before it left", () => {
    const whole = [aStatement([from, until])];
    expect(missing(whole, { ...ours, money: "exported" })).toBe("waiting");
    expect(missing(whole, { ...ours, money: "needs_action" })).toBe("waiting");
    expect(missing(whole, { ...ours, money: "ready" })).toBe("");
    expect(missing(whole, { ...ours, money: "failed" })).toBe("");
  });
});
