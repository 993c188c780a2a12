// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ColumnsScreen } from "../../src/ui/screens/acquirers/columns-screen.tsx";
import { formatText } from "../../src/ui/screens/export/export-history.tsx";
import { listProfiles, resetProfile } from "../../src/usecases/change-profile.ts";
import { changeLayout, resetLayout } from "../../src/usecases/change-layout.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { batchFile, prepareBatch } from "../../src/usecases/export-batch.ts";
import { profileFormat } from "../../src/domain/batches/batch-formats.ts";
import { moveColumn } from "../../src/domain/batches/edited-layout.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { refundNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;
beforeEach(async () => {
  stage = aStage();
  ({ deps } = await aShop());
});
afterEach(() => stage.strike());

const options = {
  gradeD: false,
  texts: { reason: () => "质量问题", channel: () => "微信支付" },
};

const profileOf = async (id: string) => {
  const profile = (await listProfiles(deps)).find((one) => one.id === id);
  if (profile === undefined) throw new Error("no profile");
  return profile;
};

const press = (name: string): void =>
  void act(() => {
    stage.app.querySelector<HTMLButtonElement>(`[aria-label="${name}"]`)?.click();
  });

const show = (id: string): void =>
  stage.show(inShop(deps, <ColumnsScreen route={{ name: "acquirer_columns", args: { id } }} />));

describe("the columns of an upload file", () => {
  it("R25 are put in another order, seen at once, and signed into the profile", async () => {
    show("wechatpay");
    await seenOn(stage, "A20261122000001,12.50,质量问题,R7K2Q4000000001T");
    press("下移 退款金额");
    press("去掉 退款原因");
    await seenOn(stage, "A20261122000001,12.50,R7K2Q4000000001T");
    press("上移 退款金额");
    await seenOn(stage, "12.50,A20261122000001,R7K2Q4000000001T");
    stage.press("保存新版本");
    await vi.waitFor(async () => expect((await profileOf("wechatpay")).layout).toBeDefined());
    await refundNow(deps);
    const { batchId, file } = valueOf(await prepareBatch(deps, "own-wechatpay", options));
    expect(new TextDecoder().decode(file.bytes)).toMatch(/^360\.00,ORDER-\d+,[0-9A-Z]{16}$/);
    const again = valueOf(await batchFile(deps, batchId));
    expect([again.name, again.bytes]).toEqual([file.name, file.bytes]);
  });

  it("say that a name holds the mark that parts the columns", async () => {
    show("wechatpay");
    await seenOn(stage, "A20261122000001,12.50");
    stage.tap("[name=captions]");
    const field = await vi.waitFor(() => {
      const found = stage.app.querySelector<HTMLInputElement>("[name=caption_0]");
      if (found === null) throw new Error("no field");
      return found;
    });
    void act(() => {
      field.value = "a,b";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    stage.press("保存新版本");
    await seenOn(stage, "列名里不能有“,”");
  });

  it("name the acquirer of an own file, one of the owner's own too", async () => {
    const own = { ...(await profileOf("lakala")), id: "lakala_2", name: "二店" };
    expect(formatText("own-lakala_2", [own])).toContain("二店");
    expect(formatText("own-lakala")).toContain("拉卡拉");
  });

  it("are refused without what a file needs, or with a card number in them, and can be as shipped again", async () => {
    const profile = await profileOf("wechatpay");
    const format = moveColumn(profileFormat(profile), 0, 1);
    valueOf(await changeLayout(deps, "wechatpay", format));
    expect(valueOf(await resetProfile(deps, "wechatpay"))).toBeDefined();
    expect((await profileOf("wechatpay")).layout).toBeUndefined();
    expect(await resetLayout(deps, "wechatpay")).toMatchObject({ ok: true });
    const bad = { ...format, columns: format.columns.slice(2) };
    expect(await changeLayout(deps, "wechatpay", bad)).toMatchObject({
      fault: { kind: "bad_export_format" },
    });
    const named = { ...format, columns: format.columns.map((one) => ({ ...one, caption: "a,b" })) };
    expect(await changeLayout(deps, "wechatpay", named)).toMatchObject({
      fault: { at: "caption" },
    });
    const card = { ...format, name: "wx_6222021234567894" };
    expect(await changeLayout(deps, "wechatpay", card)).toMatchObject({
      fault: { kind: "card_number_in_text" },
    });
  });
});
