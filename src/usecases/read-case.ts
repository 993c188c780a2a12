import type { AcquirerProfile } from "../domain/acquirers/profile.ts";
import type { Device } from "../domain/books.ts";
import type { CaseId, PaymentId } from "../domain/ids.ts";
import type { Payment } from "../domain/payment.ts";
import { latestAttempt, type RefundCase } from "../domain/refund/case.ts";
import type { Staff } from "../domain/staff.ts";
import { shortCode } from "../ledger/keys.ts";
import {
  recordLabel,
  writePaperReceipt,
  writeScreenReceipt,
  writeTrainingReceipt,
} from "../ledger/receipt-text.ts";
import { findProfile } from "../storage/profiles.ts";
import {
  casesOfPayment,
  findRecord,
  getCase,
  getPayment,
  listDevices,
  listStaff,
  shopAndDevice,
} from "../storage/queries.ts";
import type { Deps } from "./deps.ts";

/** What a receipt's QR code holds, and the line under it. */
export type ReceiptCodes = {
  /** For phones: a link, or the bare token. */
  readonly screen: string;
  /** For narrow paper: base45. */
  readonly paper: string;
  /** `T1-000019`, before the amount. */
  readonly place: string;
  /** `XEZV-YNJB`, after the amount; none on practice slips. */
  readonly short: string | undefined;
};

/** A refund with all that its pages show. */
export type CaseFile = {
  readonly refundCase: RefundCase;
  readonly payment: Payment | undefined;
  /** Other refunds of the same payment, oldest first. */
  readonly others: readonly RefundCase[];
  /** Recorded under a key that this device had before: what became of it is told here, commands are over. */
  readonly isFormer: boolean;
  /** Who works on the device that recorded it. */
  readonly people: readonly Staff[];
  /** Every device of which records are here. */
  readonly devices: readonly Device[];
  /** What its acquirer allows and expects. */
  readonly profile: AcquirerProfile;
  /** Undefined when the record is not on this device. */
  readonly codes: ReceiptCodes | undefined;
};

const codesOf = async (
  deps: Deps,
  refundCase: RefundCase,
  page: string,
): Promise<ReceiptCodes | undefined> => {
  const { db } = deps.journal;
  const { record: ref, refundNo } = latestAttempt(refundCase);
  const record = await findRecord(db, ref);
  if (record === undefined) return undefined;
  const { label } = (await shopAndDevice(db, ref.device)).device;
  const place = recordLabel(label, ref.seq);
  const practice = writeTrainingReceipt(refundNo);
  if (refundCase.training) return { screen: practice, paper: practice, place, short: undefined };
  return {
    screen: writeScreenReceipt(record.jwt, page),
    paper: writePaperReceipt(record.jwt),
    place,
    short: shortCode(record.hash),
  };
};

/** Refunds of a payment, under whichever of its ids where several devices know it. */
const casesTogether = async (
  { journal: { db } }: Deps,
  paymentId: PaymentId,
  payment: Payment | undefined,
): Promise<readonly RefundCase[]> => {
  if (payment?.shared !== true) return casesOfPayment(db, paymentId);
  const ids = [...new Set(payment.claims.map(({ caseId }) => caseId))];
  const cases = await Promise.all(ids.map((caseId) => getCase(db, caseId)));
  return cases.filter((one) => one !== undefined);
};

const withPeople = (device: Device, people: readonly Staff[]): Device => ({ ...device, people });

/** Reads one refund with its payment, its people and its receipt codes; `page` is the app's address without its hash. */
export const readCase = async (
  deps: Deps,
  id: string,
  page: string,
): Promise<CaseFile | undefined> => {
  const { db } = deps.journal;
  const refundCase = await getCase(db, id as CaseId);
  if (refundCase === undefined) return undefined;
  const { paymentId } = refundCase;
  const payment = paymentId === undefined ? undefined : await getPayment(db, paymentId);
  const cases = paymentId === undefined ? [] : await casesTogether(deps, paymentId, payment);
  const [own, devices] = await Promise.all([listStaff(db), listDevices(db)]);
  const device = devices.find((one) => one.device === refundCase.device);
  return {
    refundCase,
    payment,
    others: cases.filter((other) => other.caseId !== refundCase.caseId),
    isFormer: !refundCase.elsewhere && refundCase.device !== deps.device,
    people: [...(refundCase.elsewhere ? [] : own), ...(device?.people ?? [])],
    devices: devices.map((one) => withPeople(one, one.device === deps.device ? own : one.people)),
    profile: (await findProfile(db, refundCase.acquirer)).profile,
    codes: await codesOf(deps, refundCase, page),
  };
};
