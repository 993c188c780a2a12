// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import type { Instant } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { practiceRows } from "../../src/domain/practice-day.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";
import { InsightsScreen } from "../../src/ui/screens/insights/insights-screen.tsx";
import { FeedbackSheet } from "../../src/ui/screens/refund/feedback-sheet.tsx";
import { OneTapFeedback } from "../../src/ui/screens/refund/one-tap-feedback.tsx";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { logFeedback } from "../../src/usecases/log-contact.ts";
import { lastDays, readInsightReport, readTakings } from "../../src/usecases/read-insights.ts";
import { seedPractice } from "../../src/usecases/start-practice.ts";
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

const reportOf = (open: Deps, days: number) => readInsightReport(open, lastDays(open, days));

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
    expect(valueOf(await reportOf(deps, 1)).count).toBe(0);
    expect(valueOf(await reportOf(deps, 7)).count).toBe(1);
  });

  it("R53 shows any other days, refuses days that say nothing, and names what is wrong", async () => {
    await refundNow(deps, part(500));
    show();
    await seenOn(stage, "1 笔退款共 ¥5.00");
    stage.tap('input[value="own"]');
    const choose = async (from: string, to: string): Promise<void> => {
      for (const [name, value] of Object.entries({ from, to })) {
        const field = stage.app.querySelector<HTMLInputElement>(`[name="${name}"]`);
        if (field !== null) field.value = value;
      }
      stage.press(zhCn["insights.show"]);
    };
    await choose("2026-11-30", "2026-11-20");
    await seenOn(stage, zhCn["fault.range_backwards"]);
    await choose("2026-01-01", "2026-11-20");
    await seenOn(stage, zhCn["fault.range_too_long"]);
    await choose("", "2026-11-20");
    await seenOn(stage, zhCn["fault.bad_date"]);
    await choose("2026-10-01", "2026-11-20");
    await seenOn(stage, zhCn["insights.none"]);
    await choose("2026-10-01", "2026-11-22");
    await seenOn(stage, "1 笔退款共 ¥5.00", "2026-10-01 – 2026-11-22");
  });

  it("R53 tells a rate by day where the statement of the day is whole, and shades the others", async () => {
    const practice = await aShop({ training: true });
    await refundNow(practice.deps, part(500));
    practice.clock.ms = Date.parse("2026-11-22T16:01:00Z"); // a minute past midnight
    await seedPractice(practice.deps);
    const range = lastDays(practice.deps, 7);
    const takings = await readTakings(practice.deps, range);
    const rows = practiceRows("2026-11-22T16:01:00Z" as Instant, practice.deps.calendar);
    const paid = rows.reduce((sum, { minor }) => sum + minor, 0);
    expect(takings).toMatchObject({
      kind: "days",
      days: [{ date: "2026-11-22", count: 40, sum: { minor: paid } }],
    });
    expect(await readTakings(asClerk(practice.deps), range)).toEqual({ kind: "days", days: [] });
    show(practice.deps);
    await seenOn(stage, zhCn["insights.chart_note"]);
    expect(stage.app.querySelectorAll(".insight-days .gap")).toHaveLength(6);
    expect(stage.app.querySelectorAll(".insight-days .rate")).toHaveLength(1);
    const cells = [...stage.app.querySelectorAll("figure .insight-table tbody tr")];
    const day = cells.find((row) => row.textContent.startsWith("11月22日"))?.textContent;
    expect(day).toBe(`11月22日1¥5.00${((100 * 500) / paid).toFixed(1)}%`);
  });

  it("R53 is read and worked without eyes or mouse: each picture is told, each table has heads, each control is native", async () => {
    for (const minor of [900, 800, 700, 600, 500]) await refundNow(deps, part(minor));
    show();
    await seenOn(stage, "5 笔退款共 ¥35.00");
    const all = (selector: string): readonly Element[] => [...stage.app.querySelectorAll(selector)];
    for (const picture of all("svg:not(.icon)"))
      expect(picture.getAttribute("aria-hidden")).toBe("true");
    for (const figure of all("figure"))
      expect([figure.querySelector("figcaption h2"), figure.querySelector("table")]).not.toContain(
        null,
      );
    const tables = all("table");
    expect(tables.length).toBeGreaterThan(6);
    for (const table of tables)
      for (const row of table.querySelectorAll("tbody tr"))
        expect(row.querySelector('th[scope="row"]')).not.toBeNull();
    for (const caption of all("caption")) expect(caption.textContent).not.toBe("");
    expect(all('[role="button"], [onclick], div[tabindex]')).toEqual([]);
    expect(all("summary, button, a, input").length).toBeGreaterThan(8);
  });

  it("R53 F66 shows a clerk their own refunds alone", async () => {
    await refundNow(deps, part(500));
    await refundNow(asClerk(deps), part(700));
    expect(valueOf(await reportOf(deps, 7)).sum.minor).toBe(1_200);
    const own = valueOf(await reportOf(asClerk(deps), 7));
    expect([own.sum.minor, own.ownOnly]).toEqual([700, true]);
    for (const role of ["lead", "auditor"] as const) {
      const seen = valueOf(await reportOf(actingAs(deps, aStaff({ role })), 7));
      expect([seen.sum.minor, seen.ownOnly]).toEqual([1_200, false]);
    }
    const locked = { ...deps, staff: () => undefined };
    expect(faultOf(await reportOf(locked, 7))).toEqual({ kind: "locked" });
  });

  it("X40 in practice counts practice, and nothing of it elsewhere", async () => {
    const practice = (await aShop({ training: true })).deps;
    await refundNow(practice, part(500));
    expect(valueOf(await reportOf(practice, 7)).sum.minor).toBe(500);
    expect(valueOf(await reportOf({ ...practice, training: false }, 7)).count).toBe(0);
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

  it("R28 R54 is asked on the refund's page once the money is there, one tap saves it, and nobody is asked twice", async () => {
    const caseId = await refundNow(deps, part(500));
    const shown = async () => {
      stage.show(inShop(deps, <OneTapFeedback refundCase={await caseAt(deps, caseId)} />));
      return stage.app.querySelectorAll("button").length;
    };
    expect(await shown()).toBe(0);
    await submitNow(deps);
    await hearNow(deps, caseId, "succeeded");
    expect(await shown()).toBe(3);
    stage.press(zhCn["workflow.feedback.3"]);
    await vi.waitFor(async () =>
      expect((await caseAt(deps, caseId)).history.at(-1)?.told).toMatchObject({ score: 3 }),
    );
    expect(await shown()).toBe(0);
  });

  it("R54 is saved with one tap, and stands in the refund's history", async () => {
    const caseId = await refundNow(deps, part(500));
    stage.show(inShop(deps, <FeedbackSheet caseId={caseId} onClose={() => undefined} />));
    stage.press(zhCn["workflow.feedback.4"]);
    await vi.waitFor(async () => {
      const { history } = await caseAt(deps, caseId);
      expect(history.at(-1)?.told).toMatchObject({ kind: "contact", score: 4 });
      expect(stage.spoken("status")).toContain(zhCn["action.saved"]);
    }, 10_000);
  });
});
