import { CNY } from "../../src/domain/currency.ts";
import type { FoundPayment } from "../../src/domain/found-payment.ts";
import { ulid, type CaseId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { newDraft } from "../../src/domain/refund/draft.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareBatch, type PreparedBatch } from "../../src/usecases/export-batch.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { importStatement } from "../../src/usecases/import-statement.ts";
import { recordPayment } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { valueOf } from "./a.ts";
import { compareHere } from "./compare-here.ts";
import { readerOf, someRows } from "./deps.ts";

export const newCaseId = (deps: Deps): CaseId => ulid(deps.now(), deps.random(10)) as CaseId;

export const jobOf = (rows: readonly StatementRow[], name = "bill") => ({
  file: new File(["x"], `${name}.csv`),
  read: readerOf(rows, hashText(name)),
  compare: compareHere,
  allowMissingSummary: false,
  onProgress: () => undefined,
  confirm: async () => true,
  signal: new AbortController().signal,
});

export const importOf = (deps: Deps, rows: readonly StatementRow[], name = "bill") =>
  importStatement(deps, jobOf(rows, name));

export const found = async (deps: Deps, number: string): Promise<FoundPayment> => {
  const lookup = await findPayment(deps, number);
  if (lookup.kind !== "payment") throw new Error(lookup.kind);
  return lookup.found;
};

export const refund = (
  deps: Deps,
  target: FoundPayment,
  minor: number | "full" = "full",
  caseId = newCaseId(deps),
) =>
  recordRefund(
    deps,
    target,
    newDraft({
      caseId,
      reason: "faulty",
      amount: minor === "full" ? { kind: "full" } : { kind: "partial", amount: money(minor, CNY) },
    }),
  );

export const aRow = (deps: Deps, over: Partial<StatementRow> = {}): StatementRow => {
  const [row] = someRows(deps);
  if (row === undefined) throw new Error("no row");
  const whole = { ...row, ...over };
  return { ...whole, digest: hashText(JSON.stringify(whole)) };
};

/** The statement row of a payment that somebody had written down by its order number. */
/** A payment of that row as a person would write it down, without any number. */
export const handWritten = (deps: Deps, row: StatementRow) => ({
  amount: money(row.minor, CNY),
  channel: "wechat" as const,
  acquirer: "wechatpay",
  state: "paid" as const,
  paidAt: instantFromMs(deps.now() - 60_000),
  proof: "slip" as const,
});

export const byHand = async (deps: Deps, row: StatementRow) =>
  recordPayment(deps, {
    ...handWritten(deps, row),
    number: { name: "out_trade_no", text: row.outTradeNo },
  });

export const options = {
  gradeD: false,
  texts: { reason: (code: string) => code, channel: (code: string) => code },
};

export const quiet = { onProgress: () => undefined, signal: new AbortController().signal };

export const verdictOf = async (deps: Deps, bytes: Uint8Array<ArrayBuffer>) => {
  const root = (await findEnrolment(deps.journal.db))?.root;
  if (root === undefined) throw new Error("no root");
  const roots = new Map([[thumbprint(root), root]]);
  const report = valueOf(await verifyRefundlog({ source: bytes, verify: deps.verify, roots }));
  return report.findings.map(({ code }) => code).filter((code) => !code.startsWith("W_"));
};

export const checkFile = async (deps: Deps) =>
  verdictOf(deps, valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet })).file.bytes);

export const exported = async (
  deps: Deps,
  minors: readonly (number | "full")[] = ["full", "full"],
) => {
  const rows = someRows(deps).filter(({ acquirer }) => acquirer === "wechatpay");
  valueOf(await importOf(deps, rows));
  const cases: CaseId[] = [];
  for (const [index, minor] of minors.entries()) {
    const caseId = newCaseId(deps);
    valueOf(await refund(deps, await found(deps, rows[index]?.transactionId ?? ""), minor, caseId));
    cases.push(caseId);
  }
  const batch: PreparedBatch = valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
  return { cases, batch };
};

export const arrived = (deps: Deps, caseId: CaseId) =>
  recordResult(deps, caseId, {
    result: "succeeded",
    by: "cust",
    at: instantFromMs(deps.now() - 5000),
    evidence: [],
  });
