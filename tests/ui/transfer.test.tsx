// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { DeviceId } from "../../src/domain/ids.ts";
import { fail, ok } from "../../src/domain/result.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { parseTillFilter, writeTillFilter } from "../../src/ledger/sale-filter-code.ts";
import { gunzip, gzip } from "../../src/platform/gzip.ts";
import { go, route, startRouter } from "../../src/ui/router.ts";
import { takeHanded } from "../../src/ui/screens/import-statement/handed-files.ts";
import { ReceiveScreen } from "../../src/ui/screens/receive/receive-screen.tsx";
import { SaleFilterScreen } from "../../src/ui/screens/sale-filter/sale-filter-screen.tsx";
import { SendScreen } from "../../src/ui/screens/send/send-screen.tsx";
import type { Abilities } from "../../src/usecases/abilities.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareTransfer, writeOwnHeads } from "../../src/usecases/send-records.ts";
import { writeOwnFilter } from "../../src/usecases/sale-filters.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { quiet } from "../support/money-steps.ts";
import { refundNow } from "../support/refunds.ts";
import { aHistory } from "./browser-history.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

const drafts = new Map<string, unknown>();

vi.mock("../../src/usecases/keep-draft.ts", () => ({
  keepDraft: async (_: unknown, name: string, draft: object) =>
    void drafts.set(name, structuredClone(draft)),
  findDraft: async (_: unknown, name: string, parse: (kept: unknown) => unknown) =>
    parse(drafts.get(name)),
  dropDraft: async (_: unknown, name: string) => void drafts.delete(name),
}));

/** What the canvas was given: one text for each frame. */
const frames: string[] = [];

vi.mock("lean-qr", async (original) => {
  const lean = await original<typeof import("lean-qr")>();
  const alphaNumeric = (text: string) => {
    frames.push(text);
    return lean.mode.alphaNumeric(text);
  };
  return { ...lean, mode: { ...lean.mode, alphaNumeric } };
});

let stage: Stage;
let deps: Deps;
let stop: () => void;
let films: (string | undefined)[];
let seeCodes: (...texts: readonly string[]) => void;
let awake: number;

let openCamera: Abilities["openScanner"];

const openScanner: Abilities["openScanner"] = async (_video, { onCodes }, kind) => {
  films.push(kind);
  seeCodes = (...texts) => onCodes(texts.map((text) => ({ text, format: "qr" as const })));
  return ok({ stop: () => undefined });
};

const Page = () => {
  const { name, args } = route.value;
  if (name === "sale_filter") return <SaleFilterScreen route={{ name, args }} />;
  if (name === "send") return <SendScreen route={{ name, args }} />;
  return name === "receive" ? <ReceiveScreen /> : <p>{name}</p>;
};

const mount = (hash: string): void => {
  go(hash);
  const abilities = {
    openScanner: openCamera,
    gzip,
    gunzip,
    signal: () => undefined,
    markDraftOpen: () => () => undefined,
    keepAwake: () => {
      awake += 1;
      return () => {
        awake -= 1;
      };
    },
    decodePicture: async () => ok({ codes: [] }),
  };
  stage.show(inShop(deps, <Page />, { abilities }));
};

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

const calm = (reduced: boolean): void => {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: reduced && query.includes("reduced-motion"),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
};

const chosenSpeed = (): string | undefined =>
  stage.app.querySelector<HTMLInputElement>("input[name=speed]:checked")?.value;

const parts = async () => valueOf(await prepareTransfer(deps, { have: undefined, gzip, ...quiet }));

const film = async (): Promise<void> => {
  stage.press("对方开始播放了，接收");
  await vi.waitFor(() => expect(seeCodes).toBeTypeOf("function"));
};

beforeEach(async () => {
  stage = aStage();
  aHistory();
  stop = startRouter();
  calm(false);
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({
    createImageData: (width: number, height: number) => ({
      data: new Uint8ClampedArray(width * height * 4),
    }),
    putImageData: () => undefined,
  } as unknown as CanvasRenderingContext2D);
  drafts.clear();
  frames.length = 0;
  films = [];
  openCamera = openScanner;
  awake = 0;
  ({ deps } = await aShop());
  await refundNow(deps);
});

afterEach(() => {
  stage.strike();
  stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("X9 the sending phone", () => {
  it("shows its signed records as changing codes, says how many, and keeps the screen on", async () => {
    mount("#/send");
    stage.press("全部发送");
    await seen("已播");
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(3));
    expect(frames[0]).toMatch(/^UR:BYTES\/1-\d+\/[A-Z]+$/);
    expect(frames[1]).toMatch(/^UR:BYTES\/2-/);
    expect(chosenSpeed()).toBe("10");
    expect(awake).toBe(1);
    stage.press("对方收齐了，结束");
    expect(awake).toBe(0);
  });

  it("pauses, shows single frames, and begins slowly where less motion is wanted", async () => {
    calm(true);
    mount("#/send");
    stage.press("全部发送");
    await seen("已播");
    expect(chosenSpeed()).toBe("2");
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    stage.press("暂停");
    const before = frames.length;
    stage.press("下一帧", "下一帧");
    expect(frames.length).toBe(before + 2);
    await seen(`已播 ${before + 2} 帧`);
  });

  it("sends only what is new to the phone whose code it was given", async () => {
    const have = await writeOwnHeads(deps);
    const known = await deps.journal.db.heads.get(deps.device);
    await refundNow(deps);
    mount(`#/send?c=${encodeURIComponent(have)}`);
    expect(stage.app.textContent).toContain("只发对方没有的记录");
    stage.press("开始播放");
    await seen(`第 ${(known?.seq ?? 0) + 1} 至`);
  });

  it("scans the other phone's code, and refuses one of another kind in words", async () => {
    mount("#/send");
    stage.press("先扫对方的码，只发新的");
    stage.press("开始扫码");
    await vi.waitFor(() => expect(seeCodes).toBeTypeOf("function"));
    await act(async () => seeCodes("A2026112200017"));
    await seen("只发对方没有的记录");
    stage.press("开始播放");
    await seen("这不是“接收”页上的码");
  });

  it("says that the other phone has everything", async () => {
    mount(`#/send?c=${encodeURIComponent(await writeOwnHeads(deps))}`);
    stage.press("开始播放");
    await seen("对方已有全部记录");
  });
});

describe("X9 the receiving phone", () => {
  it("shows what it has, films the other phone, and hands the package on", async () => {
    const { parts: sent } = await parts();
    mount("#/receive");
    await seen("就只发本机没有的记录");
    await vi.waitFor(() => expect(stage.app.querySelector(".qr svg")).not.toBeNull());
    await film();
    expect(films).toEqual(["film"]);
    for (let seqNum = 2; seqNum < sent.count; seqNum += 1)
      await act(async () => seeCodes(sent.part(seqNum)));
    await seen(`已收到 ${sent.count - 2} / ${sent.count} 份`);
    for (let seqNum = sent.count + 1; seqNum < sent.count + 30; seqNum += 1)
      await act(async () => seeCodes(sent.part(seqNum)));
    await seen("收齐了");
    expect(drafts.size).toBe(0);
    stage.press("核对并合并");
    expect(route.value.name).toBe("merge");
    const [file] = takeHanded();
    expect(await file?.text()).toContain('"fmt":"refundlog/1"');
  });

  it("passes payment codes by and keeps nothing of them", async () => {
    mount("#/receive");
    await film();
    await act(async () => seeCodes("134567890123456789"));
    await seen("还没有收到第一份");
    stage.strike();
    expect(drafts.size).toBe(0);
  });

  it("leads to the file where there is no camera", async () => {
    openCamera = async () => fail({ kind: "camera_not_found" });
    mount("#/receive");
    stage.press("对方开始播放了，接收");
    await seen("没有相机");
    expect(stage.app.querySelector('a[href="#/recon/merge"]')).not.toBeNull();
  });

  it("goes on after an interruption where it stopped", async () => {
    const { parts: sent } = await parts();
    mount("#/receive");
    await film();
    await act(async () => seeCodes(sent.part(1), sent.part(2)));
    await seen(`已收到 2 / ${sent.count} 份`);
    stage.strike();
    expect(drafts.get("transfer")).toEqual([sent.part(1), sent.part(2)]);
    mount("#/receive");
    await seen(`上次收到 2 / ${sent.count} 份`);
    await film();
    for (let seqNum = 3; seqNum <= sent.count; seqNum += 1)
      await act(async () => seeCodes(sent.part(seqNum)));
    await seen("收齐了");
  });

  it("tells codes of another transfer apart, and starts over when asked", async () => {
    const [one, other] = [await parts(), await parts()];
    mount("#/receive");
    await film();
    await act(async () => seeCodes(one.parts.part(1)));
    await act(async () => seeCodes(other.parts.part(1)));
    await seen("这是另一份记录的码");
    stage.press("从头接收");
    await seen("还没有收到第一份");
    await act(async () => seeCodes(other.parts.part(1)));
    await seen(`已收到 1 / ${other.parts.count} 份`);
  });
});

describe("X9 the code of refunded payments", () => {
  it("is shown with how many payments it holds and how often it errs", async () => {
    mount("#/filter");
    await seen("含 1 笔已退收款");
    expect(frames.at(-1)).toMatch(/^RLF1:/);
    expect(stage.app.textContent).toContain("只提醒，不拦截");
  });

  it("of another till is taken in, and every other one is refused in words", async () => {
    const own = valueOf(parseTillFilter((await writeOwnFilter(deps)).text));
    const device = hashText("the other till") as string as DeviceId;
    mount(`#/filter?c=${encodeURIComponent(writeTillFilter({ ...own, device }))}`);
    await seen("的防重码：1 笔");
    stage.strike();
    mount(`#/filter?c=${encodeURIComponent(writeTillFilter(own))}`);
    await seen("这是本机自己的防重码");
    stage.strike();
    mount("#/filter?c=RLF1%3A");
    await seen("这不是完整的防重码");
  });
});
