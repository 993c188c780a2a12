import type { CaseId, DeviceId } from "../domain/ids.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { ExportPlan, Omission } from "../ledger/write-refundlog.ts";
import { getCase } from "../storage/queries.ts";
import { versionsOf } from "./customer-tellings.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { prepareFile, type ExportJob, type ExportLedgerFault } from "./export-ledger.ts";
import { findRefundEvent, readForm, type FormFile } from "./read-form.ts";
import type { UnknownCaseFault } from "./withdraw-refund.ts";

export type DisputePackFault =
  | ExportLedgerFault
  | UnknownCaseFault
  /** Only the device that recorded it signs what it says. */
  | { readonly kind: "other_device" };

type Shown = NonNullable<ExportPlan["shows"]>;

/** Records that say who the shop is and which people worked in it; their names are kept apart from this. */
const background = ["genesis", "staff"];

type Places = readonly { readonly device: DeviceId; readonly seq: number }[];

/** What a refund rests on besides its own records: its payment, the policies it was judged by, the shop. */
const groundsOf = async (deps: Deps, refundCase: RefundCase): Promise<Places> => {
  const refunds = await Promise.all(
    refundCase.attempts.map(({ record }) => findRefundEvent(deps, record)),
  );
  return [
    ...refunds.flatMap((refund) =>
      refund === undefined
        ? []
        : [refund.policy.record, refund.policyShown ?? refund.policy.record],
    ),
    ...(await versionsOf(deps, refundCase)),
    ...(await deps.journal.db.records.where("kind").anyOf(background).toArray()),
  ];
};

const shownOf = async (deps: Deps, refundCase: RefundCase, customer: boolean): Promise<Shown> => {
  const numbers = (places: Places) =>
    places.filter(({ device }) => device === deps.device).map(({ seq }) => seq);
  const business: ReadonlySet<Omission> = new Set(["det"]);
  const all: ReadonlySet<Omission> = new Set(customer ? ["det", "cust"] : ["det"]);
  return new Map([
    ...numbers(await groundsOf(deps, refundCase)).map((seq) => [seq, business] as const),
    ...numbers(refundCase.history.map(({ ref }) => ref)).map((seq) => [seq, all] as const),
  ]);
};

/** What the page and its paper say of a refund, with the customer's words: for whoever may hand the pack out. */
export const readDispute = async (
  deps: Deps,
  id: string,
): Promise<Result<FormFile | undefined, LockedFault | NotEntitled>> => {
  const staff = whoMay(deps, "audit_export");
  return staff.ok ? ok(await readForm(deps, id)) : staff;
};

/**
 * One signed file about one refund for whoever judges a dispute (R57): the whole chain, so that nothing can be missing
 * from it, with the contents of this refund's records alone; who worked when stays out (refundlog.md §10).
 */
export const prepareDisputePack = async (
  deps: Deps,
  { caseId, customer }: { readonly caseId: CaseId; readonly customer: boolean },
  job: Omit<ExportJob, "scope">,
): Promise<Result<OutFile, DisputePackFault | LockedFault | NotEntitled>> => {
  const staff = whoMay(deps, "audit_export");
  if (!staff.ok) return staff;
  const refundCase = await getCase(deps.journal.db, caseId);
  if (refundCase === undefined) return fail({ kind: "case_unknown" });
  if (refundCase.device !== deps.device) return fail({ kind: "other_device" });
  const shows = await shownOf(deps, refundCase, customer);
  const made = await prepareFile(deps, { ...job, scope: "all" }, (plan) => ({
    plan: { ...plan, omit: ["det"], shows },
    what: "dispute",
  }));
  return made.ok ? ok(made.value.file) : made;
};
