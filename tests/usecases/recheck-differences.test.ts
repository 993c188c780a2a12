import { describe, expect, it } from "vitest";

import { shiftRecheck, type CloseDifference } from "../../src/domain/recheck-shifts.ts";
import type { PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { Recorded } from "../../src/domain/journal-event.ts";
import type { CloseEvent } from "../../src/domain/shift.ts";
import { openRecord, toRecorded } from "../../src/storage/stored-record.ts";
import { closeShift } from "../../src/usecases/close-shift.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { raiseGrades } from "../../src/usecases/raise-grades.ts";
import { recheckShifts } from "../../src/usecases/recheck-shifts.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { cny, faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { aRow, importOf, quiet } from "../support/money-steps.ts";
import { paymentAt, payNow, refundNow } from "../support/refunds.ts";

const recordsOf = async ({ journal, device }: Deps): Promise<readonly Recorded[]> => {
  const rows = await journal.db.records
    .where("[device+seq]")
    .between([device, 0], [device, 1e9])
    .toArray();
  return rows.flatMap((row) => {
    const stored = openRecord(row);
    return (stored && toRecorded(stored, undefined)) ?? [];
  });
};

/** The differences that are found when the close says something else than it did. */
const foundIn = (
  deps: Deps,
  records: readonly Recorded[],
  change: (event: CloseEvent) => CloseEvent,
): readonly CloseDifference[] => {
  const take = shiftRecheck([deps.device]);
  return records.flatMap((recorded) => {
    const { event } = recorded;
    const told = event.kind === "close" ? { ...recorded, event: change(event) } : recorded;
    return take(told)?.differences ?? [];
  });
};

describe("a close that says something else than its records", () => {
  it("X38 is told by what differs, what it says and what the records give", async () => {
    const { deps } = await aShop();
    const of = await payNow(deps);
    const part = { amount: { kind: "partial", amount: cny(3_000) } } as const;
    await refundNow(deps, { of, ...part });
    const cash = await refundNow(deps, { of, ...part, destination: "cash", note: "要现金" });
    const told = { result: "succeeded", by: "cust", at: instantFromMs(deps.now()) } as const;
    valueOf(await recordResult(deps, cash, { ...told, evidence: [] }));
    valueOf(await closeShift(deps, { open: "100", takings: "0", counted: "70", reason: "" }));
    const records = await recordsOf(deps);
    const found = (change: (event: CloseEvent) => CloseEvent) => foundIn(deps, records, change);
    expect(found((event) => event)).toEqual([]);
    expect(found((event) => ({ ...event, refunds: 3 }))).toEqual([
      { what: "refunds", currency: "", stored: 3, derived: 2 },
    ]);
    const channel = { what: "channel", currency: "CNY" } as const;
    expect(found((event) => ({ ...event, channels: { CNY: { alipay: [2, 6_000] } } }))).toEqual([
      { ...channel, channel: "alipay", stored: 6_000, derived: 0 },
      { ...channel, channel: "wechat", stored: 0, derived: 6_000 },
    ]);
    expect(
      found((event) => ({ ...event, cash: { CNY: [10_000, 0, 2_000, 7_000, 7_000] } })),
    ).toEqual([{ what: "paid_out", currency: "CNY", stored: 2_000, derived: 3_000 }]);
    expect(
      found((event) => ({ ...event, cash: { CNY: [10_000, 0, 3_000, 9_000, 9_000] } })),
    ).toEqual([{ what: "expected", currency: "CNY", stored: 9_000, derived: 7_000 }]);
    const [checked] = valueOf(await recheckShifts(deps, quiet));
    expect(checked?.differences).toEqual([]);
    expect(faultOf(await recheckShifts({ ...deps, staff: () => undefined }, quiet))).toEqual({
      kind: "locked",
    });
  });
});

describe("a channel that a statement named after the refund", () => {
  it("X38 X11 is the close's and the recheck's alike", async () => {
    const { deps } = await aShop();
    const row = aRow(deps, { outTradeNo: "ORDER-HAND", minor: 36_000 });
    const number = { name: "out_trade_no", text: row.outTradeNo } as const;
    const of = await payNow(deps, { channel: "other", number });
    await refundNow(deps, { of });
    valueOf(await importOf(deps, [row]));
    await raiseGrades(deps, [await paymentAt(deps, of)]);
    valueOf(await closeShift(deps));
    const [checked] = valueOf(await recheckShifts(deps, quiet));
    expect(checked?.close.event.channels).toEqual({ CNY: { wechat: [1, 36_000] } });
    expect(checked?.differences).toEqual([]);
  });
});

describe("a long journal", () => {
  it("X38 is walked with its progress, and ends when it is cancelled", async () => {
    const { deps } = await aShop();
    await payNow(deps);
    valueOf(await closeShift(deps));
    const seen: (readonly [number, number])[] = [];
    const controller = new AbortController();
    const onProgress = (done: number, of: number) => void seen.push([done, of]);
    valueOf(await recheckShifts(deps, { onProgress, signal: controller.signal }));
    const last = (await deps.journal.db.heads.get(deps.device))?.seq;
    expect(seen.at(-1)).toEqual([last, last]);
    controller.abort();
    const job = { onProgress, signal: controller.signal };
    expect(faultOf(await recheckShifts(deps, job))).toEqual({ kind: "aborted" });
  });

  it("X38 of 20,000 payments is no more work for each than a short one", async () => {
    const { deps } = await aShop();
    await payNow(deps);
    const records = await recordsOf(deps);
    const payment = records.find(({ event }) => event.kind === "payment");
    if (payment?.event.kind !== "payment") throw new Error("no payment");
    const take = shiftRecheck([deps.device]);
    for (let n = 0; n < 20_000; n++) {
      const event = { ...payment.event, paymentId: `P${n}` as PaymentId };
      expect(take({ ...payment, event, ref: { ...payment.ref, seq: 10 + n } })).toBeUndefined();
    }
  });
});
