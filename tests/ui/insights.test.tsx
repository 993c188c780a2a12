// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";
import { InsightsScreen } from "../../src/ui/screens/insights/insights-screen.tsx";
import { FeedbackSheet } from "../../src/ui/screens/refund/feedback-sheet.tsx";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { logFeedback } from "../../src/usecases/log-contact.ts";
import { readInsightReport } from "../../src/usecases/read-insights.ts";
import { aStaff, faultOf, valueOf } from "../support/a.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { asClerk, caseAt, hearNow, refundNow, submitNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let shop: TestShop;
let deps: Deps;
const save = vi.fn(async (_file: { readonly bytes: Uint8Array }) => "saved");
const print = vi.fn();

const part = (minor: number) =>
  ({ amount: { kind: "partial", amount: money(minor, CNY) } }) as const;

const show = (open = deps): void =>
  stage.show(inShop(open, <InsightsScreen />, { abilities: { save, print } as never }));

beforeEach(async () => {
  stage = aStage();
  save.mockClear();
  print.mockClear();
  shop = await aShop();
  ({ deps } = shop);
});

describe("T4", () => {
  it("R53 states the finding, and its tables add up to it", async () => {
    await refundNow(deps, { ...part(3_000), reason: "overpaid" });
    const done = await refundNow(deps, { ...part(1_000), reason: "overpaid" });
    await submitNow(deps);
    await hearNow(deps, done, "succeeded");
    show();
    await seenOn(stage, "2 笔退款共 ¥40.00，最多的原因是", "100%", zhCn["insights.rate_none"]);
    const cells = [...stage.app.querySelectorAll(".insight-table tbody td:nth-child(3)")];
    expect(cells.map((cell) => cell.textContent)).toContain("¥40.00");
    stage.press(zhCn["insights.csv"]);
    await vi.waitFor(() => expect(save).toHaveBeenCalledOnce());
    const text = new TextDecoder().decode(save.mock.calls[0]?.[0].bytes);
    expect(text).toContain("40.00,CNY");
    stage.press(zhCn["insights.print"]);
    expect(print).toHaveBeenCalledExactlyOnceWith("a4");
  });

  it("R53 draws nothing where nothing happened, and looks no further back than asked", async () => {
    show();
    await seenOn(stage, zhCn["insights.none"]);
    await refundNow(deps, part(500));
    shop.clock.ms += 3 * 86_400_000;
    expect(valueOf(await readInsightReport(deps, 1)).count).toBe(0);
    expect(valueOf(await readInsightReport(deps, 7)).count).toBe(1);
  });

  it("R53 F66 shows a clerk their own refunds alone", async () => {
    await refundNow(deps, part(500));
    await refundNow(asClerk(deps), part(700));
    expect(valueOf(await readInsightReport(deps, 7)).sum.minor).toBe(1_200);
    const own = valueOf(await readInsightReport(asClerk(deps), 7));
    expect([own.sum.minor, own.ownOnly]).toEqual([700, true]);
    for (const role of ["lead", "auditor"] as const) {
      const seen = valueOf(await readInsightReport(actingAs(deps, aStaff({ role })), 7));
      expect([seen.sum.minor, seen.ownOnly]).toEqual([1_200, false]);
    }
    const locked = { ...deps, staff: () => undefined };
    expect(faultOf(await readInsightReport(locked, 7))).toEqual({ kind: "locked" });
  });

  it("X40 in practice counts practice, and nothing of it elsewhere", async () => {
    const practice = (await aShop({ training: true })).deps;
    await refundNow(practice, part(500));
    expect(valueOf(await readInsightReport(practice, 7)).sum.minor).toBe(500);
    expect(valueOf(await readInsightReport({ ...practice, training: false }, 7)).count).toBe(0);
  });

  it("R54 lists what customers said beside its refund, the worst first", async () => {
    const good = await refundNow(deps, part(500));
    const bad = await refundNow(deps, part(700));
    valueOf(await logFeedback(deps, good, { score: 5 }));
    valueOf(await logFeedback(deps, bad, { score: 2, text: "等太久" }));
    show();
    await seenOn(stage, "顾客评价平均 3.5 分（2 条）", "顾客评价 2 分", "等太久");
    const [first] = stage.app.querySelectorAll<HTMLAnchorElement>('a[href^="#/r/"]');
    expect(first?.getAttribute("href")).toBe(`#/r/${bad}`);
    const card = { score: 1, text: "4111 1111 1111 1111" } as const;
    expect(faultOf(await logFeedback(deps, bad, card))).toEqual({ kind: "card_number_in_text" });
  });

  it("R54 is saved with one tap, and stands in the refund's history", async () => {
    const caseId = await refundNow(deps, part(500));
    stage.show(inShop(deps, <FeedbackSheet caseId={caseId} onClose={() => undefined} />));
    stage.press(zhCn["workflow.feedback.4"]);
    await vi.waitFor(async () => {
      const { history } = await caseAt(deps, caseId);
      expect(history.at(-1)?.told).toMatchObject({ kind: "contact", score: 4 });
      expect(stage.spoken("status")).toContain(zhCn["action.saved"]);
    });
  });
});
