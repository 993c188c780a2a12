// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";

import { zhCn } from "../../src/i18n/zh-cn.ts";
import { StorageScreen } from "../../src/ui/screens/storage/storage-screen.tsx";
import type { Deps } from "../../src/usecases/deps.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { copyOf } from "../support/dying-copy.ts";
import { refundNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;

const space = { used: 900_000_000, quota: 1_000_000_000, persisted: false, installed: true };

const show = (storage: object): void =>
  stage.show(
    inShop(deps, <StorageScreen />, {
      abilities: { storage: async () => storage } as never,
      start: { found: { kind: "ready", device: deps.device, copies: 2 } },
    }),
  );

beforeEach(async () => {
  stage = aStage();
  ({ deps } = await aShop());
});

describe("P5", () => {
  it("R45 F12 tells both copies, what left the device, the key, and only what the browser answers", async () => {
    await refundNow(deps);
    show(space);
    await seenOn(
      stage,
      zhCn["storage.copies_two"],
      zhCn["storage.copy"],
      `${zhCn["storage.backed_up"]}${zhCn["storage.never"]}`,
      `${zhCn["storage.exported"]}${zhCn["storage.never"]}`,
      `${zhCn["storage.persisted"]}${zhCn["storage.no"]}`,
      zhCn["storage.tight"],
      "有效到",
    );
    show({ installed: false });
    stage.strike();
    show({ installed: false });
    await seenOn(stage, `${zhCn["storage.used"]}${zhCn["storage.unknown"]}`);
    expect(stage.app.textContent).not.toContain(zhCn["storage.tight"]);
  });

  it("X37 says that recording stopped, and lets the owner go on with one copy", async () => {
    const caseId = await refundNow(deps);
    const tell = () => tellCustomer(deps, caseId, { via: "screen", language: "zh" });
    copyOf(deps).fault = { kind: "quota" };
    valueOf(await tell());
    expect((await tell()).ok).toBe(false);
    show(space);
    await seenOn(stage, zhCn["storage.stopped"], zhCn["storage.copies_one"]);
    stage.press(zhCn["storage.go_on_once"]);
    await seenOn(stage, zhCn["storage.copies_one"]);
    await expect.poll(() => stage.app.textContent).not.toContain(zhCn["storage.stopped"]);
    valueOf(await tell());
  });
});
