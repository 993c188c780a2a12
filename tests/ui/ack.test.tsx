// @vitest-environment happy-dom
import type { ComponentChildren } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it } from "vitest";

import { AckScreen } from "../../src/ui/screens/ack/ack-screen.tsx";
import { VerifyScreen } from "../../src/ui/screens/verify/verify-screen.tsx";
import type { Deps, OutFile } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { makeCheckpoint } from "../../src/usecases/make-checkpoint.ts";
import { recordWitness } from "../../src/usecases/witness-chain.ts";
import { valueOf } from "../support/a.ts";
import { verifyHere } from "../support/merging.ts";
import { quiet } from "../support/money-steps.ts";
import { refundNow } from "../support/refunds.ts";
import { twinOf, twoTills, type TwoTills } from "../support/two-tills.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let tills: TwoTills;
let out: OutFile[];

beforeEach(async () => {
  stage = aStage();
  tills = await twoTills();
  out = [];
});

const text = (): string => stage.app.textContent;

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

const show = (deps: Deps, what: ComponentChildren, shared: readonly File[] = []): void => {
  const abilities = {
    verifyFile: verifyHere,
    takeShared: async () => shared,
    copyText: async () => true,
    markDraftOpen: () => () => undefined,
    deliver: async (file: OutFile) => {
      out.push(file);
      return "shared" as const;
    },
  };
  stage.strike();
  stage.show(inShop(deps, what, { abilities }));
};

const fileOf = async (deps: Deps): Promise<File> => {
  const { file } = valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet }));
  return new File([file.bytes], file.name);
};

const ackRoute = (code?: string) =>
  ({ name: "ack", args: code === undefined ? {} : { t: code } }) as const;

const sendForm = (code: string): void => {
  const field = document.querySelector<HTMLInputElement>('input[name="code"]');
  if (field === null) throw new Error("no field for the recovery code");
  field.value = code;
  void act(() => {
    field.form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });
};

describe("an acknowledgement through the screens", () => {
  it("refundlog §14 the owner verifies and signs, the till shows what it says, applies it, and its next file is borne out", async () => {
    const { one: office, other: till } = tills;
    await refundNow(till);
    show(office, <VerifyScreen />, [await fileOf(till)]);
    await seen("签收这份文件");
    stage.press("签收这份文件");
    sendForm("WRONG");
    await seen("恢复码不对");
    sendForm(tills.shop.recoveryCode);
    await seen("已签收");
    stage.press("分享 .refundack");
    await seen("已交出");
    const [ack] = out;
    if (ack === undefined) throw new Error("nothing came out");
    show(till, <AckScreen route={ackRoute()} />, [new File([ack.bytes], ack.name)]);
    await seen("第 5 号记录");
    expect(text()).toContain("本店店铺密钥");
    expect(text()).toContain("没有要人看的记录");
    expect(await till.journal.db.acks.count()).toBe(0);
    stage.press("应用");
    await seen("回执已应用");
    expect(await till.journal.db.acks.count()).toBe(1);
    show(office, <VerifyScreen />, [await fileOf(till)]);
    await seen("有外部见证到第 5 条");
  });

  it("C4 refuses another device's and anything else, and writes nothing", async () => {
    const { one: office, other: till } = tills;
    show(till, <AckScreen route={ackRoute("abc")} />);
    await seen("不是 .refundack，或不完整");
    const { signAck } = await import("../../src/usecases/sign-ack.ts");
    const file = await fileOf(till);
    const roots = new Map([[tills.root.kid, tills.root.jwk]]);
    const report = valueOf(await verifyHere(file, { roots, pins: [] }, quiet));
    const { token } = valueOf(await signAck(office, { file, report }, tills.shop.recoveryCode));
    show(office, <AckScreen route={ackRoute(token)} />);
    await seen("不是本店这台设备的回执");
    expect(await office.journal.db.acks.count()).toBe(0);
  });
});

describe("a file against what this device has seen", () => {
  it("F71 E_PIN_BEYOND_HEAD a till that was rolled back is found with nothing typed", async () => {
    const { one, other } = tills;
    const earlier = await twinOf(one);
    await refundNow(one);
    valueOf(await recordWitness(other, valueOf(await makeCheckpoint(one)).token));
    show(other, <VerifyScreen />, [await fileOf(earlier)]);
    await seen("见证之后的记录被删");
    expect(text()).not.toContain("签收这份文件");
  });

  it("F71 E_PIN_FORK a till that went on after it was rolled back is found", async () => {
    const { one, other } = tills;
    const twin = await twinOf(one);
    await refundNow(one);
    valueOf(await recordWitness(other, valueOf(await makeCheckpoint(one)).token));
    await refundNow(twin);
    await refundNow(twin);
    show(other, <VerifyScreen />, [await fileOf(twin)]);
    await seen("记录与见证不符，曾被改写");
  });

  it("an old file that is whole stays good, and what was seen later is only mentioned", async () => {
    const { one, other } = tills;
    const old = await fileOf(one);
    await refundNow(one);
    valueOf(await recordWitness(other, valueOf(await makeCheckpoint(one)).token));
    for (const till of [other, one]) {
      show(till, <VerifyScreen />, [old]);
      await seen("签收这份文件");
      expect(text()).not.toContain("见证之后的记录被删");
      expect(text().includes("在这份文件导出之后还见过这台设备")).toBe(till === other);
    }
  });
});
