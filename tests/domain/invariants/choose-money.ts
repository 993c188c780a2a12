import type { Batch } from "../../../src/domain/batch.ts";
import { blockOf, rowOf, type ReadyRefund } from "../../../src/domain/batch-choice.ts";
import { chooseRows } from "../../../src/domain/batches/choose-rows.ts";
import { mainFormat } from "../../../src/domain/batches/batch-formats.ts";
import { expectedBy } from "../../../src/domain/expected-by.ts";
import { given } from "../../../src/domain/given.ts";
import type { BatchId } from "../../../src/domain/ids.ts";
import type {
  EvidenceFile,
  GoodsLine,
  JournalEvent,
  MoneyEvent,
  MoneyResult,
} from "../../../src/domain/journal-event.ts";
import { sum } from "../../../src/domain/money.ts";
import { amountLimits } from "../../../src/domain/policy/shop-policy.ts";
import type { Attempt } from "../../../src/domain/refund/attempt.ts";
import { latestAttempt, type RefundCase } from "../../../src/domain/refund/case.ts";
import {
  decideDelivery,
  decideRecall,
  decideRecallApproval,
  decideUpload,
} from "../../../src/domain/refund/decide-batch.ts";
import { decideGoods, type GoodsReport } from "../../../src/domain/refund/decide-goods.ts";
import {
  decideResend,
  decideResult,
  decideRetract,
  resultsOf,
} from "../../../src/domain/refund/decide-result.ts";
import { decideVoidFailed } from "../../../src/domain/refund/decide-void.ts";
import { decideWithdraw } from "../../../src/domain/refund/decide-withdraw.ts";
import { fail, ok } from "../../../src/domain/result.ts";
import { rightOf } from "../../../src/domain/rights.ts";
import type { Staff } from "../../../src/domain/staff.ts";
import { addSeconds } from "../../../src/domain/instant.ts";
import { anEvidenceFile, cny } from "../../support/a.ts";
import { pick, type Act } from "./act.ts";
import { nothingThere } from "./choose-refund.ts";
import {
  calendarOf,
  hashAt,
  nextRef,
  policyOf,
  profileOf,
  type Choice,
  type Walk,
} from "./walk.ts";

const one = (event: JournalEvent): Choice => ok([{ event }]);

const allCases = ({ books }: Walk): readonly RefundCase[] => [...books.cases.values()];

/** One of the cases that are meant, or now and then any other. */
const caseFor = (
  walk: Walk,
  { which, more }: Act,
  wanted: (refundCase: RefundCase) => boolean,
): RefundCase | undefined => {
  const all = allCases(walk);
  const found = all.filter(wanted);
  return pick(found.length === 0 || more % 9 === 0 ? all : found, which);
};

const notEntitled: Choice = fail({ kind: "not_entitled" });

export const chooseWithdrawal = (walk: Walk, act: Act, staff: Staff): Choice => {
  const refundCase = caseFor(walk, act, ({ money }) => money === "ready");
  if (refundCase === undefined) return nothingThere;
  const decided = decideWithdraw(staff, refundCase, "customer");
  return decided.ok ? one(decided.value) : decided;
};

const conditions = ["resell", "damaged", "disposed", "not_returned"] as const;

/** A line as somebody saw it; who bypasses the screen may tell another number or other money. */
const seenLine = (line: GoodsLine, { how, more }: Act): GoodsLine => {
  const condition = pick(conditions, more) ?? "resell";
  if (how % 13 === 0) return { ...line, condition, quantity: "9" };
  return how % 17 === 0 ? { ...line, condition, amount: cny(1).minor } : { ...line, condition };
};

const receivedFor = ({ lines = [] }: RefundCase, act: Act): GoodsReport => {
  const { how, more } = act;
  const seen = lines.map((line) => seenLine(line, act));
  const check = { unused: more % 4 > 0, complete: more % 5 > 0 };
  return { state: "received", check, ...given("lines", how % 3 === 0 ? undefined : seen) };
};

export const chooseGoods = (walk: Walk, act: Act, staff: Staff): Choice => {
  const refundCase = caseFor(walk, act, ({ goods }) => goods === "awaiting" || goods === "lost");
  if (refundCase === undefined) return nothingThere;
  const reports: readonly GoodsReport[] = [
    receivedFor(refundCase, act),
    receivedFor(refundCase, act),
    { state: "waived" },
    { state: "lost" },
    { state: "given" },
  ];
  const policy = policyOf(walk.books);
  const decided = decideGoods(refundCase, pick(reports, act.how >> 2) ?? { state: "lost" }, {
    staff,
    limits: amountLimits(policy),
    unusedRequired: policy.unusedRequired,
  });
  return decided.ok ? one(decided.value) : decided;
};

/** Refunds that wait for a file, as the store finds them: by the state of their money alone. */
export const readyRefunds = ({ books }: Pick<Walk, "books">): readonly ReadyRefund[] =>
  [...books.cases.values()]
    .filter(({ money }) => money === "ready")
    .map((refundCase) => ({
      refundCase,
      payment:
        refundCase.paymentId === undefined ? undefined : books.payments.get(refundCase.paymentId),
      profile: profileOf(books, refundCase.acquirer).profile,
    }));

/** The refunds of one file, chosen like the use case does. */
const chosenFor = (walk: Walk, act: Act, gradeD: boolean): readonly ReadyRefund[] => {
  const moment = { gradeD, calendar: calendarOf(walk.books), now: walk.now };
  const free = readyRefunds(walk).filter(
    (ready) => blockOf(ready, { ...moment, home: ready.refundCase.device }) === undefined,
  );
  const first = pick(free, act.which);
  if (first === undefined) return [];
  const format = mainFormat(first.profile, first.payment);
  const isOwn = ({ profile, payment }: ReadyRefund) =>
    mainFormat(profile, payment).id === format.id;
  const own = free.filter(isOwn).slice(0, 1 + (act.how % 4));
  const texts = { reason: "退款", channel: "微信支付" };
  const { currency } = latestAttempt(first.refundCase).amount;
  const rows = own.map((ready) => rowOf(ready, texts));
  const { chosen } = chooseRows(format, currency, rows);
  return own.filter(({ refundCase }) =>
    chosen.some(({ refundNo }) => refundNo === latestAttempt(refundCase).refundNo),
  );
};

const batchEvent = (walk: Walk, chosen: readonly Attempt[]): MoneyEvent => ({
  kind: "money",
  state: "exported",
  by: "file",
  refunds: chosen.map(({ record }) => record).sort((a, b) => a.seq - b.seq),
  file: hashAt(nextRef(walk)),
  out: "prepared",
  batch: {
    id: `${walk.shop.prefix}-${walk.records.length}` as BatchId,
    format: "refund-list-csv",
    rows: chosen.length,
    total: sum(
      chosen.map(({ amount }) => amount),
      chosen[0]?.amount.currency ?? cny(0).currency,
    ),
  },
});

export const chooseExport = (walk: Walk, act: Act, staff: Staff): Choice => {
  const gradeD = act.more % 3 === 0;
  if (rightOf(staff, gradeD ? "export_unproven" : "export") === "no") return notEntitled;
  const chosen = chosenFor(walk, act, gradeD).map(({ refundCase }) => latestAttempt(refundCase));
  return chosen.length === 0 ? nothingThere : one(batchEvent(walk, chosen));
};

const batchFor = ({ books }: Walk, { which, more }: Act): Batch | undefined => {
  const all = [...books.batches.values()];
  const open = all.filter(({ state }) => state === "created");
  return pick(open.length === 0 || more % 9 === 0 ? all : open, which);
};

const casesIn = (walk: Walk, { refunds }: Batch): readonly RefundCase[] =>
  allCases(walk).filter(({ attempts }) =>
    attempts.some(({ record }) => refunds.some(({ seq }) => seq === record.seq)),
  );

export const chooseDelivery = (walk: Walk, act: Act, staff: Staff): Choice => {
  const batch = batchFor(walk, act);
  if (rightOf(staff, "export") === "no") return notEntitled;
  if (batch === undefined) return nothingThere;
  const decided = decideDelivery(casesIn(walk, batch), batch, {
    out: act.how % 2 === 0 ? "shared" : "saved",
    now: walk.now,
  });
  return decided === undefined ? nothingThere : one(decided);
};

export const chooseUpload = (walk: Walk, act: Act, staff: Staff): Choice => {
  const batch = batchFor(walk, act);
  if (batch === undefined || batch.state === "uploaded") return nothingThere;
  const cases = casesIn(walk, batch);
  const { profile } = profileOf(walk.books, cases[0]?.acquirer ?? "custom");
  const due = expectedBy(profile, walk.now, calendarOf(walk.books));
  const decided = decideUpload({ staff, now: walk.now }, cases, {
    batchId: batch.batchId,
    ...given("expectedBy", act.how % 2 === 0 ? due : undefined),
  });
  return decided.ok ? one(decided.value) : decided;
};

export const chooseRecall = (walk: Walk, act: Act, staff: Staff): Choice => {
  const batch = batchFor(walk, act);
  if (batch === undefined) return nothingThere;
  const decided = decideRecall(staff, casesIn(walk, batch), batch);
  return decided.ok ? one(decided.value) : decided;
};

/** Another person allows that a batch is taken back: one consent for each refund of it. */
export const chooseRecallConsent = (walk: Walk, act: Act, staff: Staff): Choice => {
  const batch = batchFor(walk, act);
  if (batch === undefined) return nothingThere;
  const approver = { staff, limits: amountLimits(policyOf(walk.books)) };
  const events: { readonly event: JournalEvent }[] = [];
  for (const refundCase of casesIn(walk, batch)) {
    const decided = decideRecallApproval(
      approver,
      refundCase,
      act.how % 5 > 0 ? "门户里没有" : " ",
    );
    if (!decided.ok) return decided;
    events.push({ event: decided.value });
  }
  return ok(events);
};

const results: readonly MoneyResult[] = [
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
  "succeeded",
  "succeeded",
  "succeeded",
  "failed",
  "failed",
  "failed",
  "failed",
  "closed",
  "closed",
  "reversed",
];

const isOut = ({ money }: RefundCase): boolean =>
  money !== undefined && !["ready", "pending_approval", "withdrawn"].includes(money);

/** What a person says, with or without what proves it. */
export const chooseReport = (walk: Walk, act: Act, staff: Staff): Choice => {
  const refundCase = caseFor(walk, act, isOut);
  if (refundCase === undefined) return nothingThere;
  const { how, more } = act;
  const files: readonly EvidenceFile[] = how % 4 === 1 ? [anEvidenceFile({ kind: "slip" })] : [];
  const decided = decideResult({ staff, now: walk.now }, refundCase, {
    result: pick(results, more) ?? "unknown",
    by: pick(["portal", "slip", "support", "cust"] as const, how >> 4) ?? "portal",
    at: addSeconds(walk.now, -(how % 3) * 40_000 + (how % 50 === 0 ? 1 : 0)),
    evidence: files,
    ...given("reference", how % 3 === 0 ? undefined : `REF${act.which}`),
    ...given("answer", how % 5 < 2 ? "HTTP 200 退款成功！" : undefined),
    ...given("attempt", more % 6 === 0 ? 1 : undefined),
  });
  return decided.ok ? one(decided.value) : decided;
};

/** A row of a file: it names its attempt whatever state that is in. */
export const chooseRow = (walk: Walk, act: Act): Choice => {
  const attempts = allCases(walk).flatMap((refundCase) => refundCase.attempts);
  const attempt = pick(
    attempts.filter(({ amount }) => amount.minor > 0),
    act.which,
  );
  const imported = walk.books.imports.values().next().value?.record;
  if (attempt === undefined || imported === undefined) return nothingThere;
  return one({
    kind: "money",
    state: pick(results, act.more) ?? "unknown",
    by: "row",
    refunds: [attempt.record],
    at: addSeconds(walk.now, -(act.how % 5) * 20_000),
    imported: { record: imported, row: hashAt(nextRef(walk)) },
  });
};

export const chooseResend = (walk: Walk, act: Act, staff: Staff): Choice => {
  const refundCase = caseFor(
    walk,
    act,
    ({ money }) => money === "needs_action" || money === "unknown",
  );
  if (refundCase === undefined) return nothingThere;
  const { profile } = profileOf(walk.books, refundCase.acquirer);
  const decided = decideResend({ staff, now: walk.now }, refundCase, profile.resendIdempotent);
  return decided.ok ? one(decided.value) : decided;
};

export const chooseRetraction = (walk: Walk, act: Act, staff: Staff): Choice => {
  const heard = allCases(walk).filter(({ attempts }) =>
    attempts.some((attempt) => resultsOf(attempt).length > 0),
  );
  const refundCase = pick(heard, act.which);
  if (refundCase === undefined) return nothingThere;
  const result = pick(refundCase.attempts.flatMap(resultsOf), act.how);
  if (result === undefined) return nothingThere;
  const decided = decideRetract(staff, refundCase, result);
  return decided.ok ? one(decided.value) : decided;
};

/** The terminal refuses a void, with or without a word. */
export const chooseFailedVoid = (walk: Walk, act: Act, staff: Staff): Choice => {
  const refundCase = caseFor(walk, act, ({ mode }) => mode === "void");
  if (refundCase === undefined) return nothingThere;
  const decided = decideVoidFailed({ staff, now: walk.now }, refundCase, {
    batchId: `${walk.shop.prefix}-H${walk.records.length}` as BatchId,
    file: hashAt(nextRef(walk)),
    answer: act.how % 6 === 0 ? " " : "已结算",
  });
  return decided.ok ? ok(decided.value.map((event) => ({ event }))) : decided;
};
