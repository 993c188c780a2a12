import type { CaseId } from "../../src/domain/ids.ts";
import { firstOwner } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { answerApprovalRequest } from "../../src/usecases/answer-approval.ts";
import { applyAck } from "../../src/usecases/apply-ack.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import {
  ledgerHandedOut,
  prepareLedgerFile,
  type LedgerScope,
} from "../../src/usecases/export-ledger.ts";
import { logContact } from "../../src/usecases/log-contact.ts";
import { makeCheckpoint } from "../../src/usecases/make-checkpoint.ts";
import { requestPhoneApproval, takePhoneApproval } from "../../src/usecases/phone-approval.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { revokeKey } from "../../src/usecases/revoke-key.ts";
import { signAck } from "../../src/usecases/sign-ack.ts";
import { takeStatement } from "../../src/usecases/take-statement.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { recordWitness } from "../../src/usecases/witness-chain.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { aDayOfPeople, aPaymentOf } from "../cross/acts.ts";
import { valueOf } from "./a.ts";
import { anApproverPhone, meetPhone, meetTill, phonePin, type TestPhone } from "./approver.ts";
import { mergeInto } from "./merging.ts";
import { found, importOf, quiet, refund, newCaseId } from "./money-steps.ts";
import { someRows } from "./deps.ts";
import { as, join } from "./people.ts";
import { caseAt, payNow, refundNow, submitNow } from "./refunds.ts";
import { enrolInRing } from "./ring.ts";
import { twoTills, type TwoTills } from "./two-tills.ts";

/** A statement comes in; one of its payments is refunded, leaves, and arrives, another is withdrawn. */
const aDayOfMoney = async (deps: Deps): Promise<void> => {
  const rows = someRows(deps).filter(({ acquirer }) => acquirer === "wechatpay");
  valueOf(await importOf(deps, rows));
  const [first, second] = rows;
  const arrived = newCaseId(deps);
  const withdrawn = newCaseId(deps);
  valueOf(await refund(deps, await found(deps, first?.transactionId ?? ""), "full", arrived));
  valueOf(await refund(deps, await found(deps, second?.transactionId ?? ""), 100, withdrawn));
  valueOf(await withdrawRefund(deps, withdrawn, "customer"));
  await submitNow(deps);
  const at = instantFromMs(deps.now());
  const report = {
    result: "succeeded",
    by: "portal",
    at,
    reference: "5030",
    evidence: [],
  } as const;
  valueOf(await recordResult(deps, arrived, report));
  valueOf(await tellCustomer(deps, arrived, { via: "print", language: "zh-CN" }));
};

/** What a clerk may not give alone is allowed on the owner's phone. */
const anApprovedRefund = async (deps: Deps, phone: TestPhone): Promise<CaseId> => {
  const till = await as(deps, (await join(deps, { name: "小赵" })).staff);
  const caseId = await refundNow(till, { of: await payNow(deps) });
  const { text } = valueOf(await requestPhoneApproval(till, await caseAt(till, caseId)));
  const decision = { result: "approve" } as const;
  const asked = { pin: phonePin, till: undefined, decision };
  valueOf(
    await takePhoneApproval(
      till,
      caseId,
      valueOf(await answerApprovalRequest(phone.deps, text, asked)),
    ),
  );
  return caseId;
};

/** A refund whose customer asks to be forgotten. */
const anErasedCustomer = async (deps: Deps): Promise<void> => {
  const caseId = await refundNow(deps, {
    of: await payNow(deps, { payer: "王*芳" }),
    note: "太咸",
  });
  valueOf(await logContact(deps, caseId, { with: "customer", via: "phone", text: "很生气" }));
  valueOf(await eraseCustomer(deps, { caseId, payer: true, why: "request" }));
};

const fileOf = async (deps: Deps, scope: LedgerScope = "all") =>
  valueOf(await prepareLedgerFile(deps, { scope, ...quiet }));

/** Another till sees the head of this one and says so; the owner's device acknowledges its file. */
const aDayOfTrust = async ({ shop, one, other, root }: TwoTills): Promise<void> => {
  const { token } = valueOf(await makeCheckpoint(one));
  const { statement } = valueOf(await recordWitness(other, token));
  valueOf(await takeStatement(one, statement));
  valueOf(await recordWitness(one, valueOf(await makeCheckpoint(other)).token));
  const lost = await enrolInRing(one, root, { role: "approver", sid: firstOwner });
  const entry = {
    kid: lost.key.kid,
    seq: -1,
    why: "lost",
    recoveryCode: shop.recoveryCode,
  } as const;
  valueOf(await revokeKey(one, entry));
  const { bytes } = (await fileOf(one)).file;
  const roots = new Map([[root.kid, root.jwk]]);
  const report = valueOf(await verifyRefundlog({ source: bytes, verify: one.verify, roots }));
  const signed = valueOf(
    await signAck(one, { file: new Blob([bytes]), report }, shop.recoveryCode),
  );
  valueOf(await applyAck(one, signed.token));
};

export type GoldenFiles = {
  readonly whole: Uint8Array<ArrayBuffer>;
  /** What came after the whole one was handed out. */
  readonly part: Uint8Array<ArrayBuffer>;
  /** Of another till that saw this one. */
  readonly other: Uint8Array<ArrayBuffer>;
  readonly roots: Readonly<Record<string, object>>;
};

/** A day that writes every kind of record and of line that this version of the app knows. */
export const aGoldenDay = async (): Promise<GoldenFiles> => {
  const tills = await twoTills();
  const { one, other, root } = tills;
  const phone = await anApproverPhone(one, root, { sid: firstOwner });
  await meetTill(phone, one, root);
  await meetPhone(one, phone, root);
  await aDayOfMoney(one);
  await anApprovedRefund(one, phone);
  await aPaymentOf(one, 36_000, "GOLDEN-0001");
  await aDayOfPeople(one, "GOLDEN-0001");
  await anErasedCustomer(one);
  await aDayOfTrust(tills);
  const whole = await fileOf(one);
  await ledgerHandedOut(one, whole);
  await refundNow(one);
  return {
    whole: whole.file.bytes,
    part: (await fileOf(one, "new")).file.bytes,
    other: (await fileOf(other)).file.bytes,
    roots: { [root.kid]: root.jwk },
  };
};

export type ErasedElsewhere = {
  /** Of the till that erased what another one had recorded. */
  readonly whole: Uint8Array<ArrayBuffer>;
  /** Of that other one, before: it still tells. */
  readonly told: Uint8Array<ArrayBuffer>;
  /** Of that other one, after it had heard of it and erased it itself. */
  readonly home: Uint8Array<ArrayBuffer>;
  readonly roots: GoldenFiles["roots"];
};

/** A customer whom one till recorded is erased on another. */
export const anErasureElsewhere = async (): Promise<ErasedElsewhere> => {
  const { one, other, root } = await twoTills();
  const caseId = await refundNow(other, {
    of: await payNow(other, { payer: "王*芳" }),
    note: "太咸",
  });
  const told = await fileOf(other);
  valueOf(await mergeInto(one, told.file));
  valueOf(await eraseCustomer(one, { caseId, payer: true, why: "request" }));
  const whole = await fileOf(one);
  valueOf(await mergeInto(other, whole.file));
  const home = await fileOf(other);
  return {
    whole: whole.file.bytes,
    told: told.file.bytes,
    home: home.file.bytes,
    roots: { [root.kid]: root.jwk },
  };
};
