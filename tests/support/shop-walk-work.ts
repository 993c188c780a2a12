import { wechatpay } from "../../src/domain/acquirers/wechatpay.ts";
import { firstOwner, type BatchId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { MoneyResult } from "../../src/domain/journal-event.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import type { Attempt } from "../../src/domain/refund/attempt.ts";
import { latestAttempt, type RefundCase } from "../../src/domain/refund/case.ts";
import { standingOf } from "../../src/domain/refund/money-track.ts";
import type { GoodsReport } from "../../src/domain/refund/decide-goods.ts";
import { resultsOf, type ResultReport } from "../../src/domain/refund/decide-result.ts";
import { defaultSetting } from "../../src/domain/shop-setting.ts";
import { approveRefund, reopenRefund } from "../../src/usecases/approve-refund.ts";
import { changePolicy } from "../../src/usecases/change-policy.ts";
import { changeProfile } from "../../src/usecases/change-profile.ts";
import { changeSetting } from "../../src/usecases/change-setting.ts";
import {
  changeStaff,
  disableStaff,
  enableStaff,
  resetStaffPin,
} from "../../src/usecases/change-staff.ts";
import { actingAs } from "../../src/usecases/deps.ts";
import { prepareBatch, recallBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { ledgerHandedOut, prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { refundInstead } from "../../src/usecases/fail-void.ts";
import { logContact, recordInvoice } from "../../src/usecases/log-contact.ts";
import { recordCopiesSent } from "../../src/usecases/merchant-copy.ts";
import { recallLeftBatch } from "../../src/usecases/recall-left-batch.ts";
import { recordGoods } from "../../src/usecases/receive-goods.ts";
import { recordResult, resendRefund, retractResult } from "../../src/usecases/record-result.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { retryRefund } from "../../src/usecases/retry-refund.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { units } from "./a.ts";
import { options, quiet } from "./money-steps.ts";
import { anEntry, personOf } from "./people.ts";
import { aFile } from "./rights-cell.ts";
import { caseOf, decider, pickOne, till, worker, type Act, type ShopWalk } from "./shop-walk.ts";

type Some = Act<string>;
type Does = (walk: ShopWalk, act: Some) => Promise<unknown>;

type Step = (walk: ShopWalk, act: Some, known: RefundCase) => Promise<unknown>;
type Fits = (refundCase: RefundCase) => boolean;

/** Something is done about a case, mostly where it can be. */
const onCase =
  (does: Step, fits: Fits = () => true): Does =>
  async (walk, act) => {
    const known = await caseOf(walk, act, fits);
    return known && does(walk, act, known);
  };

const moneyIn =
  (...states: readonly RefundCase["money"][]): Fits =>
  ({ money }) =>
    states.includes(money);

const isOut: Fits = ({ money }) =>
  money !== undefined && !["ready", "pending_approval", "withdrawn"].includes(money);

const results = [
  "processing",
  "unknown",
  "needs_action",
  "abnormal",
  "succeeded",
  "succeeded",
  "failed",
  "failed",
  "closed",
  "reversed",
] as const satisfies readonly MoneyResult[];

const tellers = ["portal", "portal", "slip", "support", "cust"] as const;

const reportFor = async (
  { deps }: ShopWalk,
  { minor, way, which }: Some,
  { attempts }: RefundCase,
): Promise<ResultReport> => {
  const by = pickOne(tellers, way);
  return {
    result: pickOne(results, minor),
    by,
    at: instantFromMs(deps.now() - (way % 7) * 1000),
    evidence: by === "slip" && which % 2 === 0 ? [await aFile(deps, "slip")] : [],
    ...(by === "cust" ? {} : { reference: `REF${minor}` }),
    ...(way % 3 === 0 ? { attempt: 1 + (way % attempts.length) } : {}),
  };
};

/** Money that had counted as free may be promised to somebody else by now. */
const excuse = ({ excused }: ShopWalk, { paymentId }: RefundCase, attempt: Attempt): void => {
  if (paymentId !== undefined && standingOf(attempt.money) === "frees") excused.add(paymentId);
};

/** Somebody hears of a refund, mostly of its latest request; what comes after the end counts too. */
const hear = onCase(async (walk, act, known) => {
  const { caseId, attempts } = known;
  const report = await reportFor(walk, act, known);
  const attempt = attempts.find(({ number }) => number === report.attempt) ?? latestAttempt(known);
  const words = act.way % 4 === 0 ? "备注" : "";
  const saved = await recordResult(await worker(walk, act), caseId, report, words);
  if (!saved.ok || report.result !== "succeeded") return;
  const { approval } = attempt;
  walk.unapproved.told ||= approval !== "approved" && approval !== "not_required";
  excuse(walk, known, attempt);
}, isOut);

/** A result by mistake is taken back. */
const retract = onCase(async (walk, act, known) => {
  const { caseId, attempts } = known;
  const told = attempts.flatMap((attempt) => resultsOf(attempt).map((ref) => ({ attempt, ref })));
  if (told.length === 0) return;
  const { attempt, ref } = pickOne(told, act.way);
  const saved = await retractResult(await worker(walk, act), caseId, ref, "看错了");
  if (saved.ok) excuse(walk, known, attempt);
}, isOut);

const decide = onCase(async (walk, act, { caseId }) => {
  const decision =
    act.minor % 3 === 0
      ? ({ result: "reject", reason: "no_proof", note: "不符" } as const)
      : ({ result: "approve" } as const);
  return approveRefund(await till(walk), caseId, { ...decider(walk, act), decision });
}, moneyIn("pending_approval"));

const reopen = onCase(
  async (walk, act, { caseId }) => {
    const evidence = act.minor % 5 === 0 ? [] : [await aFile(walk.deps, "voucher")];
    return reopenRefund(await till(walk), caseId, { ...decider(walk, act), evidence });
  },
  ({ approval }) => approval === "rejected",
);

const unused = { unused: true, complete: true } as const;

const goods: readonly GoodsReport[] = [
  { state: "received", check: unused },
  { state: "received", check: { unused: false, complete: true } },
  { state: "waived" },
  { state: "lost" },
  { state: "given" },
];

const batchOf = async ({ deps }: ShopWalk, { which }: Some): Promise<BatchId> => {
  const batches = await deps.journal.db.batches.toArray();
  const open = batches.filter(({ state }) => state === "created");
  const some = which % 5 === 0 ? batches : open;
  return some[which % Math.max(1, some.length)]?.batchId ?? ("none" as BatchId);
};

const exportersOf = async ({ deps }: ShopWalk, batchId: BatchId) => {
  const rows = await deps.journal.db.cases.toArray();
  const attempts = rows.map(({ refundCase }) => latestAttempt(refundCase));
  const exported = attempts.filter((attempt) => attempt.batchId === batchId);
  return new Set(exported.map(({ exportedBy }) => exportedBy));
};

const even = <T>({ minor }: Some, one: T, other: T): T => (minor % 2 === 0 ? one : other);

const byOwner = async ({ deps }: ShopWalk) => actingAs(deps, await personOf(deps, firstOwner));

const prepare: Does = async (walk, act) =>
  prepareBatch(
    await worker(walk, act),
    act.which % 4 === 0 ? "refund-list-csv" : "wechat-batch-txt",
    {
      ...options,
      gradeD: act.way % 3 === 0,
    },
  );

/** The owner sends everything off that may leave. */
const handIn: Does = async (walk, { which }) => {
  const owner = await byOwner(walk);
  const format = which % 5 === 0 ? "refund-list-csv" : "wechat-batch-txt";
  const made = await prepareBatch(owner, format, { ...options, gradeD: true });
  if (!made.ok) return;
  const { batchId } = made.value;
  await reportDelivery(owner, batchId, "saved");
  await reportUpload(owner, batchId, "商户平台");
};

/** What was written so far leaves as a file, all of it or only what is new. */
const exportLedger: Does = async (walk, act) => {
  const scope = even(act, "new", "all");
  const file = await prepareLedgerFile(await till(walk), { scope, ...quiet });
  if (file.ok && act.which % 2 === 0) await ledgerHandedOut(walk.deps, file.value);
};

/** People go, come back, rise, fall and get new PINs; the first owner stays. */
const changePeople: Does = async (walk, { which, way, minor }) => {
  const { staff } = pickOne(walk.people.slice(1), which);
  const owner = await byOwner(walk);
  const pin = way % 2 === 0 ? "604817" : "482915";
  switch (way % 6) {
    case 0:
      return disableStaff(owner, staff);
    case 1:
    case 2:
      return enableStaff(owner, staff);
    case 3: {
      const set = await resetStaffPin(owner, staff, { pin, again: pin });
      if (set.ok) walk.pins.set(staff, pin);
      return set;
    }
    default: {
      const role = pickOne(["clerk", "lead", "lead", "clerk", "auditor"] as const, which);
      return changeStaff(owner, staff, anEntry({ role, limit: units(minor) }));
    }
  }
};

/** The owner changes what the shop goes by. */
const changeShop: Does = async (walk, { way, minor }) => {
  const owner = await byOwner(walk);
  const amount = { ...defaultPolicy.limits.clerk, amount: minor };
  const limits = { clerk: amount, lead: { amount: minor * 2 } };
  switch (way % 3) {
    case 0:
      return changePolicy(owner, { ...defaultPolicy, limits, photoFrom: minor });
    case 1:
      return changeProfile(owner, { ...wechatpay, partialLimit: 1 + (minor % 4) });
    default:
      return changeSetting(owner, { ...defaultSetting, cutoffMinutes: minor % 1440 });
  }
};

const hour = 3_600_000;
const jumps = [-20, 0, -1, 0, -0.01, 0, 1, 0, 30, 0, 8 * 24, 0, 400 * 24, 0].map((h) => h * hour);

const write: Does = async (walk, act) => {
  const known = await caseOf(walk, act);
  if (known === undefined) return;
  const person = await till(walk);
  const { caseId } = known;
  switch (act.way % 4) {
    case 0:
      return tellCustomer(person, caseId, { via: "print", language: "zh-CN" });
    case 1:
      return recordCopiesSent(person, [caseId], { via: "email" });
    case 2:
      return recordInvoice(person, caseId, { issued: even(act, "yes", "no") });
    default:
      return logContact(person, caseId, { with: "support", via: "phone", text: "已催" });
  }
};

/** What is done to refunds and around them. */
export const works: Readonly<Record<string, Does>> = {
  hear,
  retract,
  decide,
  reopen,
  write,
  prepare,
  hand_in: handIn,
  ledger: exportLedger,
  people: changePeople,
  shop: changeShop,
  goods_back: onCase(
    async (walk, { way }, { caseId }) => recordGoods(await till(walk), caseId, pickOne(goods, way)),
    ({ goods: at, type }) => at !== "none" || type === "exchange",
  ),
  withdraw: onCase(
    async (walk, _, { caseId }) => withdrawRefund(await till(walk), caseId, "customer"),
    moneyIn("ready", "pending_approval"),
  ),
  resend: onCase(
    async (walk, act, { caseId }) => resendRefund(await worker(walk, act), caseId),
    moneyIn("needs_action", "unknown"),
  ),
  retry: onCase(
    async (walk, act, { caseId, attempts }) => {
      const seen = attempts.length - (act.way % 5 === 0 ? 1 : 0);
      return retryRefund(await worker(walk, act), caseId, Math.max(1, seen));
    },
    moneyIn("failed", "closed"),
  ),
  void_refused: onCase(
    async (walk, act, { caseId }) => refundInstead(await worker(walk, act), caseId, "该交易已结算"),
    ({ mode }) => mode === "void",
  ),
  deliver: async (walk, act) =>
    reportDelivery(await worker(walk, act), await batchOf(walk, act), even(act, "shared", "saved")),
  upload: async (walk, act) =>
    reportUpload(await worker(walk, act), await batchOf(walk, act), even(act, "商户平台", "")),
  recall: async (walk, act) => recallBatch(await worker(walk, act), await batchOf(walk, act)),
  recall_left: async (walk, act) => {
    const entry = { ...decider(walk, act), proof: even(act, "平台上没有", "没有上传") };
    const batchId = await batchOf(walk, act);
    const exporters = await exportersOf(walk, batchId);
    const saved = await recallLeftBatch(await till(walk), batchId, entry);
    walk.alone.told ||= saved.ok && exporters.has(entry.approver);
    return saved;
  },
  switch: async ({ people, at }, { way }) => {
    at.person = pickOne([...people, ...people.slice(0, 2)], way).staff;
  },
  clock: async ({ drift }, { way }) => {
    drift.ms = pickOne(jumps, way);
  },
};
