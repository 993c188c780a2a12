import type { CaseId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { valueOf } from "./a.ts";
import { aShop } from "./deps.ts";
import { exported, found } from "./money-steps.ts";
import { caseAt, paymentAt } from "./refunds.ts";

/** A shop whose refunds were uploaded in one file. */
export const uploaded = async (minors?: Parameters<typeof exported>[1]) => {
  const { deps, clock } = await aShop();
  const { cases, batch } = await exported(deps, minors);
  valueOf(await reportUpload(deps, batch.batchId, "商户平台"));
  const [one, other] = cases;
  if (one === undefined) throw new Error("no case");
  return { deps, clock, one, other: other ?? one };
};

/** The row that a trade bill has of a refund. */
export const rowOf = async (
  deps: Deps,
  caseId: CaseId,
  over: Partial<StatementRow> = {},
): Promise<StatementRow> => {
  const { attempts } = await caseAt(deps, caseId);
  const attempt = attempts.at(-1);
  const { rows } = await found(
    deps,
    (await paymentOf(deps, caseId)).numbers["transaction_id"] ?? "",
  );
  const paid = rows.find(({ row }) => row.kind === "payment")?.row;
  if (attempt === undefined || paid === undefined) throw new Error("no row");
  const { payerMinor: _, name: __, ...plain } = paid;
  const row: StatementRow = {
    ...plain,
    kind: "refund",
    minor: attempt.amount.minor,
    refundNo: attempt.refundNo,
    channelRefundNo: `5030080696202611220597${attempt.refundNo.slice(-7, -1)}0`,
    at: instantFromMs(deps.now() - 60_000),
    status: "SUCCESS",
    ...over,
  };
  return { ...row, digest: hashText(JSON.stringify(row)) };
};

/** The payment of a refund. */
export const paymentOf = async (deps: Deps, caseId: CaseId) => {
  const { paymentId } = await caseAt(deps, caseId);
  if (paymentId === undefined) throw new Error("no payment");
  return paymentAt(deps, paymentId);
};
