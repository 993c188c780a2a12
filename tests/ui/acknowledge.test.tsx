// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { expect, it, vi } from "vitest";

import { UploadScreen } from "../../src/ui/screens/upload/upload-screen.tsx";
import { acknowledgeBatch } from "../../src/usecases/acknowledge-batch.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { caseAt, refundNow, submitNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage } from "./stage.tsx";

HTMLDialogElement.prototype.showModal = function show() {
  this.open = true;
};

it("X16 after a first word of the file another one is noted, and a failure is not announced as accepted", async () => {
  const stage = aStage();
  const { deps } = await aShop();
  const caseId = await refundNow(deps);
  const batch = await submitNow(deps);
  valueOf(await acknowledgeBatch(deps, batch, "待处理"));
  stage.show(inShop(deps, <UploadScreen route={{ name: "upload", args: { batch } }} />));
  await seenOn(stage, "平台怎么说这批");
  stage.press("平台怎么说这批");
  const word = document.querySelector<HTMLSelectElement>('select[name="word"]');
  if (word === null) throw new Error("no choice of words");
  void act(() => {
    word.value = "退款失败";
    void word.dispatchEvent(new Event("change", { bubbles: true }));
  });
  stage.press("记下");
  await vi.waitFor(() => expect(stage.spoken("status")).toBe("已记下，请逐笔查询"), 10_000);
  expect((await caseAt(deps, caseId)).money).toBe("unknown");
  stage.strike();
});
