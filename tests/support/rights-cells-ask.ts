import { firstOwner, type CaseId } from "../../src/domain/ids.ts";
import type { Destination } from "../../src/domain/journal-event.ts";
import type { RefundDraft } from "../../src/domain/refund/draft.ts";
import { approveRefund, reopenRefund } from "../../src/usecases/approve-refund.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import type { PaymentToRecord } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { valueOf } from "./a.ts";
import { ownerPin } from "./people.ts";
import {
  aCell,
  aCellOfMine,
  aFile,
  asAsker,
  askFor,
  byPin,
  draftOf,
  evenly,
  fen,
  paid,
  type Cell,
  type Scene,
  type Step,
} from "./rights-cell.ts";

type Asked = Partial<RefundDraft> & { readonly pay?: Partial<PaymentToRecord> };

/** Asks for a refund of all of a payment of so much; for nothing, of an even exchange. */
const refundOf =
  (minor: number, { pay, ...over }: Asked = {}) =>
  async ({ owner }: Scene): Promise<Step> => {
    const target = await paid(owner, minor === 0 ? 1000 : minor, pay);
    const draft = draftOf(owner, minor === 0 ? { ...evenly, ...over } : over);
    return { caseId: draft.caseId, ask: (me) => recordRefund(me, target, draft) };
  };

/** Money that no payment stands behind. */
const freely =
  (minor: number) =>
  async ({ owner }: Scene): Promise<Step> => {
    const draft = draftOf(owner, {
      type: "unreferenced",
      amount: { kind: "partial", amount: fen(minor) },
      destination: "cash",
      reason: "goodwill",
      note: "没有原单",
      evidence: [await aFile(owner, "form")],
    });
    return { caseId: draft.caseId, ask: (me) => recordRefund(me, undefined, draft) };
  };

const to = (destination: Destination): Asked => ({ destination, note: "按顾客要求" });

const partial = (minor: number) => ({ kind: "partial", amount: fen(minor) }) as const;

const declined = aCell("decline", "decline", async ({ owner }) => {
  const target = await paid(owner, 1000);
  const { caseId } = draftOf(owner);
  const { paymentId } = target.payment;
  const draft = { caseId, paymentId, reason: "past_window", offers: ["exchange"] } as const;
  return { ask: (me) => declineRequest(me, target, draft) };
});

const refunds: readonly Cell[] = [
  ...[0, 20_000, 20_001, 200_000, 200_001, 5_000_000].map((minor) =>
    aCell(`refund ${minor}`, "refund", refundOf(minor)),
  ),
  aCell("return 20001", "refund", refundOf(20_001, { type: "return" })),
  aCell(
    "exchange 20001",
    "refund",
    refundOf(20_001, { type: "exchange", amount: partial(20_001) }),
  ),
  aCell("void 20001", "refund", refundOf(20_001, { type: "void", pay: { acquirer: "lakala" } })),
  ...[0, 20_000, 20_001, 200_000, 200_001].map((minor) =>
    aCell(`cash ${minor}`, "refund_elsewhere", refundOf(minor, to("cash"))),
  ),
  aCell("store credit 100", "refund_elsewhere", refundOf(100, to("store_credit"))),
  aCell("other way 100", "refund_elsewhere", refundOf(100, to("other"))),
  ...[100, 20_001, 200_001].map((minor) =>
    aCell(`unreferenced ${minor}`, "refund_elsewhere", freely(minor)),
  ),
  declined,
];

const yes = { result: "approve" } as const;
const no = { result: "reject", reason: "no_proof" } as const;

/** Somebody else's request of so much that waits for approval; a small one because of its reason. */
const requested = async ({ owner, clerk }: Scene, minor: number): Promise<CaseId> => {
  const target = await paid(owner, minor === 0 ? 1000 : minor);
  const small = minor <= 20_000 ? { reason: "price_adjust" } : {};
  return askFor(clerk, target, minor === 0 ? { ...evenly, ...small } : small);
};

const decision =
  (minor: number, told: typeof yes | typeof no) =>
  async (scene: Scene): Promise<Step> => {
    const caseId = await requested(scene, minor);
    return { ask: (me) => approveRefund(me, caseId, { ...byPin(me), decision: told }) };
  };

const reopening =
  (minor: number) =>
  async (scene: Scene): Promise<Step> => {
    const caseId = await requested(scene, minor);
    const first = { approver: firstOwner, pin: ownerPin, decision: no };
    valueOf(await approveRefund(scene.owner, caseId, first));
    const evidence = [await aFile(scene.owner)];
    return { ask: (me) => reopenRefund(me, caseId, { ...byPin(me), evidence }) };
  };

const approvals: readonly Cell[] = [
  ...[0, 20_000, 20_001, 200_000, 200_001].flatMap((minor) => [
    aCell(`approve ${minor}`, "approve", decision(minor, yes)),
    aCell(`reject ${minor}`, "approve", decision(minor, no)),
  ]),
  aCell("approve cash 100", "approve", async ({ owner, clerk }) => {
    const caseId = await askFor(clerk, await paid(owner, 100), to("cash"));
    return { ask: (me) => approveRefund(me, caseId, { ...byPin(me), decision: yes }) };
  }),
  aCellOfMine("approve my own 100", "approve", async (scene) => {
    const caseId = await askFor(asAsker(scene), await paid(scene.owner, 100), to("cash"));
    return { ask: (me) => approveRefund(me, caseId, { ...byPin(me), decision: yes }) };
  }),
  ...[20_001, 200_001].map((minor) => aCell(`reopen ${minor}`, "approve", reopening(minor))),
];

/** Asking for money, and deciding about it. */
export const askCells: readonly Cell[] = [...refunds, ...approvals];
