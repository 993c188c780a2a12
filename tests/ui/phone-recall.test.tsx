// @vitest-environment happy-dom
import type { Signal } from "@preact/signals";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { EvidenceFile } from "../../src/domain/journal-event.ts";
import { route } from "../../src/ui/router.ts";
import { linkTo } from "../../src/ui/routes.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { requestPhoneApproval, takePhoneApproval } from "../../src/usecases/phone-approval.ts";
import { anEvidenceFile, valueOf } from "../support/a.ts";
import { answerOf, no } from "../support/approval-scene.ts";
import { meetPhone, meetTill, phonePin } from "../support/approver.ts";
import { sendOff } from "../support/crew.ts";
import { as, join, ownerPin } from "../support/people.ts";
import { caseAt, refundNow } from "../support/refunds.ts";
import { twoPhones } from "./two-phones.tsx";

/** The codes that stand on the page, by what was drawn last. */
const drawn: string[] = [];
vi.mock("../../src/ui/components/qr-path.ts", () => ({
  qrPath: (text: string) => {
    drawn.push(text);
    return { size: 1, d: "" };
  },
}));

vi.mock("../../src/ui/screens/evidence/files-row.tsx", () => ({
  FilesRow: ({ files }: { readonly files: Signal<readonly EvidenceFile[]> }) => (
    <button
      type="button"
      onClick={() => {
        files.value = [anEvidenceFile()];
      }}
    >
      新凭证
    </button>
  ),
}));

let at: Awaited<ReturnType<typeof twoPhones>>;

beforeEach(async () => {
  drawn.length = 0;
  at = await twoPhones();
  await meetTill(at.phone, at.owner, at.root);
  await meetPhone(at.owner, at.phone, at.root);
});

afterEach(() => at.end());

const askedFor = async (about: string): Promise<string> => {
  await vi.waitFor(() => expect(drawn.at(-1)).toContain(`~${about}~`));
  return drawn.at(-1) ?? "";
};

/** The phone reads what the till shows and says yes; the till's camera sees the answer. */
const answered = async (request: string, yes: string): Promise<string> => {
  at.open(linkTo("answer_approval", { c: request }), undefined);
  await at.seen(yes);
  at.stage.press(yes);
  await at.seen("审批 PIN");
  at.typePin(phonePin);
  await at.seen("已批准 ¥360.00");
  return drawn.splice(0).at(-1) ?? "";
};

const scanBack = async (answer: string): Promise<void> => {
  await at.seen("扫回结果");
  at.stage.press("扫回结果");
  await at.seen("对准审批手机上的结果码");
  at.camera.see(answer);
};

const typeProof = (): void => {
  const field = at.stage.app.querySelector<HTMLTextAreaElement>("textarea[name=proof]");
  if (field === null) throw new Error("nowhere to say it");
  field.value = "平台批次列表里没有";
  void act(() => void field.dispatchEvent(new Event("input", { bubbles: true })));
};

const isAt = (place: object): Promise<void> =>
  vi.waitFor(() => expect(route.value).toMatchObject(place), { timeout: 30_000 });

const aLead = async (): Promise<Deps> =>
  as(at.owner, (await join(at.owner, { role: "lead", name: "小李" })).staff);

/** Opens what a link on the page leads to, as the till. */
const follow = (name: string, deps: Deps): void => {
  const link = [...at.stage.app.querySelectorAll("a")].find(
    ({ textContent }) => textContent === name,
  );
  at.open(link?.getAttribute("href") ?? "", deps);
};

describe("R4a with two phones, about what is past its first approval", () => {
  it("M9 a file of two refunds that left is allowed one by one on the phone, and goes back", async () => {
    const lead = await aLead();
    const cases = [await refundNow(at.owner), await refundNow(at.owner)] as const;
    const batch = await sendOff(lead);
    at.open(linkTo("upload", { batch }), lead);
    await at.seen("没上传，收回");
    at.stage.press("没上传，收回");
    await at.seen("用另一台手机");
    follow("用另一台手机", lead);
    await at.seen("怎么知道没有上传", "现在是第 1 笔");
    expect(route.value.args).toMatchObject({ id: cases[0] });
    expect(at.stage.app.textContent).not.toContain("扫回结果");
    typeProof();
    const answer = await answered(await askedFor("recall"), "同意收回 ¥360.00");
    expect(at.stage.app.textContent).toContain("确实没有上传过才同意");
    at.open(linkTo("approve_phone", { id: cases[0] }), lead);
    await at.seen("怎么知道没有上传");
    typeProof();
    await scanBack(answer);
    await isAt({ name: "approve_phone", args: { id: cases[1] } });
    await at.seen("现在是第 2 笔");
    const next = await answered(await askedFor("recall"), "同意收回 ¥360.00");
    at.open(linkTo("approve_phone", { id: cases[1] }), lead);
    await scanBack(next);
    await isAt({ name: "export" });
    for (const id of cases) expect((await caseAt(lead, id)).money).toBe("ready");
  });

  it("M9 a clerk at the till is asked for somebody who may take a file back", async () => {
    const id = await refundNow(at.owner);
    await sendOff(await aLead());
    at.open(linkTo("approve_phone", { id }), at.till);
    await at.seen("怎么知道没有上传");
    typeProof();
    const answer = await answered(await askedFor("recall"), "同意收回 ¥360.00");
    at.open(linkTo("approve_phone", { id }), at.till);
    await at.seen("怎么知道没有上传");
    typeProof();
    await scanBack(answer);
    await at.seen("这一步你不能自己做");
    expect((await caseAt(at.till, id)).money).toBe("exported");
    at.typePin(ownerPin);
    await isAt({ name: "export" });
    expect((await caseAt(at.till, id)).money).toBe("ready");
  });

  it("M5 a rejected refund is opened again with new evidence, and then waits for the phone's yes", async () => {
    const id = await refundNow(at.till);
    const { text } = valueOf(await requestPhoneApproval(at.till, await caseAt(at.till, id)));
    valueOf(await takePhoneApproval(at.till, id, valueOf(await answerOf(at.phone, text, no))));
    at.open(linkTo("approval", { id }), at.till);
    await at.seen("补充凭证，重新打开");
    follow("用另一台手机", at.till);
    await at.seen("新凭证");
    at.stage.press("新凭证");
    const answer = await answered(await askedFor("reopen"), "同意重开 ¥360.00");
    at.open(linkTo("approve_phone", { id }), at.till);
    await at.seen("新凭证");
    at.stage.press("新凭证");
    await scanBack(answer);
    await isAt({ name: "approval" });
    expect((await caseAt(at.till, id)).money).toBe("pending_approval");
    await at.seen("批准");
  });
});
