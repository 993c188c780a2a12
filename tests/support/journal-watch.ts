import { expect } from "vitest";

import type { Recorded } from "../../src/domain/journal-event.ts";
import { remaining, reserved, spent } from "../../src/domain/payment.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import type { VerifyReport } from "../../src/ledger/verify-report.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { readHead } from "../../src/storage/append-record.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { readBooks } from "../../src/storage/rebuild.ts";
import { openRecord, toRecorded } from "../../src/storage/stored-record.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { valueOf } from "./a.ts";
import { quiet } from "./money-steps.ts";
import { settled } from "./people.ts";

/** Where the chain ends, and how many records there are at all. */
export const headOf = async (
  deps: Deps,
): Promise<{ readonly seq: number; readonly hash: string; readonly records: number }> => {
  await settled(deps);
  const head = await readHead(deps.journal, deps.device);
  if (head === undefined) throw new Error("an open shop has a head");
  const { seq, hash } = head;
  return { seq, hash, records: await deps.journal.db.records.count() };
};

/** Every record after this one, oldest first, read from its stored bytes. */
export const recordsAfter = async (deps: Deps, seq: number): Promise<readonly Recorded[]> => {
  await settled(deps);
  const { db } = deps.journal;
  const stored = await db.records.where("[device+seq]").above([deps.device, seq]).toArray();
  return stored.map((record) => {
    const opened = openRecord(record);
    const recorded = opened && toRecorded(opened, undefined);
    if (recorded === undefined) throw new Error(`record ${record.seq} cannot be read`);
    return recorded;
  });
};

/** The whole signed journal as it leaves the app. */
const ledgerOf = async (deps: Deps): Promise<Uint8Array<ArrayBuffer>> => {
  await settled(deps);
  return valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet })).file.bytes;
};

/** What the independent verifier says of a file, trusting this shop's root alone. */
const reportOf = async (deps: Deps, source: Uint8Array<ArrayBuffer>): Promise<VerifyReport> => {
  const root = (await findEnrolment(deps.journal.db))?.root;
  if (root === undefined) throw new Error("an open shop has a root");
  const roots = new Map([[thumbprint(root), root]]);
  return valueOf(await verifyRefundlog({ source, verify: deps.verify, roots }));
};

type Standing = Pick<VerifyReport, "refunds" | "balances">;

/** The same facts as the verifier gives them, read from the app's own tables. */
const standingOf = async ({ journal, training }: Deps): Promise<Standing> => {
  const { cases, payments } = await readBooks(journal.db);
  const refunds = [...cases.values()].flatMap((refundCase) =>
    refundCase.attempts.map(({ record, refundNo, amount, money, approval }) => ({
      seq: record.seq,
      no: refundNo,
      amt: amount.minor,
      cur: amount.currency,
      money,
      approval,
      goods: refundCase.goods,
      training,
    })),
  );
  const balances = [...payments.values()].map((payment) => ({
    sale: payment.paymentId,
    cur: payment.amount.currency,
    paid: payment.amount.minor,
    external: payment.external,
    reserved: reserved(payment).minor + spent(payment).minor,
    remaining: remaining(payment).minor,
  }));
  return { refunds, balances };
};

/** Goods that were never told of are awaited where the app expects them; an older attempt keeps what it had. */
const withoutGoods = ({ refunds, balances }: Standing): Standing => ({
  refunds: refunds
    .map((refund) => ({ ...refund, goods: "" }))
    .sort((one, other) => one.seq - other.seq),
  balances: [...balances].sort((one, other) => (one.sale < other.sale ? -1 : 1)),
});

/**
 * Every finding about the whole journal, the harmless ones too: the code and the record it is about. The verifier must
 * also stand where the app's tables stand, with every refund and every balance.
 */
export const findingsOf = async (deps: Deps): Promise<readonly string[]> => {
  const report = await reportOf(deps, await ledgerOf(deps));
  expect(withoutGoods(report)).toEqual(withoutGoods(await standingOf(deps)));
  return report.findings.map(({ code, seq }) => `${code} ${seq}`);
};
