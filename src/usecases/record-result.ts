import type { CaseId, RecordRef } from "../domain/ids.ts";
import type { JournalEvent } from "../domain/journal-event.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import {
  decideResend,
  decideResult,
  decideRetract,
  withdrawNewer,
  type ResultReport,
} from "../domain/refund/decide-result.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import { cutText, longestText } from "../domain/typed-text.ts";
import type { Saved } from "../storage/append-record.ts";
import { findProfile } from "../storage/profiles.ts";
import { getCase } from "../storage/queries.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { recordEvents, type Moment, type Plan, type RecordFault } from "./record-event.ts";
import type { UnknownCaseFault } from "./withdraw-refund.ts";

export type FollowUpFault = RefundFault | LockedFault | UnknownCaseFault | RecordFault;

type Decide = (
  refundCase: RefundCase,
  facts: { readonly staff: Staff; readonly moment: Moment },
) => Promise<Result<readonly JournalEvent[], RefundFault>>;

/** Decides about one case on its newest state and records all of it or nothing; the words go with the last event. */
const followUp = async (
  deps: Deps,
  caseId: CaseId,
  decide: Decide,
  text = "",
): Promise<Result<Saved, FollowUpFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  return recordEvents<RefundFault | UnknownCaseFault>(deps, async (moment) => {
    const refundCase = await getCase(deps.journal.db, caseId);
    if (refundCase === undefined) return fail({ kind: "case_unknown" } as const);
    const events = await decide(refundCase, { staff: staff.value, moment });
    if (!events.ok) return events;
    const note = cutText(text, longestText);
    const told = note === "" ? {} : { personal: { text: note } };
    const before = events.value.slice(0, -1).map((event) => ({ event }));
    const last = events.value.slice(-1).map((event) => Object.assign({ event }, told));
    const plan: Plan = { events: [...before, ...last] };
    return ok(plan);
  });
};

/** Records what the acquirer or the customer said about a refund, with its evidence. */
export const recordResult = (
  deps: Deps,
  caseId: CaseId,
  report: ResultReport,
  text = "",
): Promise<Result<Saved, FollowUpFault>> =>
  followUp(
    deps,
    caseId,
    async (refundCase, { staff, moment }) => {
      const event = decideResult({ staff, now: moment.now }, refundCase, report);
      return event.ok
        ? ok([
            ...withdrawNewer(refundCase, { state: report.result, attempt: report.attempt }),
            event.value,
          ])
        : event;
    },
    text,
  );

/** Sends a refund once more under its number, after its refusal was cured or its fate stayed unknown (X5). */
export const resendRefund = (
  deps: Deps,
  caseId: CaseId,
  text = "",
): Promise<Result<Saved, FollowUpFault>> =>
  followUp(
    deps,
    caseId,
    async (refundCase, { staff, moment }) => {
      const { profile } = await findProfile(deps.journal.db, refundCase.acquirer);
      const event = decideResend({ staff, now: moment.now }, refundCase, profile.resendIdempotent);
      return event.ok ? ok([event.value]) : event;
    },
    text,
  );

/** Takes back a result that was recorded by mistake; who did it and why stays. */
export const retractResult = (
  deps: Deps,
  caseId: CaseId,
  result: RecordRef,
  text: string,
): Promise<Result<Saved, FollowUpFault>> =>
  followUp(
    deps,
    caseId,
    async (refundCase, { staff }) => {
      if (text.trim() === "") return fail({ kind: "note_missing" });
      const event = decideRetract(staff, refundCase, result);
      return event.ok ? ok([event.value]) : event;
    },
    text,
  );
