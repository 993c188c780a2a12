import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { JournalEvent, Recorded } from "../../../domain/journal-event.ts";
import { writeAmount, type Money } from "../../../domain/money.ts";
import { historyEntry, type CaseEvent } from "../../../domain/refund/history.ts";
import type { Staff } from "../../../domain/staff.ts";
import { writeTime } from "../../../domain/batches/batch-cell.ts";
import type { Zone } from "../../../domain/instant.ts";
import type { JournalWords } from "../../../usecases/export-journal.ts";
import type { JournalLine } from "../../../usecases/read-journal.ts";
import { t } from "../../language.ts";
import { evidenceText, historyText, nameOf, reasonText } from "../refund/case-words.ts";

/** What may be looked for, and the kinds of records that stand for it. */
export const kindGroups = {
  all: [],
  refund: ["refund", "decide", "withdraw"],
  money: ["money"],
  payment: ["payment", "import", "claim"],
  told: ["notice", "contact", "goods"],
  people: ["staff"],
  shop: ["policy"],
  chain: ["export", "close", "genesis", "rotate", "gap", "ack", "wit"],
  erase: ["erase"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type KindGroup = keyof typeof kindGroups;

const caseKinds: ReadonlySet<JournalEvent["kind"]> = new Set([
  "refund",
  "withdraw",
  "decide",
  "goods",
  "contact",
  "money",
  "notice",
  "erase",
]);

const isOfCase = (recorded: Recorded): recorded is Recorded<CaseEvent> =>
  caseKinds.has(recorded.event.kind);

type OtherEvent = Exclude<JournalEvent, CaseEvent>;

const otherText = (event: OtherEvent, people: readonly Staff[]): string => {
  switch (event.kind) {
    case "genesis":
      return t("audit.genesis", { label: visibleText(event.label).text });
    case "payment":
      return t("audit.payment");
    case "import":
      return event.takesBack === undefined
        ? t("audit.import", { n: event.rows })
        : t("audit.import_back");
    case "policy":
      return t(`audit.policy.${event.what}`, { n: event.version });
    case "staff":
      return t(`audit.staff.${event.op}`, { name: nameOf(people, event.staff) });
    case "ack":
    case "wit":
      return t(`audit.${event.kind}`, { seq: event.seq });
    case "close":
    case "export":
    case "gap":
    case "rotate":
    case "claim":
      return t(`audit.${event.kind}`);
  }
};

/** What a record says, in plain words. */
export const lineText = ({ said }: JournalLine, people: readonly Staff[]): string => {
  if (said === undefined) return t("audit.unread");
  if (!isOfCase(said)) return otherText(said.event as OtherEvent, people);
  const words = historyText(historyEntry(said));
  return said.event.kind === "refund"
    ? [words, reasonText(said.event.reason)].join(t("word.separator"))
    : words;
};

/** A record of a whole file speaks of all its refunds. */
const refundsIn = (event: JournalEvent): number =>
  event.kind === "money" ? event.refunds.length : 1;

/** What else stands by a record: of how many refunds it speaks, how it is known, what was written, whether the clock was wrong. */
export const lineFacts = ({ said }: JournalLine): readonly string[] => {
  if (said === undefined) return [];
  const n = refundsIn(said.event);
  const known = isOfCase(said) ? evidenceText(historyEntry(said)) : undefined;
  const text = said.personal?.text;
  return [
    n > 1 ? t("word.count", { n }) : undefined,
    known,
    text === undefined ? undefined : visibleText(text).text,
    said.clockBack ? t("audit.clock_back") : undefined,
  ].filter((fact) => fact !== undefined);
};

/** Who did it; nobody where the record cannot be read. */
export const lineWho = ({ said }: JournalLine, people: readonly Staff[]): string =>
  said === undefined ? "" : nameOf(people, said.staff);

/** The money of a record: of the refund it speaks of, of a file all of it, or what was paid or is claimed. */
export const lineAmount = ({ said, about }: JournalLine): Money | undefined => {
  const event = said?.event;
  if (event?.kind === "money" && refundsIn(event) > 1) return event.batch?.total;
  return event?.kind === "payment" || event?.kind === "claim" ? event.amount : about?.amount;
};

const columns = [
  "seq",
  "time",
  "who",
  "what",
  "refund_no",
  "amount",
  "currency",
  "flags",
  "hash",
] as const;

/** The table's words in the language on screen. */
export const tableWords = (people: readonly Staff[], zone: Zone): JournalWords => ({
  header: columns.map((column) => t(`audit.column.${column}`)),
  cells: (line) => {
    const { record, said, about } = line;
    const amount = lineAmount(line);
    return [
      String(record.seq),
      said === undefined ? "" : writeTime(said.at, "yyyy-MM-dd HH:mm:ss", zone),
      lineWho(line, people),
      lineText(line, people),
      about?.refundNo ?? "",
      amount === undefined ? "" : writeAmount(amount),
      amount?.currency ?? "",
      lineFacts(line).join(t("word.separator")),
      record.hash,
    ];
  },
});
