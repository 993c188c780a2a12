import { firstOwner, type CaseId } from "../../src/domain/ids.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { intentOf } from "../../src/ledger/approval.ts";
import { makeJws } from "../../src/ledger/jws.ts";
import { answerApprovalRequest } from "../../src/usecases/answer-approval.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { requestPhoneApproval, takePhoneApproval } from "../../src/usecases/phone-approval.ts";
import { faultOf, valueOf } from "./a.ts";
import { anApproverPhone, meetPhone, meetTill, phonePin, type TestPhone } from "./approver.ts";
import { aShop } from "./deps.ts";
import { as, join } from "./people.ts";
import { caseAt, refundNow } from "./refunds.ts";
import { rootOf } from "./ring.ts";

export const yes = { result: "approve" } as const;
export const no = { result: "reject", reason: "no_proof" } as const;

export type Claims = Readonly<Record<string, unknown>>;

/** A clerk at the till asks for ¥360.00, which the owner may allow on a phone; both have met. */
export const aScene = async (claims: Claims = { sid: firstOwner }) => {
  const shop = await aShop();
  const clerk = await join(shop.deps);
  const till = await as(shop.deps, clerk.staff);
  const root = await rootOf(shop);
  const phone = await anApproverPhone(shop.deps, root, claims);
  await meetTill(phone, shop.deps, root);
  await meetPhone(shop.deps, phone, root);
  return { shop, clerk, till, root, phone, caseId: await refundNow(till) };
};

type Scene = Awaited<ReturnType<typeof aScene>>;

/** What the till shows. */
export const requestOf = async (till: Deps, caseId: CaseId): Promise<string> =>
  valueOf(await requestPhoneApproval(till, await caseAt(till, caseId))).text;

/** What the phone answers, after its PIN. */
export const answerOf = (
  { deps }: TestPhone,
  text: string,
  decision: typeof yes | typeof no = yes,
  pin = phonePin,
) => answerApprovalRequest(deps, text, { pin, till: undefined, decision });

/** Whatever the key of an approver signs about this refund. */
export const forge = async (scene: Pick<Scene, "till" | "caseId" | "phone">, over: Claims = {}) => {
  const { till, caseId, phone } = scene;
  const attempt = latestAttempt(await caseAt(till, caseId));
  const intent = intentOf({ about: "refund", result: "approve", attempt });
  const iat = Math.floor(till.now() / 1000);
  return makeJws("refund-approve+jwt", { ...intent, iat, ...over }, phone.key);
};

/** Why the till refuses an answer. */
export const take = async ({ till, caseId }: Pick<Scene, "till" | "caseId">, text: string) =>
  faultOf(await takePhoneApproval(till, caseId, text));
