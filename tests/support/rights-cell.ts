import { CNY } from "../../src/domain/currency.ts";
import type { FoundPayment } from "../../src/domain/found-payment.ts";
import type { BatchId, CaseId, StaffId } from "../../src/domain/ids.ts";
import type { EvidenceFile } from "../../src/domain/journal-event.ts";
import { money } from "../../src/domain/money.ts";
import { newDraft, type RefundDraft } from "../../src/domain/refund/draft.ts";
import type { Result } from "../../src/domain/result.ts";
import type { Action } from "../../src/domain/rights.ts";
import type { Staff } from "../../src/domain/staff.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { saveAttachment } from "../../src/storage/save-attachment.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { prepareBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import type { PaymentToRecord } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { anEvidenceFile, valueOf } from "./a.ts";
import { found, newCaseId, options } from "./money-steps.ts";
import { pin } from "./people.ts";
import { paymentAt, payNow } from "./refunds.ts";

/** A till with everybody that a cell needs: others prepare, `me` asks. */
export type Scene = {
  readonly owner: Deps;
  readonly clerk: Deps;
  readonly me: Deps;
  readonly person: Staff;
};

/** What is asked in the end, and the refund that shows how it went. */
export type Step = {
  readonly ask: (me: Deps) => Promise<Result<unknown, { readonly kind: string }>>;
  readonly caseId?: CaseId;
};

type Prepare = (scene: Scene) => Promise<Step>;

/** One line of the matrix: prepared so that nothing but the right of the person can refuse it. */
export type Cell = {
  readonly row: string;
  readonly action: Action;
  /** `mine` is about something that the person did themselves, and is prepared for each. */
  readonly about: "mine" | "anything";
  readonly prepare: Prepare;
};

export const aCell = (row: string, action: Action, prepare: Prepare): Cell => ({
  row,
  action,
  about: "anything",
  prepare,
});

export const aCellOfMine = (row: string, action: Action, prepare: Prepare): Cell => ({
  ...aCell(row, action, prepare),
  about: "mine",
});

/** Whoever is at the till shows by their PIN that it is them. */
export const byPin = (me: Deps): { readonly approver: StaffId; readonly pin: string } => {
  const person = me.staff();
  if (person === undefined) throw new Error("somebody is at the till");
  return { approver: person.staff, pin };
};

let counter = 0;
/** Something that no earlier cell said: what says the same is not recorded again. */
export const fresh = (): string => `${++counter}`;

export const fen = (minor: number) => money(minor, CNY);

/** A payment that was just made, looked up as the scanner would. */
export const paid = async (
  deps: Deps,
  minor: number,
  over: Partial<PaymentToRecord> = {},
): Promise<FoundPayment> => {
  const paymentId = await payNow(deps, { amount: fen(minor), ...over });
  return found(deps, (await paymentAt(deps, paymentId)).numbers["out_trade_no"] ?? "");
};

/** Bytes that are kept, and what a record says of them. */
export const aFile = async (
  deps: Deps,
  kind: EvidenceFile["kind"] = "photo",
  text = "a picture",
): Promise<EvidenceFile> => {
  const bytes = new TextEncoder().encode(text);
  const sha256 = hashText(text);
  await saveAttachment(deps.journal.db, sha256, bytes);
  return anEvidenceFile({ kind, sha256, size: bytes.length });
};

export const draftOf = (deps: Deps, over: Partial<RefundDraft> = {}): RefundDraft =>
  newDraft({ caseId: newCaseId(deps), amount: { kind: "full" }, reason: "overpaid", ...over });

/** A refund of a new payment of so much, asked for by whoever is at this till. */
export const askFor = async (
  deps: Deps,
  target: FoundPayment | undefined,
  over: Partial<RefundDraft> = {},
): Promise<CaseId> => {
  const draft = draftOf(deps, over);
  valueOf(await recordRefund(deps, target, draft));
  return draft.caseId;
};

/** Even exchanges are the only refunds of nothing. */
export const evenly = { type: "exchange", amount: { kind: "none" } } as const;

/** The person of the column before they became what they are now: a request of their own exists. */
export const asAsker = ({ me, person }: Scene): Deps =>
  person.role === "auditor" ? actingAs(me, { ...person, role: "clerk" }) : me;

/** A batch whose file was saved, by the first of these people who may. */
export const leftBatch = async (...tills: readonly Deps[]): Promise<BatchId> => {
  for (const till of tills) {
    const made = await prepareBatch(till, "wechat-batch-txt", options);
    if (!made.ok) continue;
    valueOf(await reportDelivery(till, made.value.batchId, "saved"));
    return made.value.batchId;
  }
  throw new Error("nobody may export");
};
