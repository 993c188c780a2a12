// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { acquirers } from "../../src/domain/acquirers/index.ts";
import { recogniseOwnCode, writeClaimCode } from "../../src/domain/codes/own-codes.ts";
import { wallClock } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { Papers } from "../../src/ui/screens/overpaid/paper-screen.tsx";
import { ClaimScreen } from "../../src/ui/screens/overpaid/claim-screen.tsx";
import { OverpaidScreen } from "../../src/ui/screens/overpaid/overpaid-screen.tsx";
import { NewRefundScreen } from "../../src/ui/screens/new-refund/new-refund-screen.tsx";
import { changeProfile } from "../../src/usecases/change-profile.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { listOverpayments, type OverpayLine } from "../../src/usecases/list-overpayments.ts";
import { checkClaimant, moveClaim } from "../../src/usecases/move-claim.ts";
import { valueOf } from "../support/a.ts";
import { aShop, someRows } from "../support/deps.ts";
import { importOf } from "../support/money-steps.ts";
import { payNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

const codes: string[] = [];
vi.mock("../../src/ui/components/qr-path.ts", () => ({
  qrPath: (text: string) => {
    codes.push(text);
    return { size: 21, d: "M0 0" };
  },
}));

const dropDraft = vi.hoisted(() => vi.fn(async () => undefined));
vi.mock("../../src/usecases/keep-draft.ts", () => ({
  dropDraft,
  keepDraft: async () => undefined,
  findDraft: async () => undefined,
}));

let stage: Stage;
let deps: Deps;
const print = vi.fn();

beforeEach(async () => {
  stage = aStage();
  codes.length = 0;
  print.mockReset();
  vi.stubGlobal("scrollTo", () => undefined);
  ({ deps } = await aShop());
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

const text = (): string => stage.app.textContent;

const list = (args = {}): void =>
  stage.show(
    inShop(deps, <OverpaidScreen route={{ name: "overpaid", args }} />, { abilities: { print } }),
  );

const found = async (): Promise<OverpayLine> => {
  valueOf(await importOf(deps, someRows(deps)));
  const [line] = (await listOverpayments(deps)).suggested;
  if (line === undefined) throw new Error("nothing was found");
  return line;
};

const claimOf = async ({ paymentId }: OverpayLine) =>
  (await deps.journal.db.claims.get(paymentId))?.claim;

const two = (value: number): string => String(value).padStart(2, "0");

const minuteOf = ({ at }: OverpayLine): string => {
  const { hour, minute } = wallClock(at, deps.calendar.zone);
  return `${two(hour)}:${two(minute)}`;
};

const answer = async (tail: string, minute: string): Promise<void> => {
  for (const [name, value] of [
    ["tail", tail],
    ["minute", minute],
  ]) {
    const field = stage.app.querySelector<HTMLInputElement>(`[name="${name}"]`);
    if (field !== null) field.value = value ?? "";
  }
  const event = new Event("submit", { bubbles: true, cancelable: true });
  await act(async () => void stage.app.querySelector("form")?.dispatchEvent(event));
};

const paper = (line: OverpayLine, kind: string): void => {
  const route = { name: "claim_paper", args: { id: line.paymentId, kind } } as const;
  stage.show(inShop(deps, <Papers route={route} />, { abilities: { print } }));
};

const ask = (line: OverpayLine): void => {
  const route = { name: "claim", args: { id: line.paymentId } } as const;
  stage.show(inShop(deps, <ClaimScreen route={route} />));
};

const refundOf = (paymentId: string): void => {
  const route = { name: "new_refund", args: { p: paymentId } } as const;
  const abilities = { markDraftOpen: () => () => undefined };
  stage.show(inShop(deps, <NewRefundScreen route={route} />, { abilities }));
};

describe("U1, the register of over-payments", () => {
  it("X25 says when there is nothing", async () => {
    list();
    await seenOn(stage, "没有疑似多付");
  });

  it("X25 shows what was found with its factor and what was meant, and registers it by a tap", async () => {
    const line = await found();
    list();
    await seenOn(stage, "疑似多付，等人看过", "多了 100 倍", "应为 ¥9.00？", "900.00");
    stage.tap(".rows button");
    await seenOn(stage, "有人认领", "写认领单", "打印告示", "已交回收单机构", "不是多付");
    stage.press("登记");
    await seenOn(stage, "已登记", "¥891.00");
    expect(await claimOf(line)).toMatchObject({ state: "found", factor: "x100" });
    await vi.waitFor(() => expect(stage.spoken("status")).toContain("已放进待领多付"));
  });

  it("X25 counts the days to hand it back", async () => {
    valueOf(await changeProfile(deps, { ...acquirers.alipay, handbackDays: 7 }));
    valueOf(await moveClaim(deps, await found(), "found"));
    list();
    await seenOn(stage, "还剩 7 天交回");
  });

  it("X25 asks once more before it ends one", async () => {
    const line = await found();
    list();
    await seenOn(stage, "多了 100 倍");
    stage.tap(".rows button");
    stage.press("不是多付");
    await seenOn(stage, "看过了，不是多付？");
    expect(await claimOf(line)).toBeUndefined();
    stage.press("是，了结");
    await seenOn(stage, "没有疑似多付", "已了结");
    expect(await claimOf(line)).toMatchObject({ state: "dismissed" });
  });

  it("X25 a scanned ticket opens its claim", async () => {
    const line = await found();
    valueOf(await moveClaim(deps, line, "found"));
    const ticket = (await claimOf(line))?.ticket ?? "";
    expect(recogniseOwnCode(writeClaimCode(ticket))).toEqual({ kind: "own_claim", ticket });
    list({ t: ticket });
    await seenOn(stage, "认领号", ticket);
  });
});

describe("the papers of a claim", () => {
  it("X25 the notice is printed in both languages, and tells nothing that a claimant is asked", async () => {
    const line = await found();
    valueOf(await moveClaim(deps, line, "found"));
    const ticket = (await claimOf(line))?.ticket ?? "";
    paper(line, "notice");
    await seenOn(stage, "有顾客多付了钱", "Somebody paid too much", ticket);
    const said = text() + codes.join(" ");
    for (const secret of ["900", "891", "9.00", minuteOf(line), "支付宝", line.number ?? "-"])
      expect(said).not.toContain(secret);
    expect(said).not.toContain((line.number ?? "").slice(-4));
    expect(codes.at(-1)).toBe(`RLO1:${ticket}`);
    stage.press("打印");
    await vi.waitFor(() => expect(print).toHaveBeenCalledExactlyOnceWith("a6"));
    expect((await claimOf(line))?.state).toBe("notice_posted");
  });

  it("X25 the ticket leads to the claim, and holds no more", async () => {
    const line = await found();
    valueOf(await moveClaim(deps, line, "found"));
    const ticket = (await claimOf(line))?.ticket ?? "";
    paper(line, "ticket");
    await seenOn(stage, "认领单", ticket, "对上两项才退");
    for (const secret of ["900", "891", minuteOf(line), line.number ?? "-"])
      expect(text()).not.toContain(secret);
    expect(text()).not.toMatch(/\d{2}:\d{2}/);
    stage.press("打印");
    expect(print).toHaveBeenCalledExactlyOnceWith("slip_58");
  });
});

describe("U2, the claimant", () => {
  it("X25 hears right or wrong and nothing else, and right answers lead to the refund", async () => {
    const line = await found();
    ask(line);
    await seenOn(stage, "请顾客打开付款账单");
    expect(text()).not.toContain("900");
    await answer("0000", "03:33");
    await seenOn(stage, "对不上，不能退。请顾客打开账单核对");
    await answer((line.number ?? "").slice(-4), "");
    await seenOn(stage, "至少答两项，请顾客打开账单");
    await answer((line.number ?? "").slice(-4), minuteOf(line));
    await seenOn(stage, "对上了", "退多付的 ¥891.00");
    const href = stage.app.querySelector(".btn-primary")?.getAttribute("href");
    expect(href).toBe(`#/r/new?p=${line.paymentId}`);
  });
});

describe("R1 with an over-payment", () => {
  it("X25 opens with the excess and the reason once the claimant was right", async () => {
    const line = await found();
    const answers = { tail: (line.number ?? "").slice(-4), minute: minuteOf(line) };
    expect(valueOf(await checkClaimant(deps, line, answers))).toBe("pass");
    refundOf(line.paymentId);
    await seenOn(stage, "认领人已核对，退多付的 ¥891.00", "确认退款 ¥891.00");
    const reason = stage.app.querySelector<HTMLInputElement>('input[name="reason"]:checked');
    expect(reason?.value).toBe("overpaid");
  });

  it("X25 says that a payment just written down looks like too much, and keeps it for a customer who is gone", async () => {
    for (let sale = 0; sale < 25; sale++)
      await payNow(deps, { amount: money(450 + 50 * (sale % 3), CNY) });
    const paymentId = await payNow(deps, { amount: money(45_000, CNY) });
    refundOf(paymentId);
    await seenOn(stage, "这笔像是多付了：多了 100 倍", "应为 ¥4.50？");
    stage.press("顾客不在？放进待领多付");
    await vi.waitFor(async () => {
      expect(dropDraft).toHaveBeenCalledWith(expect.anything(), "refund");
      const claim = (await deps.journal.db.claims.get(paymentId))?.claim;
      expect(claim).toMatchObject({ state: "found", amount: money(44_550, CNY) });
    });
  });

  it("X25 leaves an ordinary payment in peace", async () => {
    const paymentId = await payNow(deps);
    refundOf(paymentId);
    await seenOn(stage, "确认退款");
    expect(text()).not.toContain("多付了");
  });
});
