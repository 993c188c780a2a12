// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";
import { Amount, AmountHead, DifferenceAmount } from "../../src/ui/components/amount.tsx";
import { StateBadge, toneOf, type BadgeState } from "../../src/ui/components/badge.tsx";
import { Button } from "../../src/ui/components/button.tsx";
import { ChipGroup } from "../../src/ui/components/chip-group.tsx";
import { DifferenceRow } from "../../src/ui/components/difference.tsx";
import { FaultNote } from "../../src/ui/components/fault-note.tsx";
import { TextField } from "../../src/ui/components/field.tsx";
import { ForeignText } from "../../src/ui/components/foreign-text.tsx";
import { CopyNumber } from "../../src/ui/components/key-values.tsx";
import { PageHeader } from "../../src/ui/components/page-header.tsx";
import { Progress } from "../../src/ui/components/progress.tsx";
import { Row, Rows } from "../../src/ui/components/row.tsx";
import { StatusChip } from "../../src/ui/components/status-chip.tsx";
import { Track } from "../../src/ui/components/track.tsx";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { PaneProvider } from "../../src/ui/pane.tsx";
import { emptyShell, ShellProvider, type ShellStatus } from "../../src/ui/shell-context.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let app: HTMLElement;

beforeEach(() => {
  stage = aStage();
  app = stage.app;
});

afterEach(() => {
  stage.strike();
  vi.useRealTimers();
});

const yuan = (minor: number) => money(minor, CNY);

describe("an amount", () => {
  it("carries its plain value for machines and its sign apart when large", () => {
    stage.show(<Amount money={yuan(123450)} size="large" />);
    const data = app.querySelector("data");
    expect(data?.value).toBe("1234.50");
    expect(data?.textContent).toBe("¥1,234.50");
    expect(app.querySelector(".amount-sign")?.textContent).toBe("¥");
  });

  it("shows a refusal in place of its hint", () => {
    stage.show(
      <AmountHead money={yuan(1800)} refusal="最多 ¥18.00">
        奶茶
      </AmountHead>,
    );
    expect(app.textContent).toContain("最多 ¥18.00");
    expect(app.textContent).not.toContain("奶茶");
  });

  it("as a difference always has a sign", () => {
    stage.show(<DifferenceAmount money={yuan(-300)} />);
    expect(app.textContent).toBe("−¥3.00");
  });
});

describe("badges", () => {
  const states = Object.keys(zhCn)
    .filter((name) => name.startsWith("state."))
    .map((name) => name.slice("state.".length)) as readonly BadgeState[];

  it.each(states)("say %s with icon, word and tone", (state) => {
    stage.show(<StateBadge state={state} />);
    expect(app.querySelector("use")?.getAttribute("href")).toMatch(
      /^icons\/sprite\.svg#[a-z0-9-]+$/,
    );
    expect(app.textContent).toBe(zhCn[`state.${state}`]);
    expect(app.querySelector(".badge")?.classList.contains(`tone-${toneOf(state)}`)).toBe(true);
  });

  it("are green for money that arrived and for nothing else", () => {
    expect(states.filter((state) => toneOf(state) === "arrived")).toEqual(["succeeded"]);
  });
});

describe("a number to copy", () => {
  it.each([
    ["4200002345202611", "4200 0023 4520 2611"],
    ["R7K2Q4000012345S", "R7K2 Q400 0012 345S"],
    ["58.00", "58.00"],
    ["质量问题", "质量问题"],
  ])("%s is written as %s: an amount or a word is not torn into groups", (number, written) => {
    const built = { abilities: { copyText: async () => true } } as unknown as Built;
    stage.show(
      <DepsProvider built={built}>
        <CopyNumber label="号" number={number} />
      </DepsProvider>,
    );
    expect(app.querySelector("code")?.textContent).toBe(written);
  });
});

describe("chips", () => {
  const choices = [
    { value: "full", label: "全额", note: "¥36.00" },
    { value: "other", label: "其他" },
  ] as const;

  it("are real radios, one checked, and tell a second tap on the chosen one", () => {
    const picked: string[] = [];
    stage.show(
      <ChipGroup
        legend="金额"
        name="part"
        choices={choices}
        value="full"
        onPick={(value) => picked.push(value)}
      />,
    );
    expect(app.querySelectorAll("input[type=radio]")).toHaveLength(2);
    expect(app.querySelector<HTMLInputElement>("input:checked")?.value).toBe("full");
    stage.tap("input[value=other]");
    stage.tap("input[value=full]");
    stage.tap("input[value=full]");
    expect(picked).toEqual(["other", "full", "full"]);
  });
});

describe("a button", () => {
  it("that is busy keeps its label and does nothing", () => {
    const clicked = vi.fn();
    stage.show(
      <Button kind="primary" busy onClick={clicked}>
        确认退款 ¥18.00
      </Button>,
    );
    stage.tap("button");
    expect(clicked).not.toHaveBeenCalled();
    expect(app.querySelector("button")?.textContent).toBe("确认退款 ¥18.00");
    expect(app.querySelector("button")?.getAttribute("aria-disabled")).toBe("true");
  });
});

describe("a field", () => {
  it("ties its help and its fault to the input", () => {
    stage.show(<TextField name="number" label="单号" help="6–64 位" fault="太短" />);
    const input = app.querySelector("input");
    const described = input?.getAttribute("aria-describedby")?.split(" ") ?? [];
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
      "6–64 位",
      "太短",
    ]);
    expect(input?.getAttribute("aria-invalid")).toBe("true");
    expect(app.querySelector("label")?.htmlFor).toBe(input?.id);
  });

  it("brings the first wrong field of a form into sight and reads its fault out", () => {
    vi.useFakeTimers();
    const seen: Element[] = [];
    const scroll = vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function see(
      this: Element,
    ) {
      seen.push(this);
    });
    stage.show(
      <form>
        <TextField name="name" label="姓名" fault="请写姓名" />
        <TextField name="limit" label="限额" fault="只能是数字" />
      </form>,
    );
    vi.advanceTimersByTime(60);
    scroll.mockRestore();
    expect(seen.map((element) => element.textContent)).toEqual(["姓名请写姓名", "姓名请写姓名"]);
    expect(stage.spoken("alert")).toBe("只能是数字");
  });

  it("fills the facts of a fault into its sentence and reads it out", () => {
    vi.useFakeTimers();
    stage.show(<FaultNote fault={{ kind: "amount_too_many_decimals", decimals: 2 }} />);
    vi.advanceTimersByTime(100);
    expect(app.textContent).toBe("最多 2 位小数");
    expect(stage.spoken("alert")).toBe("最多 2 位小数");
  });
});

describe("foreign text", () => {
  it("is inert, isolated and cut at 120 characters until asked", () => {
    const text = "<b>👩‍👩‍👧</b>".repeat(40);
    stage.show(<ForeignText>{text}</ForeignText>);
    expect(app.querySelector("b")).toBeNull();
    expect(app.querySelector("bdi")?.getAttribute("dir")).toBe("auto");
    expect(app.querySelector("bdi")?.textContent).toBe(`${"<b>👩‍👩‍👧</b>".repeat(15)}…`);
    stage.press("更多");
    expect(app.querySelector("bdi")?.textContent).toBe(text);
  });
});

describe("the page header", () => {
  it("names the document with the screen", () => {
    stage.show(<PageHeader title="退款" documentTitle="退款 ¥36.00" />);
    expect(document.title).toBe("退款 ¥36.00 – 退款台");
    expect(app.querySelector("h1")?.getAttribute("tabindex")).toBe("-1");
  });

  it("beside an open page is a second heading without arrow or avatar", () => {
    document.title = "x";
    stage.show(
      <PaneProvider pane={{ place: "list", beside: false }}>
        <PageHeader title="记录" />
      </PaneProvider>,
    );
    expect(app.querySelector("h1")).toBeNull();
    expect(app.querySelector("h2")?.textContent).toBe("记录");
    expect(document.title).toBe("x");
  });

  it("has no arrow where the list stands at the left", () => {
    stage.show(
      <PaneProvider pane={{ place: "main", beside: true }}>
        <PageHeader title="退款" back="#/scan" />
      </PaneProvider>,
    );
    expect(app.querySelector("[aria-label=返回]")).toBeNull();
  });
});

const chip = (status: ShellStatus, online = true): HTMLAnchorElement | null => {
  stage.show(
    <ShellProvider shell={{ ...emptyShell, status, online }}>
      <StatusChip />
    </ShellProvider>,
  );
  return app.querySelector("a");
};

describe("the status chip", () => {
  it("leads from the count to the export, from troubles to the storage", () => {
    expect(chip({ kind: "to_export", count: 3 })?.hash).toBe("#/export");
    expect(app.textContent).toBe("待导出 3");
    expect(chip({ kind: "storage_fault" })?.hash).toBe("#/storage");
    expect(app.querySelector(".tone-danger")).not.toBeNull();
  });

  it("offline changes its icon and nothing else", () => {
    const before = chip({ kind: "offline_ready" })?.textContent;
    expect(chip({ kind: "offline_ready" }, false)?.textContent).toBe(before);
    expect(app.querySelector("use")?.getAttribute("href")).toContain("#cloud-off");
    expect(app.querySelector(".tone-danger")).toBeNull();
  });
});

describe("lists and tracks", () => {
  it("mark the row that is open beside the list", () => {
    stage.show(
      <Rows>
        <Row href="#/r/1" title="奶茶" current facts={["14:02", undefined, "微信"]} />
        <Row href="#/r/2" title="手机壳" />
      </Rows>,
    );
    expect(app.querySelectorAll("ul > li > a")).toHaveLength(2);
    expect(app.querySelector("[aria-current=true]")?.textContent).toBe("奶茶14:02 · 微信");
  });

  it("say the standing of a step in words", () => {
    stage.show(
      <Track
        steps={[
          { label: "已登记", standing: "done", time: "14:06" },
          { label: "已到账", standing: "later" },
        ]}
      />,
    );
    expect(app.querySelector("ol")?.textContent).toBe("已登记 已完成14:06已到账 还没开始");
  });

  it("mark a difference in words too", () => {
    stage.show(<DifferenceRow label="金额" ours="¥18.00" theirs="¥15.00" differs />);
    expect(app.querySelector("fieldset")?.textContent).toContain("不一致");
    stage.show(<DifferenceRow label="金额" ours="¥18.00" theirs="¥18.00" differs={false} />);
    expect(app.textContent).not.toContain("不一致");
  });
});

describe("progress", () => {
  it("is read out at the quarters only", () => {
    vi.useFakeTimers();
    const heard: string[] = [];
    for (const done of [0, 10, 24, 25, 30, 99, 100]) {
      stage.show(<Progress label="导入" done={done} of={100} />);
      vi.advanceTimersByTime(100);
      if (heard.at(-1) !== stage.spoken("status")) heard.push(stage.spoken("status"));
    }
    expect(heard).toEqual(["导入 0%", "导入 25%", "导入 75%", "导入 100%"]);
  });
});
