// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { findEnrolment } from "../../src/storage/envelopes.ts";
import { DevicesScreen } from "../../src/ui/screens/devices/devices-screen.tsx";
import type { Abilities } from "../../src/usecases/abilities.ts";
import type { OutFile } from "../../src/usecases/deps.ts";
import type { Start } from "../../src/usecases/start.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { valueOf } from "../support/a.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { refundNow } from "../support/refunds.ts";
import { aRotation, keysOf, type Rotation } from "../support/rotation.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let shop: TestShop;
let rotation: Rotation;

beforeEach(async () => {
  HTMLDialogElement.prototype.showModal = () => undefined;
  stage = aStage();
  shop = await aShop();
  rotation = await aRotation(shop);
});

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

const sendCode = (code: string): void => {
  const field = stage.app.querySelector<HTMLInputElement>('[name="recovery"]');
  if (field === null) throw new Error("no recovery field");
  field.value = code;
  const sent = new SubmitEvent("submit", { bubbles: true, cancelable: true });
  void act(() => void field.closest("form")?.dispatchEvent(sent));
};

describe("P10 更换密钥", () => {
  it("X45 F50 says what is still to do, then goes on under the new key in a page that is opened anew", async () => {
    const reopen = vi.fn<() => void>();
    const setUp = { newDeviceKey: async () => ({ ok: true, value: rotation.next }) };
    const start = { setUp, reopen } as unknown as Partial<Start>;
    const caseId = await refundNow(shop.deps);
    stage.show(inShop(shop.deps, <DevicesScreen />, { start }));
    await seen("更换本机密钥");
    sendCode(shop.recoveryCode);
    await seen("待办里还有 1 件");
    valueOf(await withdrawRefund(shop.deps, caseId, "customer"));
    sendCode("AAAA");
    await seen("恢复码不对");
    expect(reopen).not.toHaveBeenCalled();
    sendCode(shop.recoveryCode);
    await vi.waitFor(() => expect(reopen).toHaveBeenCalledTimes(1), { timeout: 10_000 });
    expect((await findEnrolment(shop.deps.journal.db))?.device).toBe(rotation.next.kid);
  });

  it("X45 shows the key before as retired and saves its last file", async () => {
    const { device, jwk, sign, journal } = shop.deps;
    await journal.db.keys.put({ id: device, jwk, privateKey: {} as CryptoKey });
    valueOf(await rotation.rotate());
    const delivered: OutFile[] = [];
    const deliver: Abilities["deliver"] = async (file) => {
      delivered.push(file);
      return delivered.length === 1 ? "blocked" : "saved";
    };
    const start = { approver: { openKey: keysOf({ kid: device, sign }) } } as Partial<Start>;
    stage.show(
      inShop(await rotation.reopened(), <DevicesScreen />, { abilities: { deliver }, start }),
    );
    await seen("T1B", "已更换，记到第 4 条");
    stage.tap("button.row");
    await seen("旧密钥签的最后一份");
    stage.press("保存文件");
    await vi.waitFor(() => expect(delivered).toHaveLength(1), { timeout: 10_000 });
    await seen("文件做好了，请再点一次分享");
    stage.press("保存文件");
    await vi.waitFor(() => expect(delivered).toHaveLength(2), { timeout: 10_000 });
    expect(delivered[1]).toBe(delivered[0]);
    expect(delivered[0]?.name).toMatch(/^refund-desk_journal-last_.*\.refundlog$/);
  });
});
