// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { statesTold } from "../../src/domain/reconcile/differences-csv.ts";
import { latestAttempt, reachOf, type RefundCase } from "../../src/domain/refund/case.ts";
import { defaultSetting } from "../../src/domain/shop-setting.ts";
import { languages, loadMessages, translator } from "../../src/i18n/index.ts";
import { qrPath } from "../../src/ui/components/qr-path.ts";
import { statusText } from "../../src/ui/screens/refund/customer-text.ts";
import { ShowScreen } from "../../src/ui/screens/show/show-screen.tsx";
import { changeSetting } from "../../src/usecases/change-setting.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import { logContact } from "../../src/usecases/log-contact.ts";
import { aCase, at, shanghai, valueOf } from "../support/a.ts";
import { readPath, readSvgCode } from "../support/codes.ts";
import { aShop } from "../support/deps.ts";
import { caseAt, hearNow, payNow, refundNow, submitNow } from "../support/refunds.ts";
import { note, payer } from "../support/told-refund.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;

beforeEach(async () => {
  stage = aStage();
  ({ deps } = await aShop());
  valueOf(await changeSetting(deps, { ...defaultSetting, phone: "0571-8888 6666" }));
});

afterEach(() => stage.strike());

const show = async (id: RefundCase["caseId"]): Promise<void> => {
  stage.show(inShop(deps, <ShowScreen route={{ name: "show", args: { id } }} />));
  await seenOn(stage, "验真");
};

const captions = {
  "zh-CN": "退款状态，扫了不用网络就能看",
  en: "Where the refund stands, read without a network",
} as const;

/** What another phone reads off this screen, once the code in that language stands on it. */
const readCode = async (language: keyof typeof captions): Promise<string> => {
  stage.tap(`input[value="${language}"]`);
  await seenOn(stage, captions[language]);
  return readSvgCode(stage.app.querySelector(".qr > svg")) ?? "";
};

describe("D3 the code for the customer's own phone", () => {
  it("R48 shows the status as words, in both languages, with the number, the shop's phone and the time", async () => {
    const caseId = await refundNow(deps, { of: await payNow(deps, { payer }), note });
    const { refundNo } = latestAttempt(await caseAt(deps, caseId));
    await show(caseId);
    const zh = await readCode("zh-CN");
    for (const words of [
      "小林饰品摊",
      refundNo,
      "¥360.00",
      "已登记，等待提交平台，钱还没有退出",
      "截至 2026-11-22 14:02",
      "0571-8888 6666",
      "本凭条不是到账证明",
    ])
      expect(zh).toContain(words);
    const en = await readCode("en");
    for (const words of [refundNo, "Recorded, to be submitted; money has not moved yet"])
      expect(en).toContain(words);
    for (const secret of [payer, note, "ORDER-"]) expect(zh + en).not.toContain(secret);
  });

  it("R48 says what is so by then, and the journal that the customer took it along", async () => {
    const caseId = await refundNow(deps);
    await submitNow(deps);
    await hearNow(deps, caseId, "succeeded");
    await show(caseId);
    const zh = await readCode("zh-CN");
    expect(zh).toContain("平台已退回原付款账户");
    expect(zh).not.toContain("提交后");
    expect(await readCode("en")).toContain("Returned to the paying account");
    await vi.waitFor(async () => {
      const vias = (await caseAt(deps, caseId)).history.flatMap(({ told }) =>
        told.kind === "notice" ? [told.via] : [],
      );
      expect(vias).toEqual(["screen", "qr"]);
    });
  });
});

const early = statesTold.filter((state) => state !== "succeeded");

describe("the status text", () => {
  it.each(languages.map(({ tag }) => tag))(
    "R48 R50 in %s never says more than is proven, and fits a code that our scanner reads back",
    async (tag) => {
      const words = translator(await loadMessages(tag));
      const shop = { name: "杭".repeat(60), currency: CNY, calendar: shanghai };
      const about = {
        shop,
        language: tag,
        phone: "0571-88886666 转 8001",
        now: at("2026-11-22T06:00:00Z"),
      };
      for (const money of [...early, "succeeded" as const]) {
        const text = statusText(words, { refundCase: { ...aCase(), money }, ...about });
        if (money !== "succeeded")
          expect(text).not.toMatch(/退款成功|已到账|已退回|[Rr]eturned|refund successful/);
        const path = qrPath(text);
        expect(path && readPath(path.d, path.size)).toBe(text);
      }
    },
  );

  it("R48 says practice first where it is practice", async () => {
    const words = translator(await loadMessages("zh-CN"));
    const shop = { name: "摊", currency: CNY, calendar: shanghai };
    const refundCase = { ...aCase(), training: true };
    const about = { shop, language: "zh-CN", phone: "", now: at("2026-11-22T06:00:00Z") } as const;
    expect(statusText(words, { refundCase, ...about })).toMatch(/^练习\n摊\n/);
  });
});

describe("how the customer is reached", () => {
  it("R48 is kept when they say it, called by a tap, and goes when it is erased", async () => {
    const caseId = await refundNow(deps);
    const said = { with: "customer", via: "counter", reach: "138 0013 8000" } as const;
    valueOf(await logContact(deps, caseId, said));
    expect(reachOf(await caseAt(deps, caseId))).toBe("138 0013 8000");
    valueOf(await eraseCustomer(deps, { caseId, payer: false, why: "request" }));
    expect(reachOf(await caseAt(deps, caseId))).toBeUndefined();
    const card = await logContact(deps, caseId, { ...said, reach: "4111 1111 1111 1111" });
    expect(card).toMatchObject({ fault: { kind: "card_number_in_text" } });
  });
});
