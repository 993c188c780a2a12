import { isPaymentCode } from "../domain/codes/index.ts";
import { given } from "../domain/given.ts";
import type { CaseId } from "../domain/ids.ts";
import {
  addSeconds,
  businessDate,
  instantFromMs,
  parseBusinessDate,
  parseWallClock,
  type Instant,
} from "../domain/instant.ts";
import type { ContactEvent, EvidenceFile, Personal } from "../domain/journal-event.ts";
import { findCardNumbers } from "../domain/pan-guard.ts";
import { latestAttempt, type InvoiceFacts } from "../domain/refund/case.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { cutText, longestText } from "../domain/typed-text.ts";
import type { Saved } from "../storage/append-record.ts";
import { getCase } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";
import type { UnknownCaseFault } from "./withdraw-refund.ts";

/** With whom somebody spoke about a refund, how, and what was said. */
export type ContactDraft = {
  readonly with: ContactEvent["with"];
  readonly via: ContactEvent["via"];
  readonly ticket?: string;
  readonly text?: string;
  /** How the customer wants to be reached. */
  readonly reach?: string;
  readonly evidence?: readonly EvidenceFile[];
  /** When to speak again, as the stall's clock will show it; it comes back as a task then (R22). */
  readonly next?: string;
};

/** 1 not satisfied at all, 5 very much. */
export type Score = 1 | 2 | 3 | 4 | 5;

/** What the shop knows of the sale's invoice; `red_no` is the number of the confirmation of its red one. */
export type InvoiceDraft = {
  readonly issued: "yes" | "no";
  readonly no?: string;
  readonly red?: "needed" | "not_needed" | "done";
  readonly red_no?: string;
  /** The day of the red invoice. */
  readonly at?: string;
};

type TypedFault = {
  readonly kind:
    | "card_number_in_text"
    | "payment_code"
    | "number_characters"
    | "number_length"
    | "bad_date"
    | "bad_time"
    | "next_contact_past"
    | "evidence_in_future";
};

export type ContactFault = TypedFault | LockedFault | NotEntitled | UnknownCaseFault | RecordFault;

/** A number as records take it, full-width digits and gaps made plain; undefined when nothing was typed. */
const numberIn = (text = ""): Result<string | undefined, TypedFault> => {
  const typed = text.normalize("NFKC").replace(/\s/g, "");
  if (typed === "") return ok(undefined);
  if (findCardNumbers(typed).length > 0) return fail({ kind: "card_number_in_text" });
  return /^[!-~]{1,64}$/.test(typed) ? ok(typed) : fail({ kind: "number_characters" });
};

const ticketIn = (text: string | undefined, now: Instant): ReturnType<typeof numberIn> => {
  const ticket = numberIn(text);
  return ticket.ok && ticket.value !== undefined && isPaymentCode(ticket.value, now)
    ? fail({ kind: "payment_code" })
    : ticket;
};

/** More than a year ahead is a slip of the finger. */
const mostAheadSeconds = 366 * 86_400;

const nextIn = (text = "", deps: Deps): Result<Instant | undefined, TypedFault> => {
  if (text === "") return ok(undefined);
  const next = parseWallClock(text.replace("T", " "), deps.calendar.zone);
  if (!next.ok) return next;
  const now = instantFromMs(deps.now());
  if (next.value <= now) return fail({ kind: "next_contact_past" });
  return next.value > addSeconds(now, mostAheadSeconds) ? fail({ kind: "bad_time" }) : next;
};

type Contact = { readonly event: Omit<ContactEvent, "about">; readonly personal?: Personal };

/** Records a contact about the latest request of a case. */
const recordContact = async (
  deps: Deps,
  caseId: CaseId,
  { event, personal }: Contact,
): Promise<Result<Saved, ContactFault>> =>
  recordEvents<UnknownCaseFault>(deps, async () => {
    const refundCase = await getCase(deps.journal.db, caseId);
    if (refundCase === undefined) return fail({ kind: "case_unknown" } as const);
    return planOf({ ...event, about: latestAttempt(refundCase).record }, personal);
  });

const some = <T>(items: readonly T[]): readonly T[] | undefined =>
  items.length === 0 ? undefined : items;

/** Papers about a person and all that was typed lie where they can be erased. */
const personalOf = ({ text, reach, evidence = [] }: ContactDraft): Personal | undefined => {
  const personal = {
    ...given("phone", typedText(reach)),
    ...given("text", typedText(text)),
    ...given("evidence", some(evidence.filter(({ kind }) => kind === "id"))),
  };
  return Object.keys(personal).length === 0 ? undefined : personal;
};

const typedText = (typed = ""): string | undefined => {
  const text = cutText(typed, longestText);
  return text === "" ? undefined : text;
};

/** Logs who was spoken to about a refund, how, under which ticket (R11). */
export const logContact = async (
  deps: Deps,
  caseId: CaseId,
  draft: ContactDraft,
): Promise<Result<Saved, ContactFault>> => {
  const staff = whoMay(deps, "log_contact");
  if (!staff.ok) return staff;
  if ([draft.text, draft.reach].some((text = "") => findCardNumbers(text).length > 0))
    return fail({ kind: "card_number_in_text" });
  const ticket = ticketIn(draft.ticket, instantFromMs(deps.now()));
  if (!ticket.ok) return ticket;
  const next = nextIn(draft.next, deps);
  if (!next.ok) return next;
  const event = {
    kind: "contact",
    with: draft.with,
    via: draft.via,
    ...given("ticket", ticket.value),
    ...given("next", next.value),
    ...given("evidence", some((draft.evidence ?? []).filter(({ kind }) => kind !== "id"))),
  } as const;
  return recordContact(deps, caseId, { event, ...given("personal", personalOf(draft)) });
};

/** How satisfied a customer was with a refund, in one tap: 1 not at all to 5 very, with words where they said some (R54). */
export const logFeedback = async (
  deps: Deps,
  caseId: CaseId,
  { score, text = "" }: { readonly score: Score; readonly text?: string },
): Promise<Result<Saved, ContactFault>> => {
  const staff = whoMay(deps, "log_contact");
  if (!staff.ok) return staff;
  if (findCardNumbers(text).length > 0) return fail({ kind: "card_number_in_text" });
  const event = {
    kind: "contact",
    with: "customer",
    via: "counter",
    score,
    tags: ["feedback"],
  } as const;
  const note = cutText(text, longestText);
  return recordContact(deps, caseId, {
    event,
    ...given("personal", note === "" ? undefined : { text: note }),
  });
};

const redFacts = (draft: InvoiceDraft, deps: Deps): Result<InvoiceFacts, TypedFault> => {
  const { red, at = "" } = draft;
  if (red !== "done") return ok(given("red", red) as InvoiceFacts);
  const number = numberIn(draft.red_no);
  if (!number.ok) return number;
  if (number.value === undefined) return fail({ kind: "number_length" });
  const facts = { red, red_no: number.value };
  if (at === "") return ok(facts);
  const day = parseBusinessDate(at);
  if (!day.ok) return day;
  const today = businessDate(instantFromMs(deps.now()), deps.calendar);
  return day.value > today ? fail({ kind: "evidence_in_future" }) : ok({ ...facts, at });
};

const invoiceFacts = (draft: InvoiceDraft, deps: Deps): Result<InvoiceFacts, TypedFault> => {
  if (draft.issued === "no") return ok({ issued: "no" });
  const number = numberIn(draft.no);
  if (!number.ok) return number;
  const red = redFacts(draft, deps);
  if (!red.ok) return red;
  const no = number.value === undefined ? {} : { no: number.value };
  return ok({ issued: "yes", ...no, ...red.value });
};

/** Records whether the sale had an invoice and what becomes of it; until that is said the case stays open (X42). */
export const recordInvoice = async (
  deps: Deps,
  caseId: CaseId,
  draft: InvoiceDraft,
): Promise<Result<Saved, ContactFault>> => {
  const staff = whoMay(deps, "log_contact");
  if (!staff.ok) return staff;
  const invoice = invoiceFacts(draft, deps);
  if (!invoice.ok) return invoice;
  const event = { kind: "contact", with: "other", via: "other", tags: ["invoice"] } as const;
  return recordContact(deps, caseId, { event: { ...event, invoice: invoice.value } });
};
