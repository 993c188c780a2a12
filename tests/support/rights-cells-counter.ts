import { instantFromMs } from "../../src/domain/instant.ts";
import { writeAmount } from "../../src/domain/money.ts";
import { fail, ok } from "../../src/domain/result.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { checkSlip } from "../../src/usecases/check-slip.ts";
import { closeShift } from "../../src/usecases/close-shift.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareDisputePack } from "../../src/usecases/dispute-pack.ts";
import { prepareBatch, recallBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { ledgerHandedOut, prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { listTasks } from "../../src/usecases/list-tasks.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import { eraseCustomer, eraseRefusal } from "../../src/usecases/erase-customer.ts";
import { logContact, logFeedback, recordInvoice } from "../../src/usecases/log-contact.ts";
import { recordCopiesSent, sendMerchantCopies } from "../../src/usecases/merchant-copy.ts";
import { readCase } from "../../src/usecases/read-case.ts";
import { readPolicy } from "../../src/usecases/read-policy.ts";
import { recallLeftBatch } from "../../src/usecases/recall-left-batch.ts";
import { recordLookedUp, recordPayment } from "../../src/usecases/record-payment.ts";
import { acknowledgeBatch } from "../../src/usecases/acknowledge-batch.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import {
  linkDifference,
  recordOutside,
  resolveDifference,
} from "../../src/usecases/resolve-difference.ts";
import { takeBackImport } from "../../src/usecases/take-back-import.ts";
import { importResults } from "../../src/usecases/import-results.ts";
import { reviewResults } from "../../src/usecases/review-results.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { linesOf } from "./compare-here.ts";
import { valueOf } from "./a.ts";
import { someRows } from "./deps.ts";
import { importOf, newCaseId, options, quiet } from "./money-steps.ts";
import { caseAt, payNow, setMail, submitNow } from "./refunds.ts";
import {
  aCell,
  aCellOfMine,
  askFor,
  byPin,
  fen,
  fresh,
  leftBatch,
  paid,
  type Cell,
  type Scene,
  type Step,
} from "./rights-cell.ts";

const seen = (isThere: boolean) => (isThere ? ok(undefined) : fail({ kind: "nothing" }));

/** A refund of ¥1.00 that is ready. */
const ready = async (owner: Deps, minor = 100) => askFor(owner, await paid(owner, minor));

const readBoth = async (me: Deps) => {
  const { groups } = await listTasks(me, instantFromMs(me.now()));
  return seen((await readPolicy(me)).version > 0 && groups.length > 0);
};

const looks: readonly Cell[] = [
  aCell("find a payment", "look_up", async ({ owner }) => {
    const number = (await paid(owner, 100)).payment.numbers["out_trade_no"] ?? "";
    return { ask: async (me) => seen((await findPayment(me, number)).kind === "payment") };
  }),
  aCell("read a refund and check its slip", "look_up", async ({ owner }) => {
    const caseId = await ready(owner);
    const ask = async (me: Deps) => {
      const screen = (await readCase(me, caseId, "https://a.test/"))?.codes?.screen ?? "";
      return seen((await checkSlip(me, screen)).kind === "good");
    };
    return { ask };
  }),
  aCell("read the policy and the list", "look_up", async ({ owner, clerk }) => {
    await askFor(clerk, await paid(owner, 100), { destination: "cash", note: "现金" });
    return { ask: readBoth };
  }),
];

const aPayment = (me: Deps) =>
  ({
    amount: fen(100),
    channel: "wechat",
    acquirer: "wechatpay",
    state: "paid",
    paidAt: instantFromMs(me.now() - 60_000),
    proof: "slip",
  }) as const;

const files: readonly Cell[] = [
  aCell("record a payment", "record_payment", async () => ({
    ask: (me) => recordPayment(me, aPayment(me)),
  })),
  aCell("look an unknown payment up", "record_payment", async ({ owner }) => {
    const paymentId = await payNow(owner, { state: "unknown" });
    return { ask: (me) => recordLookedUp(me, paymentId, "paid") };
  }),
  aCell("import a statement", "import_file", async ({ owner }) => {
    const rows = someRows(owner).slice(0, 2);
    return { ask: (me) => importOf(me, rows, `bill ${fresh()}`) };
  }),
  aCell("import a portal's results", "import_file", async ({ owner }) => {
    const source = await anAnswer(owner);
    return { ask: (me) => importResults(me, source, { withOrders: false }) };
  }),
  aCell("explain a portal's words", "manage_policy", async ({ owner }) => {
    const source = await anAnswer(owner);
    const review = valueOf(await reviewResults(owner, source, {}));
    const mapping = { ...review.file.mapping, words: { succeeded: [fresh()] } };
    return { ask: (me) => importResults(me, source, { mapping, withOrders: false }) };
  }),
  aCell("close a shift", "close_day", async () => ({ ask: (me) => closeShift(me) })),
  aCell("export the signed journal", "audit_export", async ({ owner }) => {
    const job = { scope: "new", ...quiet } as const;
    await ledgerHandedOut(owner, valueOf(await prepareLedgerFile(owner, job)));
    return { ask: (me) => prepareLedgerFile(me, job) };
  }),
  aCell("make a dispute pack", "audit_export", async ({ owner }) => {
    const wish = { caseId: await ready(owner), customer: true };
    return { ask: (me) => prepareDisputePack(me, wish, quiet) };
  }),
];

/** What a portal says of a refund that was handed in. */
const anAnswer = async (owner: Deps) => {
  const caseId = await ready(owner);
  await submitNow(owner);
  const [attempt] = (await caseAt(owner, caseId)).attempts;
  const amount = attempt === undefined ? "" : writeAmount(attempt.amount);
  const text = `商户退款单号,退款金额,退款状态\n${attempt?.refundNo},${amount},退款成功`;
  return { lines: text.split("\n"), bytes: new TextEncoder().encode(text) };
};

const prepared = async (owner: Deps) => {
  await ready(owner);
  return valueOf(await prepareBatch(owner, "wechat-batch-txt", options)).batchId;
};

const proof = "平台上没有这个批次";

const recallOf =
  (minor: number, by: "owner" | "me") =>
  async ({ owner, me }: Scene): Promise<Step> => {
    await ready(owner, minor);
    const batchId = await (by === "me" ? leftBatch(me, owner) : leftBatch(owner));
    return { ask: (asker) => recallLeftBatch(asker, batchId, { ...byPin(asker), proof }) };
  };

const batches: readonly Cell[] = [
  aCell("make an upload file", "export", async ({ owner }) => {
    await ready(owner);
    return { ask: (me) => prepareBatch(me, "wechat-batch-txt", options) };
  }),
  aCell("make an upload file with grade D", "export_unproven", async ({ owner }) => {
    await askFor(owner, await paid(owner, 100, { proof: "bill_barcode" }));
    const unproven = { ...options, gradeD: true };
    return { ask: (me) => prepareBatch(me, "wechat-batch-txt", unproven) };
  }),
  aCell("hand an upload file out", "export", async ({ owner }) => {
    const batchId = await prepared(owner);
    return { ask: (me) => reportDelivery(me, batchId, "saved") };
  }),
  aCell("report an upload", "export", async ({ owner }) => {
    const batchId = await prepared(owner);
    return { ask: (me) => reportUpload(me, batchId, "商户平台") };
  }),
  aCell("answer of the portal to a file", "result_seen", async ({ owner }) => {
    const batchId = await prepared(owner);
    valueOf(await reportDelivery(owner, batchId, "saved"));
    valueOf(await reportUpload(owner, batchId, ""));
    return { ask: (me) => acknowledgeBatch(me, batchId, "处理中") };
  }),
  aCell("take back a file that never left", "recall", async ({ owner }) => {
    const batchId = await prepared(owner);
    return { ask: (me) => recallBatch(me, batchId) };
  }),
  ...[20_000, 20_001, 200_000, 200_001].map((minor) =>
    aCell(`take back a file that left ${minor}`, "recall", recallOf(minor, "owner")),
  ),
  aCellOfMine("take back my own file that left", "recall", recallOf(100, "me")),
];

const letter = { language: "zh-CN", subject: () => "退款", text: () => "退款登记" };

const shares = async () => "shared" as const;

const words: readonly Cell[] = [
  aCell("tell the customer", "tell", async ({ owner }) => {
    const caseId = await ready(owner);
    return { ask: (me) => tellCustomer(me, caseId, { via: "screen", language: "zh-CN" }) };
  }),
  aCell("note a merchant copy", "tell", async ({ owner }) => {
    const caseId = await ready(owner);
    return { ask: (me) => recordCopiesSent(me, [caseId], { via: "email" }) };
  }),
  aCell("share a merchant copy", "tell", async ({ owner }) => {
    const caseId = await ready(owner);
    await setMail(owner, "shop@example.com");
    return { ask: (me) => sendMerchantCopies(me, shares, { caseIds: [caseId], texts: letter }) };
  }),
  aCell("log a call", "log_contact", async ({ owner }) => {
    const caseId = await ready(owner);
    return { ask: (me) => logContact(me, caseId, { with: "support", via: "phone" }) };
  }),
  aCell("note a customer's score", "log_contact", async ({ owner }) => {
    const caseId = await ready(owner);
    return { ask: (me) => logFeedback(me, caseId, { score: 4 }) };
  }),
  aCell("note an invoice", "log_contact", async ({ owner }) => {
    const caseId = await ready(owner);
    return { ask: (me) => recordInvoice(me, caseId, { issued: "no" }) };
  }),
];

/** A refund whose customer is known. */
/** A refund that was uploaded and that no statement shows yet. */
const different = async (owner: Deps) => {
  await ready(owner);
  await submitNow(owner);
  const open = (await linesOf(owner)).find(
    ({ ours, settled }) => ours?.money === "submitted" && !settled,
  );
  if (open?.ours === undefined) throw new Error("nothing was submitted");
  return { ...open, ours: open.ours };
};

/** A refund of the portal, with the payment it is of. */
const refundedOutside = async (owner: Deps) => {
  const [row] = someRows(owner);
  if (row === undefined) throw new Error("no row");
  const name = fresh();
  const own = { ...row, transactionId: `4200${name}`, outTradeNo: `S${name}` };
  const refund = { ...own, kind: "refund", refundNo: `P${name}`, digest: hashText(name) } as const;
  valueOf(await importOf(owner, [{ ...own, digest: hashText(`paid ${name}`) }, refund], name));
  const lines = await linesOf(owner);
  const found = lines.flatMap(({ theirs }) => theirs).find((one) => one.refundNo === `P${name}`);
  if (found === undefined) throw new Error("no refund");
  return found;
};

const differences: readonly Cell[] = [
  aCell("settle a difference", "reconcile", async ({ owner }) => {
    const line = await different(owner);
    return { ask: (me) => resolveDifference(me, line, "问过平台") };
  }),
  aCell("give a row to a refund", "reconcile", async ({ owner }) => {
    const line = await different(owner);
    const { acquirer, amount, numbers } = line.ours;
    const { transaction_id: transactionId = "", out_trade_no: outTradeNo = "" } = numbers;
    const row = await refundedOutside(owner);
    const theirs = { ...row, acquirer, amount, transactionId, outTradeNo };
    return { ask: (me) => linkDifference(me, line, theirs) };
  }),
  aCell("count a refund made outside", "reconcile", async ({ owner }) => {
    const theirs = await refundedOutside(owner);
    return { ask: (me) => recordOutside(me, theirs) };
  }),
];

const backTaken: readonly Cell[] = [
  aCell("take an import back", "reconcile", async ({ owner }) => {
    const name = fresh();
    const digest = hashText(`paid ${name}`);
    const own = { transactionId: `4200${name}`, outTradeNo: `S${name}`, digest };
    const rows = someRows(owner).slice(0, 1);
    valueOf(
      await importOf(
        owner,
        rows.map((row) => Object.assign({}, row, own)),
        name,
      ),
    );
    return { ask: (me) => takeBackImport(me, hashText(name)) };
  }),
];

const erasures: readonly Cell[] = [
  aCell("erase a customer's data", "erase", async ({ owner }) => {
    const caseId = await ready(owner);
    const said = { with: "customer", via: "phone", text: `说过 ${fresh()}` } as const;
    valueOf(await logContact(owner, caseId, said));
    return { ask: (me) => eraseCustomer(me, { caseId, payer: true, why: "request" }) };
  }),
  aCell("erase a declined customer's data", "erase", async ({ owner }) => {
    const draft = { caseId: newCaseId(owner), reason: "not_ours", offers: [], note: fresh() };
    const { records } = valueOf(await declineRequest(owner, undefined, draft));
    const [declined] = records;
    if (declined === undefined) throw new Error("a refusal is a record");
    const ref = { device: declined.device, seq: declined.seq };
    return { ask: (me) => eraseRefusal(me, ref, "request") };
  }),
];

/** What is done at the counter and around it: looking, files, batches, words. */
export const counterCells: readonly Cell[] = [
  ...looks,
  ...files,
  ...batches,
  ...words,
  ...differences,
  ...backTaken,
  ...erasures,
];
