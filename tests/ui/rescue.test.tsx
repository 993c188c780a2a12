// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { DeviceId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { RecordHash } from "../../src/ledger/record.ts";
import type { StartOutcome } from "../../src/storage/start-up.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { writeRanges } from "../../src/ui/screens/rescue/findings.ts";
import { RescueScreen } from "../../src/ui/screens/rescue/rescue-screen.tsx";
import type { RescueFile } from "../../src/usecases/export-rescue.ts";
import { aStage, type Stage } from "./stage.tsx";

const device = "d" as DeviceId;
const mark = {
  device,
  seq: 411,
  head: "h" as RecordHash,
  at: instantFromMs(Date.UTC(2026, 10, 21, 10)),
};

const gathered: RescueFile = {
  file: { name: "refund-desk_rescue.txt", type: "text/plain", bytes: new Uint8Array([1]) },
  records: 400,
  pieces: 2,
  unread: ["safety_copy"],
};

const deliver = vi.fn(async () => "saved");
let stage: Stage;

const show = async (found: StartOutcome | undefined, file = gathered): Promise<string> => {
  const built = {
    deps: undefined,
    abilities: { deliver },
    start: { found, exportRescue: async () => file },
  } as unknown as Built;
  await act(async () => {
    stage.show(
      <DepsProvider built={built}>
        <RescueScreen />
      </DepsProvider>,
    );
    await new Promise((done) => setTimeout(done, 5));
  });
  return stage.app.textContent;
};

beforeEach(() => {
  stage = aStage();
});
afterEach(() => {
  stage.strike();
  vi.clearAllMocks();
});

const outcomes: readonly (readonly [string, StartOutcome, readonly string[]])[] = [
  ["lost data", { kind: "lost", mark }, ["浏览器删除了本店数据", "412", "2026-11-21 18:00"]],
  [
    "a rolled back store",
    { kind: "partly_lost", device, mark, lastSeq: 399 },
    ["缺少最后 12 条记录", "412", "400", "400–411"],
  ],
  ["two truths", { kind: "two_truths", device, seq: 7 }, ["两份记录不一致", "7"]],
  ["gaps", { kind: "gaps", device, missing: [3, 4, 5, 9] }, ["有 4 条记录读不出", "3–5, 9"]],
  ["newer data", { kind: "newer_schema" }, ["数据来自更新的版本"]],
  [
    "unreadable stores",
    { kind: "unreadable", because: { kind: "corrupt", message: "torn" } },
    ["数据无法读取", "torn"],
  ],
  ["a key that is gone", { kind: "ready", device, copies: 2 }, ["签名密钥不见了"]],
];

describe("the rescue page", () => {
  it.each(outcomes)("says in words and numbers what was found: %s", async (_name, found, words) => {
    const text = await show(found);
    for (const word of words) expect(text).toContain(word);
    expect(text).toContain("没有删除任何内容");
    expect(text).toContain("不要清除浏览器数据");
    expect(stage.app.querySelector('a[href="#/shop"], a[href="#/welcome"]')).toBeNull();
  });

  it("X37 hands out what both copies hold, with one tap", async () => {
    const text = await show({ kind: "gaps", device, missing: [3] });
    expect(text).toContain("可导出的记录400");
    expect(text).toContain("安全副本读不出");
    stage.press("导出现有数据");
    expect(deliver).toHaveBeenCalledWith(gathered.file, "导出现有数据");
    await vi.waitFor(() => expect(stage.app.textContent).toContain("已交出"));
  });

  it("offers no export when nothing is left", async () => {
    const text = await show({ kind: "lost", mark }, { ...gathered, records: 0, pieces: 0 });
    expect(text).not.toContain("导出现有数据");
    expect(text).toContain("重试");
  });
});

describe("a list of numbers", () => {
  it("is written in ranges and cut when it is long", () => {
    expect(writeRanges([1])).toBe("1");
    expect(writeRanges([1, 2, 4])).toBe("1–2, 4");
    const odd = Array.from({ length: 20 }, (_, index) => index * 2);
    expect(writeRanges(odd).endsWith("…")).toBe(true);
  });
});
