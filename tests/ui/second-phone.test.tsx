// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { firstOwner, type CaseId, type Hash } from "../../src/domain/ids.ts";
import { writeKeyCard } from "../../src/ledger/key-card.ts";
import { makeStatusList } from "../../src/ledger/status-list.ts";
import { route } from "../../src/ui/router.ts";
import { linkTo } from "../../src/ui/routes.ts";
import { reopenRefund } from "../../src/usecases/approve-refund.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { requestPhoneApproval } from "../../src/usecases/phone-approval.ts";
import { anEvidenceFile, valueOf } from "../support/a.ts";
import { answerOf, no } from "../support/approval-scene.ts";
import { meetPhone, meetTill, phonePin, type TestPhone } from "../support/approver.ts";
import { ownerPin } from "../support/people.ts";
import { caseAt, refundNow } from "../support/refunds.ts";
import type { TestRoot } from "../support/ring.ts";
import type { Stage } from "./stage.tsx";
import { twoPhones } from "./two-phones.tsx";

/** The codes that stand on the page, by what was drawn last. */
const drawn: string[] = [];
vi.mock("../../src/ui/components/qr-path.ts", () => ({
  qrPath: (text: string) => {
    drawn.push(text);
    return { size: 1, d: "" };
  },
}));

let at: Awaited<ReturnType<typeof twoPhones>>;
let stage: Stage;
let camera: (typeof at)["camera"];
let till: Deps;
let owner: Deps;
let phone: TestPhone;
let root: TestRoot;
let caseId: CaseId;

const seen = (...wanted: readonly string[]) => at.seen(...wanted);
const open = (address: string, deps: Deps | undefined): void => at.open(address, deps);

/** Pastes the text of a code, as one would without a camera. */
const paste = (text: string): void => {
  const field = stage.app.querySelector<HTMLTextAreaElement>("textarea[name=code]");
  if (field === null) throw new Error("nothing to paste into");
  field.value = text;
  void act(() => field.form?.requestSubmit());
};

const typePin = (pin: string): void => at.typePin(pin);

const lastDrawn = (): string => drawn.at(-1) ?? "";

beforeEach(async () => {
  at = await twoPhones();
  ({ stage, camera, till, owner, phone, root } = at);
  caseId = await refundNow(till);
});

afterEach(() => at.end());

const cardOf = async (of: "till" | "phone"): Promise<string> => {
  if (of === "till") return writeKeyCard({ ...owner, root: root.jwk });
  const { content = {} } = (await phone.deps.journal.db.envelopes.get("approver")) ?? {};
  const { certificate } = content as { readonly certificate: string };
  return writeKeyCard({ certificate, jwk: phone.key.jwk, root: root.jwk });
};

describe("R4a with two phones", () => {
  it("X29 the till's code is shown, read, verified and answered on the phone, and scanned back", async () => {
    await meetTill(phone, owner, root);
    await meetPhone(owner, phone, root);
    open(linkTo("approval", { id: caseId }), till);
    await seen("用另一台手机");
    open(linkTo("approve_phone", { id: caseId }), till);
    await seen("两台手机都不用联网");
    await vi.waitFor(() => expect(lastDrawn()).toMatch(/^RLA1:/));
    const request = lastDrawn();

    open(linkTo("answer_approval"), undefined);
    await seen("扫收款设备上的审批码");
    await seen("对准收款设备上的审批码");
    camera.see(request);
    await seen("签名已核对：收款设备 T1 记下的，没有改过");
    expect(stage.app.textContent).toContain("360.00");
    stage.press("批准 ¥360.00");
    await seen("审批 PIN");
    typePin("111222");
    await seen("PIN 不对");
    typePin(phonePin);
    await seen("已批准 ¥360.00");
    const answer = lastDrawn();
    expect(answer).not.toBe(request);

    open(linkTo("approve_phone", { id: caseId }), till);
    await seen("扫回结果");
    stage.press("扫回结果");
    await seen("对准审批手机上的结果码");
    camera.see(answer);
    await vi.waitFor(() => expect(route.value.name).toBe("refund"), { timeout: 10_000 });
    expect(await caseAt(till, caseId)).toMatchObject({ money: "ready", approval: "approved" });
  });

  it("X45 the phone takes a list of revoked keys, and then answers that till no more", async () => {
    await meetTill(phone, owner, root);
    const cut = { h: "h".repeat(43) as Hash, kid: owner.device, seq: 0, why: "lost" } as const;
    const list = await makeStatusList(root, { iat: 1, list: [cut] });
    open(linkTo("answer_approval"), undefined);
    await seen("对准收款设备上的审批码");
    camera.see(list);
    await seen("名单已收下，共 1 台");
    camera.see(valueOf(await requestPhoneApproval(till, await caseAt(till, caseId))).text);
    await seen("那台收款设备已停用");
  });

  it("X29 two that never met ask for each other's key card, then go on where they were", async () => {
    const { text } = valueOf(await requestPhoneApproval(till, await caseAt(till, caseId)));
    open(linkTo("answer_approval", { c: text }), undefined);
    await seen("不是本店设备，或还没扫过它的密钥卡");
    expect(stage.app.textContent).toContain("先扫这台收款设备的密钥卡");
    expect(stage.app.textContent).not.toContain("批准 ¥");
    paste(await cardOf("till"));
    await seen("批准 ¥360.00");
    stage.press("驳回");
    void act(() => stage.app.querySelector<HTMLElement>("input[value=no_proof]")?.click());
    await seen("审批 PIN");
    typePin(phonePin);
    await seen("已驳回 ¥360.00");
    const answer = lastDrawn();
    stage.press("对方不认识这台设备？显示密钥卡");
    await vi.waitFor(async () => expect(lastDrawn()).toBe(await cardOf("phone")));

    open(linkTo("approve_phone", { id: caseId, c: answer }), till);
    await seen("还不认识这台审批手机");
    stage.press("对方不认识这台设备？显示密钥卡");
    await vi.waitFor(async () => expect(lastDrawn()).toBe(await cardOf("till")));
    stage.press("扫回结果");
    paste(await cardOf("till"));
    await seen("这张密钥卡不是本店签发的");
    paste(await cardOf("phone"));
    await vi.waitFor(() => expect(route.value.name).toBe("refund"), { timeout: 10_000 });
    expect(await caseAt(till, caseId)).toMatchObject({ money: "withdrawn", approval: "rejected" });
  });

  it("X29 a phone gets to know a till before it is ever asked", async () => {
    open(linkTo("answer_approval"), undefined);
    await seen("扫收款设备上的审批码");
    paste(await cardOf("phone"));
    await seen("这张密钥卡不是本店签发的");
    paste(await cardOf("till"));
    await seen("已认识收款设备 T1");
    const { text } = valueOf(await requestPhoneApproval(till, await caseAt(till, caseId)));
    paste(text);
    await seen("批准 ¥360.00");
  });

  it("X29 an answer that was used says so when it is shown again, and decides nothing", async () => {
    await meetTill(phone, owner, root);
    await meetPhone(owner, phone, root);
    const { text } = valueOf(await requestPhoneApproval(till, await caseAt(till, caseId)));
    const answer = valueOf(await answerOf(phone, text, no));
    open(linkTo("approve_phone", { id: caseId, c: answer }), till);
    await vi.waitFor(() => expect(route.value.name).toBe("refund"), { timeout: 10_000 });
    expect((await caseAt(till, caseId)).money).toBe("withdrawn");
    const reopening = { approver: firstOwner, pin: ownerPin, evidence: [anEvidenceFile()] };
    valueOf(await reopenRefund(till, caseId, reopening));
    open(linkTo("approve_phone", { id: caseId, c: answer }), till);
    await seen("这次审批已经用过");
    expect((await caseAt(till, caseId)).money).toBe("pending_approval");
  });

  it("X29 a phone that is no approver's, and a code that is no answer, say so", async () => {
    await phone.deps.journal.db.envelopes.clear();
    open(linkTo("answer_approval"), undefined);
    await seen("这台手机还不是审批手机");
    open(linkTo("approve_phone", { id: caseId, c: "abc" }), till);
    await seen("这不是审批结果的码");
  });
});
