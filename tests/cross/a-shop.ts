import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import Dexie from "dexie";

import { CNY } from "../../src/domain/currency.ts";
import { ulid, type CaseId, type PaymentId } from "../../src/domain/ids.ts";
import { findZone, instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import type { RefundDraft } from "../../src/domain/refund/decide.ts";
import type { Result } from "../../src/domain/result.ts";
import { newRecoveryCode, openKey, wrapNewKey } from "../../src/platform/pin-key.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { listStaff } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { openShop } from "../../src/usecases/open-shop.ts";
import { recordPayment } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { prepareLedgerFile, type LedgerScope } from "../../src/usecases/export-ledger.ts";
import { aKey, random, verify } from "../support/crypto.ts";
import { memoryMarks } from "../support/memory-marks.ts";
import { memorySafetyCopy } from "../support/memory-safety-copy.ts";

const start = Date.UTC(2026, 10, 22, 6, 0, 0);

/** Takes the value of a good result. */
export const valueOf = <T, F>(result: Result<T, F>): T => {
  if (!result.ok) throw new Error(`unexpected fault ${JSON.stringify(result.fault)}`);
  return result.value;
};

/** A shop that was opened by the app's own use cases over an IndexedDB in memory, with a clock of one second a look. */
export const aShop = async (): Promise<Deps> => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const db = openDatabase("refund-desk");
  await db.open();
  const key = await aKey();
  const zone = findZone("Asia/Shanghai");
  if (zone === undefined) throw new Error("this node knows no time zones");
  let clock = start;
  const common = {
    journal: {
      db,
      safetyCopy: memorySafetyCopy(),
      marks: memoryMarks(),
      copyName: (device: string) => `journal-${device}.bin`,
    },
    training: false,
    app: "0.1.0+test",
    verify,
    random,
    now: () => (clock += 1000),
    sinceStart: () => [1, clock - start] as const,
    pause: () => Promise.resolve(),
    exclusively: <T>(work: () => Promise<T>) => work(),
  };
  const setUp = {
    ...common,
    secretKeys: { wrapNew: wrapNewKey, open: openKey },
    newRecoveryCode,
    newDeviceKey: async () => ({ ok: true, value: key }) as const,
  };
  const shop = { name: "晓林饰品摊", currency: CNY, zone };
  valueOf(await openShop(setUp, { shop, ownerName: "林晓", pin: "739182" }));
  const enrolment = await findEnrolment(db);
  const [owner] = await listStaff(db);
  if (enrolment === undefined) throw new Error("a shop that was opened is enrolled");
  const calendar = { zone, cutoffMinutes: 0 };
  const { device, certificate } = enrolment;
  return { ...common, ...key, device, certificate, calendar, staff: () => owner };
};

/** A payment by hand with an order number. */
export const aPaymentOf = async (deps: Deps, minor: number, number: string): Promise<PaymentId> =>
  valueOf(
    await recordPayment(deps, {
      amount: money(minor, CNY),
      channel: "wechat",
      paidAt: instantFromMs(start - 3_600_000),
      proof: "slip",
      number: { name: "out_trade_no", text: number },
      goods: "耳环 一对",
    }),
  );

/** A refund of the payment with this number, in full or of so many fen. */
export const aRefundOf = async (
  deps: Deps,
  number: string,
  amount: "full" | number,
): Promise<CaseId> => {
  const lookup = await findPayment(deps, number);
  if (lookup.kind !== "payment") throw new Error(`no payment ${number}`);
  const caseId = ulid(deps.now(), deps.random(10)) as CaseId;
  const draft: RefundDraft = {
    caseId,
    amount: amount === "full" ? { kind: "full" } : { kind: "partial", amount: money(amount, CNY) },
    reason: "faulty",
    note: "扣子掉了",
  };
  valueOf(await recordRefund(deps, lookup.found, draft));
  return caseId;
};

/** The signed file as the app would hand it out. */
export const ledgerFile = async (deps: Deps, scope: LedgerScope = "all") =>
  valueOf(
    await prepareLedgerFile(deps, {
      scope,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    }),
  );
