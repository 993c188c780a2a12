import { joinPayment, type ImportedRow } from "../../../src/domain/found-payment.ts";
import { given } from "../../../src/domain/given.ts";
import type { PaymentId } from "../../../src/domain/ids.ts";
import { addSeconds } from "../../../src/domain/instant.ts";
import type { JournalEvent } from "../../../src/domain/journal-event.ts";
import {
  decideLookedUp,
  decideManualPayment,
  proofs,
  toldStates,
  type ManualPayment,
} from "../../../src/domain/manual-payment.ts";
import type { Payment } from "../../../src/domain/payment.ts";
import type { Quantity } from "../../../src/domain/quantity.ts";
import { fail, ok } from "../../../src/domain/result.ts";
import { rightOf } from "../../../src/domain/rights.ts";
import type { Staff } from "../../../src/domain/staff.ts";
import type { StatementRow } from "../../../src/domain/statements/statement-row.ts";
import { cny } from "../../support/a.ts";
import { pick, type Act } from "./act.ts";
import { nothingThere, paymentFor } from "./choose-refund.ts";
import { hashAt, nextRef, type Choice, type Walk } from "./walk.ts";

const one = (event: JournalEvent): Choice => ok([{ event }]);

const notEntitled: Choice = fail({ kind: "not_entitled" });

const mayRecord = (staff: Staff): boolean => rightOf(staff, "record_payment") !== "no";

const acquirers = ["wechatpay", "lakala", "unionpay", "shouqianba", "custom"] as const;

const shelf: readonly ManualPayment["lines"][] = [
  undefined,
  [
    { name: "茶", price: cny(300), quantity: "2" as Quantity },
    { name: "杯", price: cny(1), quantity: "0.5" as Quantity },
  ],
  [{ name: "定制", price: cny(700), quantity: "3" as Quantity }],
];

/** A payment is written down by hand; no walk has more than ten. */
export const choosePay = (walk: Walk, act: Act, staff: Staff): Choice => {
  if (!mayRecord(staff)) return notEntitled;
  if (walk.books.payments.size > 9) return nothingThere;
  const { seq } = nextRef(walk);
  const paymentId = `${walk.shop.prefix}${String(seq).padStart(10, "0")}` as PaymentId;
  const decided = decideManualPayment(
    {
      amount: cny(act.minor),
      channel: "wechat",
      acquirer: pick(acquirers, act.how) ?? "custom",
      state: pick(["paid", "paid", "paid", ...toldStates], act.more) ?? "paid",
      paidAt: addSeconds(walk.now, -(act.which % 90_000)),
      proof: pick(["slip", ...proofs], act.which) ?? "slip",
      number: { name: "out_trade_no", text: `ORDER-${seq}` },
      ...given("lines", pick(shelf, act.how >> 4)),
    },
    walk.now,
    { paymentId, key: undefined },
  );
  return decided.ok ? one(decided.value) : decided;
};

/** Somebody looks up what became of a payment. */
export const chooseLookUp = (walk: Walk, act: Act, staff: Staff): Choice => {
  if (!mayRecord(staff)) return notEntitled;
  const open = [...walk.books.payments.values()].filter(({ state }) => state === "unknown");
  const payment = pick(open, act.which) ?? paymentFor(walk, act);
  if (payment === undefined) return nothingThere;
  const decided = decideLookedUp(payment, act.how % 4 > 0 ? "paid" : "unpaid");
  return decided.ok ? one(decided.value) : decided;
};

const rowOf = (payment: Payment, minor: number, over: Partial<StatementRow>): StatementRow => ({
  line: 1,
  kind: "payment",
  acquirer: "wechatpay",
  channel: "wechat",
  merchantNo: "1900000109",
  transactionId: `T${payment.paymentId}`,
  outTradeNo: payment.numbers["out_trade_no"] ?? "",
  minor,
  currency: payment.amount.currency,
  at: payment.paidAt ?? payment.recordedAt,
  status: "SUCCESS",
  digest: `D${payment.paymentId}`,
  ...over,
});

/** A statement shows the payment, some refunds of it that were not made here, and now and then another amount. */
const rowsFor = (walk: Walk, act: Act, payment: Payment): readonly ImportedRow[] => {
  const { how, more, minor } = act;
  const less = how % 5 === 0 ? minor : 0;
  const amount = Math.max(1, payment.recordedAmount.minor - less);
  const foreign = more % 3 === 0 ? Math.max(1, minor % (amount + 1)) : 0;
  const imported = walk.books.imports.values().next().value?.record ?? nextRef(walk);
  const refund = { kind: "refund", refundNo: `ELSEWHERE${minor}` } as const;
  const name = how % 11 === 0 ? { name: "奶茶" } : {};
  const rows = [
    rowOf(payment, amount, name),
    ...(foreign > 0 ? [rowOf(payment, foreign, refund)] : []),
  ];
  return rows.map((row) => ({ row, imported }));
};

/** A statement comes that tells of a payment, and now and then that two of them are one. */
export const chooseStatement = (walk: Walk, act: Act, staff: Staff): Choice => {
  if (rightOf(staff, "import_file") === "no") return notEntitled;
  const payment = paymentFor(walk, act);
  if (payment === undefined) return nothingThere;
  const written = [...walk.books.payments.values()].filter(
    (other) => other !== payment && other.source !== "import",
  );
  const twin = act.more % 11 === 0 ? pick(written, act.how) : undefined;
  const ours = [...walk.books.cases.values()].flatMap(({ attempts }) => attempts);
  const found = joinPayment(payment, rowsFor(walk, act, payment), {
    ours,
    paymentId: payment.paymentId,
    others: twin === undefined ? [] : [twin],
  });
  return found?.version === undefined ? nothingThere : one(found.version);
};

/** Where the rows of a statement come from. */
export const anImport = (walk: Walk): JournalEvent => ({
  kind: "import",
  file: hashAt(nextRef(walk)),
  rows: 3,
  acquirer: "wechatpay",
  format: "wechat_all",
  sums: { CNY: [1, 0] },
});
