import type { Currency } from "../../src/domain/currency.ts";
import type { CaseId, DeviceId, Hash, PaymentId } from "../../src/domain/ids.ts";
import type { BusinessDate, Instant, Zone } from "../../src/domain/instant.ts";
import type { JournalEvent, PaymentEvent, RefundEvent } from "../../src/domain/journal-event.ts";
import type { MinorUnits, Money } from "../../src/domain/money.ts";
import type { Payment } from "../../src/domain/payment.ts";
import type { RefundCase } from "../../src/domain/refund/case.ts";
import type { ResultReport } from "../../src/domain/refund/decide-result.ts";
import type { RefundDraft } from "../../src/domain/refund/draft.ts";
import type { RefundFault } from "../../src/domain/refund/faults.ts";
import type { Gate } from "../../src/domain/refund/gate.ts";
import type { MoneyState, MoneyStep } from "../../src/domain/refund/money-track.ts";
import type { RefundNumber } from "../../src/domain/refund-number.ts";
import type { Result } from "../../src/domain/result.ts";
import { add, money } from "../../src/domain/money.ts";

/** Lines that must not compile; `tsc -p tests` reports one that does (house-style.md 12, 28). Nothing here runs. */

declare const CNY: Currency;
declare const amount: Money;
declare const payment: Payment;
declare const refundCase: RefundCase;
declare const caseId: CaseId;
declare const hash: Hash;
declare const at: Instant;

// @ts-expect-error X47 money is made by money(), not by hand
export const byHand: Money = { minor: 100, currency: CNY };
// @ts-expect-error X47 a currency is found, not written
export const yuan = money(100, "CNY");
// @ts-expect-error minor units do not become money without a currency
export const bare: Money = amount.minor;
// @ts-expect-error money is not added with plus
export const plus: number = amount + amount;
// @ts-expect-error a number is no minor units
export const units: MinorUnits = 100;
// @ts-expect-error a number is not added to money
export const mixed = add(amount, 100);

// @ts-expect-error a case is not a payment
export const wrongId: PaymentId = caseId;
// @ts-expect-error a device is not any text
export const device: DeviceId = "device-a";
// @ts-expect-error R43 an instant is parsed
export const now: Instant = "2026-11-22T06:00:00Z";
// @ts-expect-error R43 a day is not an instant
export const day: BusinessDate = at;
// @ts-expect-error a zone is found
export const zone: Zone = "Asia/Shanghai";
// @ts-expect-error X1 a refund number is made or parsed, with its check character
export const refundNo: RefundNumber = "R7K2Q4000012345S";

// @ts-expect-error a state is one of the model's words
export const state: MoneyState = "refunded";
// @ts-expect-error R6 nothing is partly succeeded
export const partly: MoneyState = "success";
// @ts-expect-error a result step names its evidence's time, its hash and who told it
export const step: MoneyStep = { kind: "result", state: "succeeded", ref: payment.record };
// @ts-expect-error an absent member is left out, never undefined
export const exported: MoneyStep = {
  kind: "command",
  state: "exported",
  ref: payment.record,
  out: undefined,
};

// @ts-expect-error a blocked gate has no remaining amount to ask for
export const blocked: Gate = { kind: "blocked", why: "unpaid", remaining: amount };
// @ts-expect-error R1 the gate opens for paid payments only, there is no such reason
export const odd: Gate = { kind: "blocked", why: "unknown" };
// @ts-expect-error R16 full takes what remains and names no amount
export const full: RefundDraft["amount"] = { kind: "full", amount };
// @ts-expect-error R17 partial names its amount
export const partial: RefundDraft["amount"] = { kind: "partial" };
// @ts-expect-error X6 text pasted by somebody is no source of a result
export const text: ResultReport = { result: "succeeded", by: "text", at, evidence: [] };
// @ts-expect-error faults are data, not words
export const fault: RefundFault = "over_remaining";
// @ts-expect-error a fault carries its facts
export const factless: RefundFault = { kind: "over_remaining" };

// @ts-expect-error a result is not read before it is known to be good
export const value = (result: Result<Money, RefundFault>): Money => result.value;

export const changes = (event: PaymentEvent): void => {
  // @ts-expect-error nothing is changed inside a record
  event.state = "paid";
  // @ts-expect-error nothing is changed inside a payment
  payment.claims.push();
  // @ts-expect-error nothing is changed inside a case
  refundCase.money = "succeeded";
};

// @ts-expect-error R3 a refund without a reason is not recorded
export const reasonless: Omit<RefundEvent, "reason"> & { reason?: string } extends RefundEvent
  ? true
  : never = true;

/** The tag decides which members there are. */
export const byKind = (event: JournalEvent): Money | undefined => {
  // @ts-expect-error not every record has an amount
  const early: Money = event.amount;
  return event.kind === "payment" || event.kind === "refund" ? event.amount : early;
};

export const known = { hash };
