import { CNY } from "../../../src/domain/currency.ts";
import type { ImportedRow } from "../../../src/domain/found-payment.ts";
import type { CaseId, DeviceId } from "../../../src/domain/ids.ts";
import { addSeconds, instantFromSeconds, type Instant } from "../../../src/domain/instant.ts";
import { money } from "../../../src/domain/money.ts";
import type { OurAttempt } from "../../../src/domain/reconcile/our-attempt.ts";
import { nextRefundNumber } from "../../../src/domain/refund-number.ts";
import type { StatementRow } from "../../../src/domain/statements/statement-row.ts";

/** A refund of which it is known where its row is, or that it has none. */
export type Labelled = {
  readonly attempts: readonly OurAttempt[];
  readonly rows: readonly ImportedRow[];
  /** Digest of a row → refund number of the attempt that it is. */
  readonly truth: ReadonlyMap<string, string>;
  /** Attempts of which no row can be told apart. */
  readonly open: ReadonlySet<string>;
};

const epoch = 1_780_000_000;
const imported = { device: "d" as DeviceId, seq: 7 };

/** Numbers from 0 to below 1, the same for a seed. */
const newDice = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

const kinds = [
  "by_file",
  "by_hand",
  "typed_number",
  "no_row",
  "outside",
  "other_till",
  "other_payment",
  "twins",
  "too_early",
  "other_channel",
] as const;

/** So many refunds of every kind that a shop meets, mixed with rows that only look like theirs. */
export const labelled = (seed: number, count: number): Labelled => {
  const dice = newDice(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(dice() * all.length)] as T;
  const attempts: OurAttempt[] = [];
  const rows: ImportedRow[] = [];
  const truth = new Map<string, string>();
  const open = new Set<string>();
  let counter = 0;
  let elsewhere = 0;
  const time = (): Instant => instantFromSeconds(epoch + Math.floor(dice() * 30) * 3600);

  const addRow = (order: number, over: Partial<StatementRow>, of?: OurAttempt): void => {
    const acquirer = order % 2 === 0 ? "wechatpay" : "alipay";
    const digest = `row-${rows.length}`;
    const row: StatementRow = {
      line: rows.length,
      kind: "refund",
      acquirer,
      channel: acquirer === "alipay" ? "alipay" : "wechat",
      merchantNo: "1900012345",
      transactionId: `4200${String(order).padStart(24, "0")}`,
      outTradeNo: `S${order}-TILL`,
      refundNo: `P${rows.length}`,
      ...(acquirer === "wechatpay" ? { channelRefundNo: `50${rows.length}` } : {}),
      minor: 1000,
      currency: CNY,
      at: time(),
      status: acquirer === "wechatpay" ? pick(["SUCCESS", "PROCESSING"]) : "退款",
      digest,
      ...over,
    };
    rows.push({ row, imported });
    if (of !== undefined) truth.set(digest, of.refundNo);
  };

  const addAttempt = (order: number, over: Partial<OurAttempt>): OurAttempt => {
    const next = nextRefundNumber("R7K2Q4", counter);
    counter = next.counter;
    const recordedAt = over.recordedAt ?? time();
    const attempt: OurAttempt = {
      caseId: `case-${attempts.length}` as CaseId,
      number: 1,
      record: { device: imported.device, seq: attempts.length + 10 },
      refundNo: next.number,
      amount: money(pick([500, 1000, 1000, 2000]), CNY),
      mode: "referenced",
      acquirer: order % 2 === 0 ? "wechatpay" : "alipay",
      money: pick(["submitted", "processing", "unknown", "succeeded"]),
      numbers: pick([
        { transaction_id: `4200${String(order).padStart(24, "0")}` },
        { out_trade_no: `S${order}-TILL` },
      ]),
      recordedAt,
      until: addSeconds(recordedAt, 3 * 86_400),
      numbered: false,
      prefix: order % 3 === 0 ? "3194" : "",
      ...over,
    };
    attempts.push(attempt);
    return attempt;
  };

  const after = ({ recordedAt }: OurAttempt): Instant =>
    addSeconds(recordedAt, Math.floor(dice() * 86_400));

  for (let order = 1; attempts.length < count; order++) {
    const kind = pick(kinds);
    const numbered = kind === "by_file" || kind === "outside";
    const one = addAttempt(order, { numbered });
    const like = { minor: one.amount.minor, at: after(one) };
    switch (kind) {
      case "by_file":
        addRow(order, { ...like, refundNo: one.prefix + one.refundNo }, one);
        break;
      case "by_hand":
        addRow(order, like, one);
        break;
      case "typed_number": {
        attempts[attempts.length - 1] = { ...one, channelRefundNo: `P${rows.length}` };
        addRow(order, like, one);
        break;
      }
      case "no_row":
        addRow(order, { ...like, minor: like.minor + 1 });
        break;
      case "outside": // somebody refunds the same amount at the portal, while ours is still on its way
        addRow(order, like);
        break;
      case "other_till":
        addRow(order, {
          ...like,
          refundNo: one.prefix + nextRefundNumber("B3B3B3", elsewhere++).number,
        });
        break;
      case "other_payment": // our number at another order, and our amount and time at a third one
        addRow(order + 500_000, { ...like, refundNo: one.refundNo });
        addRow(order + 600_000, like);
        break;
      case "twins": {
        const twin = addAttempt(order, {
          amount: one.amount,
          recordedAt: one.recordedAt,
          money: one.money,
        });
        addRow(order, { ...like, at: after(one) });
        addRow(order, { ...like, at: after(one) });
        open.add(one.refundNo).add(twin.refundNo);
        break;
      }
      case "other_channel": // one order number, borne by payments of two channels and of two numbers
        attempts[attempts.length - 1] = {
          ...one,
          numbers: {
            transaction_id: `4200${String(order).padStart(24, "0")}`,
            out_trade_no: `S${order}-TILL`,
          },
        };
        addRow(order, { ...like, transactionId: `4200${order}9` });
        addRow(order, { ...like, acquirer: "unionpay", transactionId: "", status: "S30" });
        break;
      case "too_early":
        addRow(order, {
          ...like,
          at: addSeconds(one.recordedAt, -301 - Math.floor(dice() * 9999)),
        });
    }
  }
  return { attempts, rows, truth, open };
};
