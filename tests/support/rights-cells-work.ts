import type { CaseId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { oneUnit } from "../../src/domain/quantity.ts";
import type { GoodsReport } from "../../src/domain/refund/decide-goods.ts";
import type { ResultReport } from "../../src/domain/refund/decide-result.ts";
import type { Action } from "../../src/domain/rights.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { refundInstead } from "../../src/usecases/fail-void.ts";
import { checkClaimant, moveClaim } from "../../src/usecases/move-claim.ts";
import { recordGoods } from "../../src/usecases/receive-goods.ts";
import { recordResult, resendRefund, retractResult } from "../../src/usecases/record-result.ts";
import { retryRefund } from "../../src/usecases/retry-refund.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { valueOf } from "./a.ts";
import { caseAt, hearNow, payNow, submitNow } from "./refunds.ts";
import {
  aCell,
  aCellOfMine,
  asAsker,
  askFor,
  evenly,
  fen,
  paid,
  type Cell,
  type Scene,
  type Step,
} from "./rights-cell.ts";

const earrings = (minor: number) => [{ name: "耳环", price: fen(minor), quantity: oneUnit }];

/** A return of the owner, whose goods are expected; of nothing, an even exchange of goods for goods. */
const returned = async ({ owner }: Scene, minor: number): Promise<CaseId> => {
  const lines = earrings(minor === 0 ? 1000 : minor);
  const target = await paid(owner, minor === 0 ? 1000 : minor, { lines });
  const exchange = { returned: [{ index: 1, quantity: oneUnit }], replacement: lines };
  return askFor(owner, target, minor === 0 ? { ...evenly, exchange } : { type: "return" });
};

const goodsOf =
  (minor: number, report: GoodsReport) =>
  async (scene: Scene): Promise<Step> => {
    const caseId = await returned(scene, minor);
    return { ask: (me) => recordGoods(me, caseId, report) };
  };

const check = { unused: true, complete: true } as const;
const received = { state: "received", check } as const;
const spoiled = { state: "received", check: { unused: false, complete: true } } as const;

const goods: readonly Cell[] = [
  ...[0, 20_000, 20_001, 200_000, 200_001].map((minor) =>
    aCell(`waive goods ${minor}`, "override", goodsOf(minor, { state: "waived" })),
  ),
  aCell("goods received spoiled 20000", "override", goodsOf(20_000, spoiled)),
  aCell("goods received short 20000", "override", async (scene) => {
    const caseId = await returned(scene, 20_000);
    const { lines = [] } = await caseAt(scene.owner, caseId);
    const gone = { condition: "not_returned" } as const;
    const missing = lines.map((line) => Object.assign({}, line, gone));
    return { ask: (me) => recordGoods(me, caseId, { ...received, lines: missing }) };
  }),
  aCell("goods received", "receive_goods", goodsOf(1000, received)),
  aCell("goods lost", "receive_goods", goodsOf(1000, { state: "lost" })),
  aCell("replacement given", "receive_goods", async (scene) => {
    const caseId = await returned(scene, 0);
    valueOf(await recordGoods(scene.owner, caseId, received));
    return { ask: (me) => recordGoods(me, caseId, { state: "given" }) };
  }),
];

const withdrawals: readonly Cell[] = [
  aCellOfMine("withdraw my own", "withdraw_own", async (scene) => {
    const caseId = await askFor(asAsker(scene), await paid(scene.owner, 100));
    return { ask: (me) => withdrawRefund(me, caseId, "mistake") };
  }),
  aCell("withdraw another's", "withdraw_other", async ({ owner, clerk }) => {
    const caseId = await askFor(clerk, await paid(owner, 100));
    return { ask: (me) => withdrawRefund(me, caseId, "mistake") };
  }),
];

type Heard = Parameters<typeof hearNow>[2];

/** A refund of the owner that was handed in, and what the portal said of it. */
const heard = async (owner: Deps, minor: number, result: Heard): Promise<CaseId> => {
  const caseId = await askFor(owner, await paid(owner, minor));
  await submitNow(owner);
  await hearNow(owner, caseId, result);
  return caseId;
};

const reports: readonly (readonly [string, Action, Partial<ResultReport>])[] = [
  ["result from the portal", "result_seen", { by: "portal", reference: "R1" }],
  ["result from a slip", "result_seen", { by: "slip", reference: "R2" }],
  ["result by telephone", "result_seen", { by: "support", reference: "T1" }],
  ["refusal from the portal", "result_seen", { by: "portal", reference: "R3", result: "failed" }],
  ["result from the customer", "result_heard", { by: "cust" }],
];

const reportOf =
  (over: Partial<ResultReport>) =>
  async ({ owner }: Scene): Promise<Step> => {
    const caseId = await heard(owner, 100, "processing");
    const at = instantFromMs(owner.now());
    const report = { result: "succeeded", by: "portal", evidence: [], at, ...over } as const;
    return { ask: (me) => recordResult(me, caseId, report) };
  };

const attemptOf =
  (minor: number) =>
  async ({ owner }: Scene): Promise<Step> => {
    const caseId = await heard(owner, minor, "failed");
    return { caseId, ask: (me) => retryRefund(me, caseId, 1) };
  };

const answers: readonly Cell[] = [
  ...reports.map(([row, action, over]) => aCell(row, action, reportOf(over))),
  aCell("resend under the same number", "export", async ({ owner }) => {
    const caseId = await heard(owner, 100, "needs_action");
    return { ask: (me) => resendRefund(me, caseId) };
  }),
  aCell("take a result back", "retract", async ({ owner }) => {
    const caseId = await heard(owner, 100, "failed");
    const step = (await caseAt(owner, caseId)).attempts[0]?.steps.at(-1);
    if (step === undefined) throw new Error("a result is a step");
    return { ask: (me) => retractResult(me, caseId, step.ref, "看错了") };
  }),
  ...[20_000, 20_001, 200_000, 200_001].map((minor) =>
    aCell(`new attempt ${minor}`, "new_attempt", attemptOf(minor)),
  ),
  aCell("refund instead of a refused void", "new_attempt", async ({ owner }) => {
    const target = await paid(owner, 100, { acquirer: "lakala" });
    const caseId = await askFor(owner, target, { type: "void" });
    return { caseId, ask: (me) => refundInstead(me, caseId, "该交易已结算") };
  }),
];

const overpaidNow = async ({ owner }: Scene) =>
  ({ paymentId: await payNow(owner), factor: "manual" }) as const;

const claims: readonly Cell[] = [
  aCell("register an over-payment", "reconcile", async (scene) => {
    const about = await overpaidNow(scene);
    return { ask: (me) => moveClaim(me, about, "found") };
  }),
  aCell("ask a claimant", "reconcile", async (scene) => {
    const about = await overpaidNow(scene);
    const said = { minute: "03:33", channel: "wechat" } as const;
    return { ask: (me) => checkClaimant(me, about, said) };
  }),
];

/** What happens to a refund after it was asked for, and to a payment that was too much. */
export const workCells: readonly Cell[] = [...goods, ...withdrawals, ...answers, ...claims];
