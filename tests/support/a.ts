import { custom } from "../../src/domain/acquirers/custom.ts";
import { CNY } from "../../src/domain/currency.ts";
import type {
  CaseId,
  DeviceId,
  Hash,
  PaymentId,
  RecordRef,
  StaffId,
} from "../../src/domain/ids.ts";
import type { Calendar, Instant, Zone } from "../../src/domain/instant.ts";
import type {
  EvidenceFile,
  JournalEvent,
  MoneyEvent,
  NoticeEvent,
  PaymentEvent,
  Recorded,
  RefundEvent,
  WithdrawEvent,
} from "../../src/domain/journal-event.ts";
import { money, type MinorUnits, type Money } from "../../src/domain/money.ts";
import { remaining, takePayment, type Payment } from "../../src/domain/payment.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import { evolve, type RefundCase } from "../../src/domain/refund/case.ts";
import { newDraft, type RefundContext, type RefundDraft } from "../../src/domain/refund/draft.ts";
import type { CaseEvent } from "../../src/domain/refund/history.ts";
import { nextRefundNumber } from "../../src/domain/refund-number.ts";
import type { Result } from "../../src/domain/result.ts";
import type { Staff } from "../../src/domain/staff.ts";

export const cny = (minor: number): Money => money(minor, CNY);
export const units = (minor: number): MinorUnits => cny(minor).minor;
export const at = (text: string): Instant => text as Instant;
export const shanghai: Calendar = { zone: "Asia/Shanghai" as Zone, cutoffMinutes: 0 };
export const device = "device-a" as DeviceId;

/** 43 characters that sort like the number. */
export const aHash = (number: number): Hash => String(number).padStart(43, "h") as Hash;
export const aRef = (seq: number): RecordRef => ({ device, seq });
export const aPaymentId = (number = 1): PaymentId => String(number).padStart(16, "0") as PaymentId;
export const aCaseId = (number = 1): CaseId => String(number).padStart(26, "0") as CaseId;
export const aRefundNo = (counter = 1): RefundEvent["refundNo"] =>
  nextRefundNumber("R7K2Q4", counter).number;

/** The value of a result that must be good. */
export const valueOf = <T, F>(result: Result<T, F>): T => {
  if (!result.ok) throw new Error(`unexpected fault ${JSON.stringify(result.fault)}`);
  return result.value;
};

/** The fault of a result that must be bad. */
export const faultOf = <T, F>(result: Result<T, F>): F => {
  if (result.ok) throw new Error(`unexpected value ${JSON.stringify(result.value)}`);
  return result.fault;
};

export const aRecorded = <E extends JournalEvent>(
  event: E,
  seq: number,
  over: Partial<Recorded<E>> = {},
): Recorded<E> => ({
  ref: aRef(seq),
  hash: aHash(seq),
  at: at("2026-11-22T06:00:00Z"),
  staff: "owner" as StaffId,
  zone: shanghai.zone,
  training: false,
  clockBack: false,
  event,
  ...over,
});

/** A paid WeChat payment of ¥100.00 proven by a statement row. */
export const aPaymentEvent = (over: Partial<PaymentEvent> = {}): PaymentEvent => ({
  kind: "payment",
  paymentId: aPaymentId(),
  amount: cny(10_000),
  source: "import",
  state: "paid",
  acquirer: "wechatpay",
  channel: "wechat",
  grade: "A",
  paidAt: at("2026-11-21T06:00:00Z"),
  ...over,
});

export const aPayment = (over: Partial<Payment> = {}): Payment => ({
  ...takePayment(undefined, aRecorded(aPaymentEvent(), 1)),
  ...over,
});

/** What a claim says besides its amount and what it does to the balance. */
export const claimFacts = {
  record: aRef(2),
  money: "ready",
  at: at("2026-11-22T06:00:00Z"),
  kept: false,
  numbers: [],
} as const;

/** A payment of which parts of these amounts are refunded already. */
export const aPaymentWithClaims = (paid: number, minors: readonly number[]): Payment =>
  aPayment({
    amount: cny(paid),
    claims: minors.map((minor, index) => ({
      caseId: aCaseId(100 + index),
      attempt: 1,
      amount: cny(minor),
      standing: "reserves",
      ...claimFacts,
    })),
  });

export const aStaff = (over: Partial<Staff> = {}): Staff => ({
  staff: "owner" as StaffId,
  name: "店主",
  role: "owner",
  grants: [],
  active: true,
  ...over,
});

export const anEvidenceFile = (over: Partial<EvidenceFile> = {}): EvidenceFile => ({
  kind: "photo",
  sha256: aHash(7),
  size: 1_000,
  type: "image/jpeg",
  ...over,
});

export const aContext = (over: Partial<RefundContext> = {}): RefundContext => ({
  payment: aPayment(),
  profile: custom,
  policy: { rules: defaultPolicy, record: aRef(0), hash: aHash(0) },
  calendar: shanghai,
  now: at("2026-11-22T06:00:00Z"),
  staff: aStaff(),
  refundNo: aRefundNo(),
  similar: 0,
  maybeElsewhere: false,
  ...over,
});

export const aFullDraft = (over: Partial<RefundDraft> = {}): RefundDraft =>
  newDraft({ caseId: aCaseId(), amount: { kind: "full" }, reason: "faulty", ...over });

export const aPartialDraft = (minor: number, over: Partial<RefundDraft> = {}): RefundDraft =>
  aFullDraft({ amount: { kind: "partial", amount: cny(minor) }, ...over });

export const aRefundEvent = (over: Partial<RefundEvent> = {}): RefundEvent => ({
  kind: "refund",
  caseId: aCaseId(),
  refundNo: aRefundNo(),
  attempt: 1,
  type: "partial",
  mode: "referenced",
  amount: cny(1_000),
  paymentId: aPaymentId(),
  acquirer: "wechatpay",
  destination: "original",
  reason: "faulty",
  evidence: [],
  policy: { record: aRef(0), hash: aHash(0) },
  ...over,
});

/** Reference of the refund record that aCase() begins with. */
export const refundRef = aRef(2);

export const aMoneyEvent = (
  state: MoneyEvent["state"],
  over: Partial<MoneyEvent> = {},
): MoneyEvent => ({ kind: "money", state, by: "row", refunds: [refundRef], ...over });

export const aWithdrawEvent = (over: Partial<WithdrawEvent> = {}): WithdrawEvent => ({
  kind: "withdraw",
  refund: refundRef,
  why: "customer",
  ...over,
});

export const aNoticeEvent = (over: Partial<NoticeEvent> = {}): NoticeEvent => ({
  kind: "notice",
  refund: refundRef,
  to: "customer",
  state: "accepted",
  via: "print",
  ...over,
});

/** A case after its refund record at seq 2 and these events at seq 3, 4, … */
export const aCase = (
  events: readonly CaseEvent[] = [],
  refund: Partial<RefundEvent> = {},
): RefundCase =>
  events.reduce<RefundCase>(
    (known, event, index) => evolve(known, aRecorded(event, 3 + index)),
    evolve(undefined, aRecorded(aRefundEvent(refund), refundRef.seq)),
  );

export const remainingMinor = (payment: Payment): number => remaining(payment).minor;
