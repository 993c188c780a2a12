import { beforeEach, describe, expect, it } from "vitest";
import { array, assert, asyncProperty, constantFrom, nat, record } from "fast-check";
import { emptyBooks, post, type Books } from "../../src/domain/books.ts";
import { CNY } from "../../src/domain/currency.ts";
import type { BatchId, DeviceId, StaffId } from "../../src/domain/ids.ts";
import { instantFromSeconds, type BusinessDate } from "../../src/domain/instant.ts";
import type { JournalEvent, MoneyResult } from "../../src/domain/journal-event.ts";
import { money, sum } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { latestAttempt, type RefundCase } from "../../src/domain/refund/case.ts";
import { commandAllowed, resultsFrom } from "../../src/domain/refund/money-track.ts";
import { nextRefundNumber } from "../../src/domain/refund-number.ts";
import { taskKinds, tasksOf } from "../../src/domain/tasks.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { readHead } from "../../src/storage/append-record.ts";
import { countByTask } from "../../src/storage/queries.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import {
  anOpenTill,
  newBrowser,
  payment,
  prefix,
  refund,
  valueOf,
  wipeDatabase,
  write,
  type Till,
} from "./a-till.ts";
import { runs } from "../support/deep.ts";

beforeEach(newBrowser);

type Command = { readonly what: (typeof commands)[number]; readonly pick: number };

const commands = [
  "payment",
  "refund",
  "refund",
  "refund",
  "withdraw",
  "export",
  "submit",
  "recall",
  "result",
  "result",
  "again",
  "notice",
  "staff",
  "import",
  "file",
  "close",
  "gap",
  "ack",
  "wit",
] as const;

const foldOf = (till: Till): Books => {
  const books = emptyBooks();
  for (const recorded of till.recorded) post(books, recorded);
  books.tales.clear(); // the tables hold none: they are read back from the records
  return books;
};

const pickFrom = <T>(items: readonly T[], pick: number): T | undefined =>
  items[pick % Math.max(1, items.length)];

const casesThat = (books: Books, fits: (refundCase: RefundCase) => boolean) =>
  [...books.cases.values()].filter(fits);

const canDo =
  (command: Parameters<typeof commandAllowed>[1]) =>
  (refundCase: RefundCase): boolean =>
    commandAllowed(latestAttempt(refundCase).money, command);

const results: readonly MoneyResult[] = ["processing", "succeeded", "failed", "reversed"];

const moneyOf = (
  cases: readonly RefundCase[],
  over: Partial<Extract<JournalEvent, { kind: "money" }>>,
): JournalEvent | undefined => {
  const refunds = cases.map((one) => latestAttempt(one).record).sort((a, b) => a.seq - b.seq);
  const event = { kind: "money", state: "submitted", by: "staff", refunds, ...over } as const;
  return cases.length === 0 ? undefined : event;
};

const makers: Readonly<
  Record<Command["what"], (till: Till, books: Books, pick: number) => JournalEvent | undefined>
> = {
  payment: (_, books, pick) => payment(books.payments.size + 1, 100 + (pick % 10_000)),
  refund: (till, books, pick) => {
    const paid = pickFrom([...books.payments.values()], pick);
    if (paid === undefined) return undefined;
    const minor = 1 + (pick % paid.amount.minor);
    const number = books.cases.size + 1;
    const left = Math.max(remaining(paid).minor, minor);
    const plan = {
      number,
      payment: Number(paid.paymentId),
      minor,
      left,
      counter: lastCounter(till),
    };
    return refund(till, plan);
  },
  withdraw: (_, books, pick) => {
    const found = pickFrom(casesThat(books, canDo("withdrawn")), pick);
    return found && { kind: "withdraw", refund: latestAttempt(found).record, why: "mistake" };
  },
  export: (_, books, pick) => {
    const cases = casesThat(books, canDo("exported")).slice(0, 1 + (pick % 4));
    const total = sum(
      cases.map((one) => latestAttempt(one).amount),
      CNY,
    );
    const id = `B${books.batches.size + 1}` as BatchId;
    const batch = { id, format: "custom", rows: cases.length, total };
    const file = hashText(id);
    return moneyOf(cases, { state: "exported", by: "file", batch, file, out: "saved" });
  },
  submit: (_, books, pick) =>
    moneyOf(casesThat(books, canDo("submitted")).slice(0, 1 + (pick % 4)), {
      at: instantFromSeconds(1_780_000_000 + pick),
    }),
  recall: (_, books, pick) =>
    moneyOf(casesThat(books, canDo("ready")).slice(0, 1 + (pick % 2)), { state: "ready" }),
  result: (_, books, pick) => {
    const state = pickFrom(results, pick) ?? "processing";
    const found = pickFrom(
      casesThat(books, (one) => resultsFrom(latestAttempt(one).money).includes(state)),
      pick,
    );
    return moneyOf(found === undefined ? [] : [found], {
      state,
      by: "portal",
      channelRefundNo: `5030${pick}`,
      at: instantFromSeconds(1_780_000_000 + pick),
    });
  },
  again: (till, books, pick) => {
    const failed = casesThat(books, (one) => ["failed", "closed"].includes(String(one.money)));
    const found = pickFrom(failed, pick);
    if (found?.paymentId === undefined) return undefined;
    const paid = books.payments.get(found.paymentId);
    const left = paid === undefined ? 0 : remaining(paid).minor;
    const minor = found.amount.minor;
    if (left < minor) return undefined;
    const plan = { number: Number(found.caseId), payment: Number(found.paymentId), minor, left };
    const event = refund(till, { ...plan, counter: lastCounter(till) });
    const attempt = { attempt: found.attempts.length + 1, previous: latestAttempt(found).record };
    return { ...event, ...attempt };
  },
  notice: (_, books, pick) => {
    const found = pickFrom([...books.cases.values()], pick);
    return (
      found && {
        kind: "notice",
        refund: latestAttempt(found).record,
        to: "customer",
        state: "accepted",
        via: "print",
        copy: found.copies + 1,
      }
    );
  },
  staff: (till, books, pick) => {
    const staff = `c${pick % 3}` as StaffId;
    const said = { kind: "staff", staff, role: "clerk", limit: money(pick, CNY).minor } as const;
    return books.staff.has(staff)
      ? { ...said, op: "changed" }
      : { ...said, op: "added", jwk: till.key.jwk };
  },
  import: (_till, _books, pick) => ({
    kind: "import",
    file: hashText(`file ${pick % 5}`),
    rows: pick,
    acquirer: "wechatpay",
    format: "wechat_all",
    sums: { CNY: [pick, 0] },
  }),
  file: (_, books) => ({ kind: "export", exportId: xid(books.exports.size) }),
  close: (_till, _books, pick) => ({
    kind: "close",
    day: "2026-11-22" as BusinessDate,
    refunds: pick,
  }),
  gap: () => ({ kind: "gap", from: instantFromSeconds(1_780_000_000), why: "clock" }),
  ack: (till, _books, pick) => ({
    kind: "ack",
    token: hashText(`ack ${pick}`),
    by: till.key.kid,
    seq: pick,
    head: hashText(`head ${pick}`),
  }),
  wit: (_till, _books, pick) => ({
    kind: "wit",
    device: hashText(`till ${pick % 3}`) as string as DeviceId,
    seq: pick,
    head: hashText(`head ${pick}`),
    via: "checkpoint",
  }),
};

/** An id of 22 characters. */
const xid = (number: number): string => hashText(`export ${number}`).slice(0, 21) + "A";

const lastCounter = (till: Till): number =>
  till.recorded.filter((recorded) => recorded.event.kind === "refund").length === 0
    ? 0
    : counters(till);

const counters = (till: Till): number => {
  let counter = 0;
  for (const { event } of till.recorded)
    if (event.kind === "refund") counter = nextRefundNumber(prefix, counter).counter;
  return counter;
};

const perform = async (till: Till, { what, pick }: Command): Promise<void> => {
  const books = foldOf(till);
  const event = makers[what](till, books, pick);
  if (event === undefined) return;
  const saved = await write(till, [event]);
  const over = isOver(books, event);
  if (over) expect(saved).toMatchObject({ ok: false, fault: { kind: "over_refund" } });
  else expect(valueOf(saved).copies).toBe(2);
};

const isOver = (books: Books, event: JournalEvent): boolean => {
  if (event.kind !== "refund" || event.paymentId === undefined) return false;
  const paid = books.payments.get(event.paymentId);
  return paid !== undefined && event.amount.minor > remaining(paid).minor;
};

const countsOf = (books: Books): Record<string, number> => {
  const waited = [...books.cases.values()].flatMap(tasksOf);
  return Object.fromEntries(
    taskKinds.map((kind) => [kind, waited.filter((task) => task === kind).length]),
  );
};

describe("the tables", () => {
  it("F42 F51 after any commands say what the pure fold says, also rebuilt, also from the copy", async () => {
    const command = record({ what: constantFrom(...commands), pick: nat(9_999) });
    await assert(
      asyncProperty(array(command, { minLength: 5, maxLength: 30 }), async (sequence) => {
        newBrowser();
        const till = await anOpenTill();
        valueOf(await write(till, [payment(1)]));
        for (const one of sequence) await perform(till, one);
        const { db } = till.journal;
        const fold = foldOf(till);
        const head = await readHead(till.journal, till.key.kid);
        expect(await readBooks(db)).toEqual(fold);
        expect(await countByTask(db)).toEqual(countsOf(fold));
        expect(valueOf(await rebuild(db))).toBe(till.recorded.length);
        expect(await readBooks(db)).toEqual(fold);
        expect(await countByTask(db)).toEqual(countsOf(fold));
        expect(await readHead(till.journal, till.key.kid)).toEqual(head);
        const wiped = await wipeDatabase(till);
        expect(await checkAtStart(wiped.journal)).toMatchObject({ kind: "repaired", copies: 2 });
        expect(await readBooks(wiped.journal.db)).toEqual(fold);
        expect(await readHead(wiped.journal, till.key.kid)).toEqual(head);
        wiped.journal.db.close();
      }),
      { numRuns: runs(8, 100) },
    );
  }, 600_000);
});
