// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { UploadAnswer, UploadRequest } from "../../src/domain/upload-answer.ts";
import { currentSetting } from "../../src/usecases/change-setting.ts";
import type { Abilities } from "../../src/usecases/abilities.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { readUploads } from "../../src/usecases/upload-setting.ts";
import { sendUploads } from "../../src/usecases/send-uploads.ts";
import { keepSending } from "../../src/ui/keep-sending.ts";
import { UploadsScreen } from "../../src/ui/screens/uploads/uploads-screen.tsx";
import { aShop } from "../support/deps.ts";
import { aToldRefund, erase } from "../support/told-refund.ts";
import { queueBatch, queuePackage, stateOf, turnOn } from "../support/uploads.ts";
import { inShop, seenOn, stillScreen } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

HTMLDialogElement.prototype.showModal = function show() {
  this.open = true;
};

let stage: Stage;
let deps: Deps;
let asked: UploadRequest[];
let answer: UploadAnswer | undefined;

const taken: UploadAnswer = { kind: "answered", status: 201, contentType: "" };

const means: Pick<Abilities, "sendUpload" | "sendAlone"> = {
  sendUpload: async (request) => {
    asked.push(request);
    return answer;
  },
  sendAlone: (work) => work(),
};

const mount = (mayReach: Abilities["mayReach"] = () => true): void =>
  stage.show(inShop(deps, <UploadsScreen />, { abilities: { ...means, mayReach } }));

const field = (name: string): HTMLInputElement | HTMLSelectElement => {
  const found = stage.app.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`);
  if (found === null) throw new Error(`no field ${name}`);
  return found;
};

const fill = (values: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(values))
    void act(() => {
      const box = field(name);
      box.value = value;
      void box.dispatchEvent(new Event("change", { bubbles: true }));
    });
};

const submit = (part = "form"): void =>
  void act(() => {
    const event = new Event("submit", { bubbles: true, cancelable: true });
    stage.app.querySelector(part)?.dispatchEvent(event);
  });

const round = (): Promise<void> => sendUploads(deps, means.sendUpload);

/** Long enough for whatever should not happen. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

beforeEach(async () => {
  stillScreen();
  stage = aStage();
  asked = [];
  answer = taken;
  ({ deps } = await aShop());
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

describe("the setting", () => {
  it("is off at first, and says that nothing is sent", async () => {
    mount();
    await seenOn(stage, "没有打开", "不是提交给平台，退款状态不会因此改变");
  });

  it("is set by the owner; the secret is not shown again", async () => {
    mount();
    await seenOn(stage, "打开并设置地址");
    fill({ address: "https://dav.example.com/refunds/{name}", proof: "password" });
    await seenOn(stage, "只存在本机，不进记录和任何导出", "没有加密");
    fill({ secret_name: "till", secret_value: "hidden word" });
    submit();
    await seenOn(stage, "Authorization：已保存，不再显示", "还没有文件");
    expect((await currentSetting(deps)).uploadOrigin).toBe("https://dav.example.com");
    expect(stage.app.innerHTML).not.toContain("hidden word");
    expect(stage.app.innerHTML).not.toContain(btoa("till:hidden word"));
    expect(field("proof").value).toBe("keep");
  });

  it.each([
    ["http://dav.example.com/{name}", "地址要以 https:// 开头"],
    ["https://dav.example.com/", "后一个文件会盖掉前一个"],
    ["dav", "地址不对"],
  ])("%s is refused in words", async (address, words) => {
    mount();
    await seenOn(stage, "打开并设置地址");
    fill({ address });
    submit();
    await seenOn(stage, words);
    expect((await readUploads(deps)).target).toBeUndefined();
  });

  it("says what the site was not built for", async () => {
    await turnOn(deps);
    mount(() => false);
    await seenOn(stage, "UPLOAD_ORIGIN=https://dav.example.com");
  });

  it("is turned off with everything that waits", async () => {
    await turnOn(deps);
    await queuePackage(deps);
    mount();
    await seenOn(stage, "refund-desk_journal");
    stage.press("关掉并忘记地址");
    await seenOn(stage, "没有打开");
    expect((await currentSetting(deps)).uploadOrigin).toBe("");
  });

  it("is not there in practice", async () => {
    ({ deps } = await aShop({ training: true }));
    mount();
    await seenOn(stage, "练习模式从不发送");
    expect(stage.app.querySelector("form")).toBeNull();
  });
});

describe("the queue", () => {
  beforeEach(() => turnOn(deps));

  it("shows each file and how far it is, and that sent is not submitted", async () => {
    await queueBatch(deps);
    mount();
    await seenOn(stage, "上传文件", "等待发送");
    await round();
    await seenOn(stage, "已送到自己的存储");
    stage.tap(".row");
    await seenOn(stage, "服务器答 201", "仍要在“上传确认”里记下");
  });

  it.each([
    [{ ...taken, status: 403 }, "密码或授权不对，或预签名地址过期"],
    [{ ...taken, status: 404 }, "没有这个地址（404）"],
    [{ ...taken, status: 409 }, "文件夹还没有"],
    [{ ...taken, status: 413 }, "太大（413）"],
    [{ ...taken, status: 507 }, "存储满了（507）"],
    [{ ...taken, status: 418 }, "服务器拒绝（418）"],
    [{ ...taken, status: 503 }, "服务器忙或出错（503）"],
    [{ ...taken, status: 200, contentType: "text/html" }, "像登录网页"],
    [{ kind: "no_answer" }, "服务器没允许本应用的网址（CORS）"],
    [{ kind: "timed_out" }, "同一个键和同样的内容"],
    [{ kind: "policy_forbids" }, "CSP connect-src"],
  ] as const)("%o is told in words", async (given, words) => {
    answer = given;
    await queuePackage(deps);
    await round();
    mount();
    await seenOn(stage, words);
  });

  it("is sent now, or not at all, when a person says so", async () => {
    answer = { ...taken, status: 507 };
    const id = await queuePackage(deps);
    await round();
    mount();
    await seenOn(stage, "没有送到");
    stage.tap(".row");
    await seenOn(stage, "现在发送");
    stage.press("现在发送");
    await seenOn(stage, "等待发送");
    expect(await stateOf(deps, id)).toMatchObject({ state: "waiting", notBefore: 0 });
    stage.tap(".row");
    await seenOn(stage, "正在发送的可能已经送到");
    stage.press("不再发送");
    await seenOn(stage, "还没有文件");
  });
});

describe("presigned addresses", () => {
  it("are asked for, one for each file, and said to be no more than they are", async () => {
    await turnOn(deps, { way: "presigned", address: "https://b.s3.example.com", accepts: "ok" });
    const id = await queuePackage(deps);
    await round();
    mount();
    await seenOn(stage, "要先贴上这个文件的预签名地址", "不能自动生成", "表单 POST 不支持");
    stage.tap(".row");
    await seenOn(stage, "只对这一个文件有效");
    fill({ presigned: "https://evil.example/a?X=1" });
    submit("dialog form");
    await seenOn(stage, "这个地址不在设置的网址里");
    fill({ presigned: "https://b.s3.example.com/a?X=1" });
    submit("dialog form");
    await seenOn(stage, "等待发送");
    expect(await stateOf(deps, id)).toMatchObject({ state: "waiting" });
  });
});

describe("in the background", () => {
  let online: boolean;
  let ended: AbortController;

  beforeEach(async () => {
    online = false;
    ended = new AbortController();
    vi.spyOn(navigator, "onLine", "get").mockImplementation(() => online);
    await turnOn(deps);
  });

  afterEach(() => {
    ended.abort();
    vi.restoreAllMocks();
  });

  const comeOnline = (): void => {
    online = true;
    dispatchEvent(new Event("online"));
  };

  it("nothing is asked without a network; when it is back, everything goes once", async () => {
    keepSending(deps, means, ended.signal);
    const id = await queuePackage(deps, "one");
    await queuePackage(deps, "two");
    await settled();
    expect(asked).toEqual([]);
    comeOnline();
    await vi.waitFor(async () => expect(await stateOf(deps, id)).toMatchObject({ state: "sent" }));
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    comeOnline();
    await settled();
    expect(asked).toHaveLength(2);
  });

  it("what waits goes at the start, and what joins later goes by itself", async () => {
    online = true;
    await queuePackage(deps, "one");
    keepSending(deps, means, ended.signal);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await queuePackage(deps, "two");
    await vi.waitFor(() => expect(asked).toHaveLength(2));
  });

  it("a file that met no server waits, and is not asked for over and over", async () => {
    online = true;
    answer = { kind: "no_answer" };
    await queuePackage(deps);
    keepSending(deps, means, ended.signal);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await settled();
    expect(asked).toHaveLength(1);
    answer = taken;
    comeOnline();
    await vi.waitFor(() => expect(asked).toHaveLength(2));
  });

  it("X41 what was made before a customer was erased is deleted at once, without a network too", async () => {
    const told = await aToldRefund();
    ({ deps } = told);
    await turnOn(deps);
    keepSending(deps, means, ended.signal);
    const id = await queuePackage(deps);
    await erase(told);
    await vi.waitFor(async () =>
      expect(await stateOf(deps, id)).toMatchObject({ problem: { kind: "outdated" } }),
    );
    expect(asked).toEqual([]);
  });

  it("two windows send it once", async () => {
    online = true;
    let last: Promise<unknown> = Promise.resolve();
    const alone: Abilities["sendAlone"] = (work) => {
      const next = last.then(work);
      last = next;
      return next;
    };
    const both = { ...means, sendAlone: alone };
    keepSending(deps, both, ended.signal);
    keepSending(deps, both, ended.signal);
    const id = await queuePackage(deps);
    await vi.waitFor(async () => expect(await stateOf(deps, id)).toMatchObject({ state: "sent" }));
    await settled();
    expect(asked).toHaveLength(1);
  });

  it("nothing goes any more after its end", async () => {
    online = true;
    keepSending(deps, means, ended.signal);
    ended.abort();
    await queuePackage(deps);
    await settled();
    expect(asked).toEqual([]);
  });
});
