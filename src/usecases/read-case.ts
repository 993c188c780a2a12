import type { AcquirerProfile } from "../domain/acquirers/profile.ts";
import type { CaseId } from "../domain/ids.ts";
import type { Payment } from "../domain/payment.ts";
import { latestAttempt, type RefundCase } from "../domain/refund/case.ts";
import type { Staff } from "../domain/staff.ts";
import {
  recordLabel,
  shortCode,
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
  readonly people: readonly Staff[];
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
  const { label } = (await shopAndDevice(db, deps.device)).device;
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
  const cases = paymentId === undefined ? [] : await casesOfPayment(db, paymentId);
  return {
    refundCase,
    payment,
    others: cases.filter((other) => other.caseId !== refundCase.caseId),
    people: await listStaff(db),
    profile: (await findProfile(db, refundCase.acquirer)).profile,
    codes: await codesOf(deps, refundCase, page),
  };
};
