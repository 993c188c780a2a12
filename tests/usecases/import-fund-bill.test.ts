import { describe, expect, it } from "vitest";
import { remaining } from "../../src/domain/payment.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { aRow, found, importOf } from "../support/money-steps.ts";

const refundId = "50300806962026112205978990001";

const bills = (deps: Deps) => {
  const paid = aRow(deps);
  const flow = { outTradeNo: "", merchantNo: "", flowNo: paid.transactionId };
  const refunded = { kind: "refund", refundNo: "PORTAL1", channelRefundNo: refundId } as const;
  const movements: readonly StatementRow[] = [
    aRow(deps, { ...flow, kind: "income", line: 2 }),
    aRow(deps, { ...flow, kind: "expense", line: 3, minor: 2 }),
    aRow(deps, { ...flow, ...refunded, line: 4, minor: 490 }),
  ];
  return { paid, trades: [paid, aRow(deps, { ...refunded, line: 3, minor: 500 })], movements };
};

describe("a fund bill beside a trade bill", () => {
  it.each([
    ["first", ["movements", "trades"]],
    ["last", ["trades", "movements"]],
  ] as const)(
    "X11 lowers the balance by each refund once when it is imported %s, and never by fees",
    async (_, order) => {
      const { deps } = await aShop();
      const files = bills(deps);
      for (const name of order) valueOf(await importOf(deps, files[name], name));
      const { payment } = await found(deps, files.paid.transactionId);
      expect(payment.amount.minor).toBe(files.paid.minor);
      expect(remaining(payment).minor).toBe(files.paid.minor - 500);
    },
  );

  it("alone is no payment: its numbers lead to nothing that could be refunded", async () => {
    const { deps } = await aShop();
    const { movements, paid } = bills(deps);
    valueOf(await importOf(deps, movements, "movements"));
    for (const number of [paid.transactionId, refundId, "PORTAL1"])
      expect(await findPayment(deps, number)).toEqual({ kind: "nothing" });
  });

  it("leads from a refund's number to the payment although the fund row names none", async () => {
    const { deps } = await aShop();
    const { movements, trades, paid } = bills(deps);
    const unnamed = movements.map((row) =>
      aRow(deps, Object.assign({}, row, { transactionId: "" })),
    );
    valueOf(await importOf(deps, unnamed, "movements"));
    valueOf(await importOf(deps, trades, "trades"));
    const { payment } = await found(deps, refundId);
    expect(payment.numbers["transaction_id"]).toBe(paid.transactionId);
  });
});
