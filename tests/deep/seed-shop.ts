import { CNY } from "../../src/domain/currency.ts";
import { previewPayment } from "../../src/domain/found-payment.ts";
import { firstOwner, ulid, type BatchId, type CaseId } from "../../src/domain/ids.ts";
import type { JournalEvent } from "../../src/domain/journal-event.ts";
import { decideManualPayment } from "../../src/domain/manual-payment.ts";
import { money } from "../../src/domain/money.ts";
import { decideRefund } from "../../src/domain/refund/decide-refund.ts";
import { newDraft, type RefundContext } from "../../src/domain/refund/draft.ts";
import { nextRefundNumber } from "../../src/domain/refund-number.ts";
import { ok, type Result } from "../../src/domain/result.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { saleOf } from "../../src/ledger/sale-key.ts";
import { openDeviceKey } from "../../src/platform/device-key.ts";
import { localText } from "../../src/platform/local-text.ts";
import { scriptUrl } from "../../src/platform/script-url.ts";
import { random } from "../../src/platform/signing.ts";
import { lockWriter } from "../../src/platform/writer-lock.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { keyStore } from "../../src/storage/key-store.ts";
import { marksIn } from "../../src/storage/marks.ts";
import { listStaff, shopAndDevice } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { planOf, recordEvents, type Moment, type Plan } from "../../src/usecases/record-event.ts";
import { refundContext } from "../../src/usecases/record-refund.ts";
import { connectSafetyCopy } from "../../src/workers/safety-copy.ts";
import { verify } from "../../src/workers/web-verify.ts";

const name = "refund-desk";

const valueOf = <T, F>(result: Result<T, F>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
};

/** What main.tsx builds for the running app, over the shop that was opened in it; the page itself is empty. */
const openDeps = async (copyWorker: string): Promise<Deps> => {
  const db = openDatabase(name);
  const start = () => new Worker(scriptUrl(copyWorker) as string, { type: "module" });
  const enrolment = await findEnrolment(db);
  if (enrolment === undefined) throw new Error("no shop was opened");
  const { device, certificate } = enrolment;
  const key = valueOf(await openDeviceKey(keyStore(db), device));
  const owner = (await listStaff(db)).find(({ staff }) => staff === firstOwner);
  const { zone } = (await shopAndDevice(db, device)).shop;
  const ordinal = Number(localText.getItem("starts")) + 1;
  localText.setItem("starts", String(ordinal));
  const lock = lockWriter();
  return {
    journal: {
      db,
      safetyCopy: connectSafetyCopy(start),
      marks: marksIn(localText, name),
      copyName: (of) => `journal-${of}.bin`,
    },
    ...key,
    certificate,
    calendar: { zone, cutoffMinutes: 0 },
    training: false,
    app: "bench",
    verify,
    random,
    now: () => Date.now(),
    sinceStart: () => [ordinal, Math.round(performance.now())],
    pause: () => Promise.resolve(),
    exclusively: (work) => lock(name, work),
    onSaved: () => undefined,
    secretKeys: {
      wrapNew: () => Promise.reject(new Error("nobody gets a key here")),
      open: () => Promise.reject(new Error("nobody decides here")),
    },
    staff: () => owner,
  };
};

const paid = money(6800, CNY);

const aPayment = (sale: number, { now }: Moment) => {
  const number = `4200${String(sale).padStart(24, "0")}`;
  const key = { name: "transaction_id", number };
  const entry = {
    amount: paid,
    channel: "wechat",
    acquirer: "wechatpay",
    state: "paid",
    paidAt: now,
    proof: "slip",
    number: { name: "transaction_id", text: number },
  } as const;
  return valueOf(decideManualPayment(entry, now, { paymentId: saleOf("wechatpay", key), key }));
};

/** A payment, its refund, and the money on its way to the customer: five records, as refundlog.md §20 measures. */
const aSale = (
  basis: RefundContext,
  moment: Moment,
  { at, refundNo }: { readonly at: number; readonly refundNo: RefundContext["refundNo"] },
): readonly JournalEvent[] => {
  const { now, refAt } = moment;
  const event = aPayment(refAt(at).seq, moment);
  const payment = previewPayment(undefined, { version: event, others: [] }, now, refAt(at));
  const caseId = ulid(Date.now(), random(10)) as CaseId;
  const amount = { kind: "partial", amount: money(2000, CNY) } as const;
  const draft = newDraft({ caseId, amount, reason: "faulty" });
  const refund = valueOf(decideRefund({ ...basis, payment, refundNo }, draft));
  const refunds = [refAt(at + 1)];
  const id = `W${String(refAt(at).seq)}` as BatchId;
  const batch = { id, format: "wechat-batch-txt", rows: 1, total: refund.amount };
  const file = hashText(id);
  return [
    event,
    refund,
    { kind: "money", state: "exported", by: "file", refunds, file, batch, out: "saved" },
    { kind: "money", state: "submitted", by: "staff", refunds, at: now },
    {
      kind: "money",
      state: "succeeded",
      by: "portal",
      refunds,
      at: now,
      channelRefundNo: `5030${String(refAt(at).seq).padStart(20, "0")}`,
    },
  ];
};

const recordsAtOnce = 250;

const planSales = async (deps: Deps, moment: Moment): Promise<Plan> => {
  const staff = deps.staff();
  if (staff === undefined) throw new Error("the owner is here");
  const first = aPayment(moment.refAt(0).seq, moment);
  const payment = previewPayment(undefined, { version: first, others: [] }, moment.now);
  const context = await refundContext(deps, payment, { staff, moment });
  const { prefix } = (await shopAndDevice(deps.journal.db, deps.device)).device;
  const events: JournalEvent[] = [];
  let last = moment.head?.refundCounter ?? 0;
  while (events.length < recordsAtOnce) {
    const { number: refundNo, counter } = nextRefundNumber(prefix, last);
    events.push(...aSale(context, moment, { at: events.length, refundNo }));
    last = counter;
  }
  return { events: events.map((event) => ({ event })) };
};

/** Fills the journal of the shop in this browser, by the door that every record goes through, many at a time. */
export const fill = async (
  wanted: number,
  copyWorker: string,
): Promise<{ readonly records: number; readonly ms: number }> => {
  const deps = await openDeps(copyWorker);
  const began = performance.now();
  for (let records = 0; records < wanted;) {
    const planned = await recordEvents(deps, async (moment) => ok(await planSales(deps, moment)));
    records = (valueOf(planned).records.at(-1)?.seq ?? 0) + 1;
    if (records >= wanted) return { records, ms: performance.now() - began };
  }
  return { records: 0, ms: 0 };
};

/** Signs and appends one record after another, and tells what each took. */
export const signEach = async (times: number, copyWorker: string): Promise<readonly number[]> => {
  const deps = await openDeps(copyWorker);
  const taken: number[] = [];
  for (let index = 0; index < times; index++) {
    const began = performance.now();
    valueOf(
      await recordEvents(deps, async (moment) => planOf(aPayment(moment.refAt(0).seq, moment))),
    );
    taken.push(performance.now() - began);
  }
  return taken;
};
