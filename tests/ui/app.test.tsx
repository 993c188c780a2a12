// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { App, type AppState } from "../../src/ui/app.tsx";
import { PageHeader } from "../../src/ui/components/page-header.tsx";
import type { Built } from "../../src/ui/deps.tsx";
import { go, startRouter } from "../../src/ui/router.ts";
import { emptyShell } from "../../src/ui/shell-context.tsx";
import { aHistory } from "./browser-history.ts";
import { aStage, type Stage } from "./stage.tsx";

vi.mock("../../src/ui/screens/index.ts", () => {
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- vi.mock is lifted above all else
  const titled = (title: string) => () => <PageHeader title={title} back="#/scan" />;
  return {
    screens: {
      scan: { show: titled("扫码"), alone: () => <p>最近</p> },
      records: { show: titled("记录"), alone: () => <p>选一笔</p> },
      refund: { show: titled("详情"), beside: ["records", "scan"] },
      more: {
        show: () => {
          throw new Error("a bug");
        },
      },
      show: { show: titled("给顾客"), bare: true, paper: true },
      unlock: { show: titled("解锁"), bare: true },
      slip: { show: titled("核对"), bare: true },
      help: { show: titled("帮助") },
    },
  };
});

const state = signal<AppState>("ready");
const shell = signal(emptyShell);
const built = signal({ abilities: {} } as Built);

let stage: Stage;
let stop: () => void;

const open = async (hash: string): Promise<void> => {
  await act(async () => {
    go(hash);
    await new Promise((done) => setTimeout(done, 5));
  });
};

const start = (width: number): void => {
  vi.stubGlobal("matchMedia", () => ({
    matches: width >= 896,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  stage.show(<App state={state} shell={shell} built={built} />);
};

const headings = (tag: "h1" | "h2"): string[] =>
  [...stage.app.querySelectorAll(tag)].map((heading) => heading.textContent);

const main = (): HTMLElement | null => stage.app.querySelector("main");

beforeEach(() => {
  state.value = "ready";
  shell.value = emptyShell;
  stage = aStage();
  aHistory();
  stop = startRouter();
});

afterEach(async () => {
  await open("#/scan");
  stage.strike();
  stop();
  vi.unstubAllGlobals();
});

describe("a phone", () => {
  it("has tabs on the roots and none on a page", async () => {
    start(390);
    expect(main()?.dataset["screen"]).toBe("T1");
    expect(stage.app.querySelector(".shell-root")).not.toBeNull();
    await open("#/r/01A");
    expect(main()?.dataset["screen"]).toBe("D1");
    expect(stage.app.querySelector(".shell-root")).toBeNull();
    expect(headings("h1")).toEqual(["详情"]);
  });

  it("moves the focus to the heading of a new page", async () => {
    start(390);
    await open("#/records");
    expect(document.activeElement?.textContent).toBe("记录");
    expect(document.title).toBe("记录 – 退款台");
  });

  it("shows no dead tab", () => {
    start(390);
    const names = [...stage.app.querySelectorAll("nav a")].map((link) => link.textContent);
    expect(names).toEqual(["扫码", "记录", "对账", "分析", "更多"]);
    expect(stage.app.querySelector("nav [aria-current=page]")?.textContent).toBe("扫码");
  });
});

describe("a tablet", () => {
  it("keeps the list beside its page and does not build it anew", async () => {
    start(1180);
    await open("#/records");
    expect(stage.app.textContent).toContain("选一笔");
    const list = stage.app.querySelector(".pane-list");
    await open("#/r/01A");
    expect(headings("h1")).toEqual(["详情"]);
    expect(headings("h2")).toEqual(["记录"]);
    expect(stage.app.querySelector(".pane-list")).toBe(list);
    expect(main()?.dataset["screen"]).toBe("D1");
    expect(stage.app.querySelector("nav [aria-current=page]")?.textContent).toBe("记录");
  });

  it("takes the list that was visited last", async () => {
    start(1180);
    await open("#/records");
    await open("#/scan");
    await open("#/r/01A");
    expect(headings("h2")).toEqual(["扫码"]);
  });

  it("gives a page of its own the whole width", async () => {
    start(1180);
    await open("#/help");
    expect(stage.app.querySelector(".pane-list")).toBeNull();
  });
});

describe("before the app is ready", () => {
  it("a locked app holds nothing but the lock", async () => {
    start(390);
    await open("#/r/01A");
    await act(() => {
      state.value = "locked";
    });
    expect(headings("h1")).toEqual(["解锁"]);
    expect(stage.app.querySelector("nav")).toBeNull();
    expect(stage.app.textContent).not.toContain("详情");
  });

  it("a customer's slip can be read while locked", async () => {
    state.value = "locked";
    start(390);
    await open("#/v/a.b.c");
    expect(headings("h1")).toEqual(["核对"]);
  });

  it("starting shows one line", () => {
    state.value = "starting";
    start(390);
    expect(stage.app.textContent).toBe("正在打开…");
  });
});

describe("the frame", () => {
  it("X44 shows customers no tab and a white ground", async () => {
    start(1180);
    await open("#/show/01A");
    expect(stage.app.querySelector("nav")).toBeNull();
    expect(stage.app.querySelector(".on-paper")).not.toBeNull();
  });

  it("says that it is practice", () => {
    shell.value = { ...emptyShell, training: true };
    start(390);
    expect(stage.app.textContent).toContain("练习模式 · 不计入账目");
  });

  it("turns a bug into a plain panel and keeps the tabs", async () => {
    start(390);
    await open("#/more");
    expect(stage.app.textContent).toContain("出了点问题，填写的内容还在");
    expect(stage.app.querySelector("nav")).not.toBeNull();
  });

  it("tells that a page is not there yet", async () => {
    start(390);
    await open("#/about");
    expect(stage.app.textContent).toContain("这个页面还没有");
  });
});
