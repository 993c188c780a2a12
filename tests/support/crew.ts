import { firstOwner, type BatchId, type CaseId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { ExportFormatId } from "../../src/domain/batches/index.ts";
import type { ResultReport } from "../../src/domain/refund/decide-result.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { previewBatches } from "../../src/usecases/choose-batch.ts";
import { prepareBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { valueOf } from "./a.ts";
import { aShop, type TestClock } from "./deps.ts";
import { options } from "./money-steps.ts";
import { as, join, ownerPin, pin } from "./people.ts";

/** A shop with its owner, a lead and a clerk, each at the till in turn, and what they type to decide. */
export type Crew = {
  readonly clock: TestClock;
  readonly owner: Deps;
  readonly lead: Deps;
  readonly clerk: Deps;
  readonly byLead: { readonly approver: ReturnType<typeof idOf>; readonly pin: string };
  readonly byOwner: { readonly approver: ReturnType<typeof idOf>; readonly pin: string };
};

const idOf = (deps: Deps) => {
  const person = deps.staff();
  if (person === undefined) throw new Error("somebody is at the till");
  return person.staff;
};

export const aCrew = async (): Promise<Crew> => {
  const { deps: owner, clock } = await aShop();
  const lead = await as(owner, (await join(owner, { role: "lead", name: "小李" })).staff);
  const clerk = await as(owner, (await join(owner, { role: "clerk", name: "小王" })).staff);
  return {
    clock,
    owner,
    lead,
    clerk,
    byLead: { approver: idOf(lead), pin },
    byOwner: { approver: firstOwner, pin: ownerPin },
  };
};

/** Why refunds do not leave now, each in a word. */
export const blocked = async (deps: Deps): Promise<readonly string[]> =>
  (await previewBatches(deps, options)).blocked.map(({ reason }) => reason.kind);

/** Puts what is ready into a file that leaves the app. */
export const sendOff = async (
  deps: Deps,
  format: ExportFormatId = "wechat-batch-txt",
): Promise<BatchId> => {
  const { batchId } = valueOf(await prepareBatch(deps, format, options));
  valueOf(await reportDelivery(deps, batchId, "saved"));
  return batchId;
};

/** The same, handed in at the acquirer. */
export const handIn = async (
  deps: Deps,
  format: ExportFormatId = "wechat-batch-txt",
): Promise<BatchId> => {
  const batchId = await sendOff(deps, format);
  valueOf(await reportUpload(deps, batchId, "商户平台"));
  return batchId;
};

/** An answer about a refund that the portal shows, unless somebody else tells it. */
export const hear = async (
  deps: Deps,
  caseId: CaseId,
  result: ResultReport["result"],
  over: Partial<ResultReport> = {},
): Promise<void> => {
  const at = instantFromMs(deps.now());
  const answer = { result, by: "portal", reference: "5030220318", at, evidence: [] } as const;
  valueOf(await recordResult(deps, caseId, { ...answer, ...over }));
};

/** The customer says that the money is there. */
export const hearCustomer = async (deps: Deps, caseId: CaseId): Promise<void> => {
  const at = instantFromMs(deps.now());
  const told = { result: "succeeded", by: "cust", at, evidence: [] } as const;
  valueOf(await recordResult(deps, caseId, told));
};
