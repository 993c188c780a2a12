import { given } from "../domain/given.ts";
import { system, type CaseId, type StaffId } from "../domain/ids.ts";
import { instantFromMs } from "../domain/instant.ts";
import type { NoticeEvent } from "../domain/journal-event.ts";
import { findMailbox, mailtoLink, writeLetter } from "../domain/letter.ts";
import { copyOf, letterId, type MerchantCopy } from "../domain/merchant-copy.ts";
import { latestAttempt, type RefundCase } from "../domain/refund/case.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import { hashText } from "../ledger/base64url.ts";
import type { Saved } from "../storage/append-record.ts";
import { getCase, getPayment, listStaff, shopAndDevice } from "../storage/queries.ts";
import type { Abilities } from "./abilities.ts";
import { currentSetting } from "./change-setting.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { fileName } from "./file-name.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";
import type { UnknownCaseFault } from "./withdraw-refund.ts";

/** Words of a letter in the shop's language. */
export type CopyTexts = {
  readonly language: string;
  readonly subject: (copies: readonly MerchantCopy[]) => string;
  readonly text: (copies: readonly MerchantCopy[], shop: string) => string;
};

/** The shop has no address that a letter could go to. */
export type MailMissing = { readonly kind: "mail_missing" };

/** The shop's address for its own copies, where the owner has set one that every mail program takes. */
export const findShopMail = async (deps: Deps): Promise<string | undefined> =>
  findMailbox((await currentSetting(deps)).mail);

const nameOf = (people: readonly Staff[], staff: StaffId): string =>
  people.find((person) => person.staff === staff)?.name ?? (staff === system ? "" : staff);

/** The copies of some cases as they stand now, in that order. */
const readCopies = async (
  { journal: { db } }: Deps,
  cases: readonly RefundCase[],
): Promise<readonly MerchantCopy[]> => {
  const people = await listStaff(db);
  return Promise.all(
    cases.map(async (refundCase) => {
      const { paymentId, requestedBy } = refundCase;
      const payment = paymentId === undefined ? undefined : await getPayment(db, paymentId);
      return copyOf(refundCase, { payment, by: nameOf(people, requestedBy) });
    }),
  );
};

const readCases = async (
  { journal: { db } }: Deps,
  caseIds: readonly CaseId[],
): Promise<readonly RefundCase[]> => {
  const cases = await Promise.all(caseIds.map((caseId) => getCase(db, caseId)));
  return cases.filter((refundCase) => refundCase !== undefined);
};

type Prepared = {
  readonly mail: string;
  readonly subject: string;
  readonly text: string;
  readonly file: OutFile;
};

/** One letter about all of them, written before anything leaves. */
const prepareLetter = async (
  deps: Deps,
  caseIds: readonly CaseId[],
  texts: CopyTexts,
): Promise<Result<Prepared, MailMissing | UnknownCaseFault>> => {
  const mail = await findShopMail(deps);
  if (mail === undefined) return fail({ kind: "mail_missing" });
  const copies = await readCopies(deps, await readCases(deps, caseIds));
  if (copies.length === 0) return fail({ kind: "case_unknown" });
  const { name } = (await shopAndDevice(deps.journal.db, deps.device)).shop;
  const [subject, text] = [texts.subject(copies), texts.text(copies, name)];
  const { zone } = deps.calendar;
  const at = instantFromMs(deps.now());
  const letter = writeLetter({ mail, name, subject, text, at, zone, id: letterId(copies) });
  const file = {
    name: fileName(deps, "merchant-copy", "eml"),
    type: "message/rfc822",
    bytes: new TextEncoder().encode(letter),
  };
  return ok({ mail, subject, text, file });
};

type CopiesFault = LockedFault | NotEntitled | UnknownCaseFault | RecordFault;

const noticeOf = (
  refundCase: RefundCase,
  { via, language, text }: Pick<NoticeEvent, "via" | "language" | "text">,
): NoticeEvent => ({
  kind: "notice",
  refund: latestAttempt(refundCase).record,
  to: "merchant",
  state: "accepted",
  via,
  ...given("language", language),
  ...given("text", text),
});

type Way = { readonly via: "share" | "email"; readonly language?: string; readonly text?: string };

/** Records that the copies of these refunds went to the merchant's mail, by the share sheet or the mail program. */
export const recordCopiesSent = async (
  deps: Deps,
  caseIds: readonly CaseId[],
  { via, language, text }: Way,
): Promise<Result<Saved, CopiesFault>> => {
  const staff = whoMay(deps, "tell");
  if (!staff.ok) return staff;
  const hash = text === undefined ? undefined : hashText(text);
  const facts = { via, ...given("language", language), ...given("text", hash) };
  return recordEvents<UnknownCaseFault>(deps, async () => {
    const cases = await readCases(deps, caseIds);
    if (cases.length === 0) return fail({ kind: "case_unknown" } as const);
    return ok({ events: cases.map((one) => ({ event: noticeOf(one, facts) })) });
  });
};

/** What came of sharing: on its way, or still waiting and why. */
export type CopiesOut =
  | { readonly kind: "sent"; readonly out: "shared" | "saved" }
  | { readonly kind: "waiting"; readonly because: "cancelled" | "blocked" };

/**
 * Hands one letter about some refunds to the share sheet. Only when it left is that recorded; otherwise the copies
 * wait as before, and the answer says why (R42).
 */
export const sendMerchantCopies = async (
  deps: Deps,
  deliver: Abilities["deliver"],
  { caseIds, texts }: { readonly caseIds: readonly CaseId[]; readonly texts: CopyTexts },
): Promise<Result<CopiesOut, CopiesFault | MailMissing>> => {
  const staff = whoMay(deps, "tell");
  if (!staff.ok) return staff;
  const made = await prepareLetter(deps, caseIds, texts);
  if (!made.ok) return made;
  const { file, subject, text } = made.value;
  const out = await deliver(file, subject);
  if (out === "cancelled" || out === "blocked") return ok({ kind: "waiting", because: out });
  const { language } = texts;
  const saved = await recordCopiesSent(deps, caseIds, { via: "share", language, text });
  return saved.ok ? ok({ kind: "sent", out }) : saved;
};

/** The same letter of one refund as a link for the mail program; whether it was sent there only people know. */
export const mailLinkOf = async (
  deps: Deps,
  caseId: CaseId,
  texts: CopyTexts,
): Promise<Result<string, MailMissing | UnknownCaseFault>> => {
  const made = await prepareLetter(deps, [caseId], texts);
  return made.ok ? ok(mailtoLink(made.value)) : made;
};
