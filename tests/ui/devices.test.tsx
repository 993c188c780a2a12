// @vitest-environment happy-dom
import { render, type ComponentChild } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { chainsIn } from "../../src/storage/rebuild.ts";
import { readApprover } from "../../src/storage/ring.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { changeLanguage } from "../../src/ui/language.ts";
import { AddDeviceScreen } from "../../src/ui/screens/devices/add-device-screen.tsx";
import { DevicesScreen } from "../../src/ui/screens/devices/devices-screen.tsx";
import { JoinScreen } from "../../src/ui/screens/join/join-screen.tsx";
import { emptyShell, ShellProvider } from "../../src/ui/shell-context.tsx";
import { listKnownDevices } from "../../src/usecases/list-devices.ts";
import { newestStatusList, revokeKey } from "../../src/usecases/revoke-key.ts";
import { statusLists } from "../../src/usecases/status-lists.ts";
import { valueOf } from "../support/a.ts";
import { anEmptyDevice, aShop, type EmptyDevice, type TestShop } from "../support/deps.ts";
import { aSecondTill, layBeside, type SecondTill } from "../support/second-till.ts";
import { aStage } from "./stage.tsx";

/** One of two phones that lie side by side. */
type Phone = {
  readonly page: HTMLElement;
  /** Texts that its copy buttons handed out. */
  readonly copied: string[];
  readonly show: (screen: ComponentChild) => void;
};

const phones: Phone[] = [];

const aPhone = (built: Omit<Built, "abilities">): Phone => {
  const page = document.createElement("div");
  document.body.append(page);
  const copied: string[] = [];
  const abilities = {
    markDraftOpen: () => () => undefined,
    openScanner: async () => ({ ok: false, fault: { kind: "camera_not_found" } }),
    copyText: async (text: string) => copied.push(text) > 0,
  };
  const show = (screen: ComponentChild): void =>
    void act(() =>
      render(
        <DepsProvider built={{ ...built, abilities } as unknown as Built}>
          <ShellProvider shell={{ ...emptyShell, shop: { ...emptyShell.shop, currency: CNY } }}>
            {screen}
          </ShellProvider>
        </DepsProvider>,
        page,
      ),
    );
  const phone = { page, copied, show };
  phones.push(phone);
  return phone;
};

const until = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !isSo(); tries++)
    await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 5))));
  expect(isSo()).toBe(true);
};

const says = ({ page }: Phone, text: string): Promise<void> =>
  until(() => page.textContent.includes(text));

const press = ({ page }: Phone, name: string): void =>
  void act(() =>
    [...page.querySelectorAll("button")].find((one) => one.textContent === name)?.click(),
  );

const send = (form: Element | null | undefined): void =>
  void act(() => {
    form?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
  });

const fill = ({ page }: Phone, values: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(values)) {
    const field = [...page.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)].at(-1);
    if (field === undefined) throw new Error(`no field ${name}`);
    field.value = value;
  }
};

/** Copies the code that a phone shows. */
const copyFrom = async (phone: Phone): Promise<string> => {
  const named = () =>
    [...phone.page.querySelectorAll("button")].filter(
      (one) => one.textContent === "复制码里的文字",
    );
  await until(() => named().length > 0);
  const before = phone.copied.length;
  void act(() => named()[0]?.click());
  await until(() => phone.copied.length > before);
  return phone.copied.at(-1) ?? "";
};

/** The second code that the owner's phone shows. */
const copySecond = (phone: Phone): Promise<string> => {
  void act(() =>
    phone.page.querySelector<HTMLElement>('input[name="answer"][value="root"]')?.click(),
  );
  return copyFrom(phone);
};

/** Pastes a text where a phone waits for a code. */
const pasteInto = (phone: Phone, text: string): void => {
  fill(phone, { code: text });
  send(phone.page.querySelector('[name="code"]')?.closest("form"));
};

const groupsOn = ({ page }: Phone): readonly string[] =>
  [...page.querySelectorAll(".code-groups")].map((one) => one.textContent.trim());

let shop: TestShop;
let device: EmptyDevice;
let owner: Phone;
let fresh: Phone;
let entered: number;

/** Both phones up to the moment when the owner compares the fingerprints. */
const askAndCompare = async (): Promise<void> => {
  owner.show(<AddDeviceScreen />);
  fresh.show(<JoinScreen />);
  pasteInto(fresh, await copyFrom(owner));
  await says(fresh, "2 让店主的设备扫这个申请码");
  pasteInto(owner, await copyFrom(fresh));
  await says(owner, "对照指纹");
};

const formOf = ({ page }: Phone) =>
  [...page.querySelectorAll('[name="recovery"]')].at(-1)?.closest("form");

const isUntouched = async (): Promise<boolean> => {
  const { db } = device.setUp.journal;
  const left = [await db.envelopes.count(), await db.keys.count(), await db.records.count()];
  return left.every((count) => count === 0);
};

const pins = { pin: "604817", again: "604817" };

beforeEach(async () => {
  await changeLanguage("zh-CN");
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  aStage();
  shop = await aShop();
  device = await anEmptyDevice();
  entered = 0;
  const start = { setUp: device.setUp, enterShop: async () => ++entered > 0 };
  owner = aPhone({ deps: shop.deps, start: {} as Built["start"] });
  fresh = aPhone({ deps: undefined, start: start as unknown as Built["start"] });
});

afterEach(() => {
  for (const { page } of phones.splice(0)) render(undefined, page);
  vi.unstubAllGlobals();
});

describe("a device that joins by pasted codes, no camera at all", () => {
  it("P10 S0 refundlog §8 becomes a till after both fingerprints were the same on both screens", async () => {
    await askAndCompare();
    expect(groupsOn(owner)).toEqual(groupsOn(fresh));
    expect(groupsOn(owner)[0]?.split(/\s+/)).toHaveLength(8);
    expect(owner.page.textContent).toContain("一笔退多少以上要另一个人批");
    fill(owner, { limit: "200", recovery: shop.recoveryCode });
    send(formOf(owner));
    await says(owner, "让新设备扫回");
    const card = await copyFrom(owner);
    const root = await copySecond(owner);
    pasteInto(fresh, `${card}\n${root}`);
    await says(fresh, "和店主屏幕上的店铺指纹一样吗");
    expect(groupsOn(owner)).toEqual(groupsOn(fresh));
    expect(fresh.page.textContent).toContain("第二个码已收下");
    expect(fresh.page.textContent).toContain("小林饰品摊");
    expect(await isUntouched()).toBe(true);
    fill(fresh, { owner: "小林", ...pins });
    send(fresh.page.querySelector('[name="pin"]')?.closest("form"));
    await until(() => entered === 1);
    expect(await chainsIn(device.setUp.journal.db)).toEqual([device.key.kid]);
    const [, till] = await listKnownDevices(shop.deps);
    expect(till?.limit).toEqual(money(20_000, CNY));
  });

  it("P10 becomes an approver's phone with a person and a limit", async () => {
    await askAndCompare();
    void act(() =>
      owner.page.querySelector<HTMLElement>('input[name="role"][value="approver"]')?.click(),
    );
    await says(owner, "一次最多批准多少");
    fill(owner, { label: "A1", limit: "5oo", recovery: shop.recoveryCode });
    send(formOf(owner));
    await says(owner, "金额只能是数字");
    fill(owner, { limit: "500" });
    send(formOf(owner));
    await says(owner, "让新设备扫回");
    pasteInto(fresh, await copyFrom(owner));
    await says(fresh, "批准时要输的 6 位 PIN");
    fill(fresh, pins);
    send(fresh.page.querySelector('[name="pin"]')?.closest("form"));
    await says(fresh, "这台手机现在是审批手机");
    const { db } = device.setUp.journal;
    const approver = await readApprover(db, device.setUp.verify);
    expect(approver?.claims).toMatchObject({ label: "A1", max: 50_000, cur: "CNY", sid: "s1" });
    expect(entered).toBe(0);
  });

  it("refundlog §8 gets nothing when the owner sees another fingerprint", async () => {
    await askAndCompare();
    press(owner, "不一样");
    await says(owner, "指纹不一样，已停下");
    expect(await listKnownDevices(shop.deps)).toHaveLength(1);
    press(owner, "重新开始");
    await says(owner, "1 新设备上点");
  });

  it("refundlog §8 keeps nothing when its person sees another root", async () => {
    await askAndCompare();
    fill(owner, { recovery: shop.recoveryCode });
    send(formOf(owner));
    await says(owner, "让新设备扫回");
    pasteInto(fresh, await copyFrom(owner));
    await says(fresh, "和店主屏幕上的店铺指纹一样吗");
    press(fresh, "不一样");
    await says(fresh, "指纹不一样，已停下");
    expect(await isUntouched()).toBe(true);
    expect(await findEnrolment(device.setUp.journal.db)).toBeUndefined();
  });

  it("hears in words what was wrong with a code, and goes on from there", async () => {
    owner.show(<AddDeviceScreen />);
    fresh.show(<JoinScreen />);
    const invitation = await copyFrom(owner);
    pasteInto(fresh, "hello");
    await says(fresh, "这不是邀请码");
    pasteInto(fresh, invitation);
    await says(fresh, "2 让店主的设备扫这个申请码");
    pasteInto(owner, invitation);
    await says(owner, "这不是申请码");
    pasteInto(fresh, invitation);
    await says(fresh, "这不是证书码");
    pasteInto(owner, await copyFrom(fresh));
    await says(owner, "对照指纹");
    fill(owner, { label: "t1", recovery: shop.recoveryCode });
    send(formOf(owner));
    await says(owner, "这个名字用过了");
    fill(owner, { label: "T2", recovery: "AAAA" });
    send(formOf(owner));
    await says(owner, "恢复码不对");
    fill(owner, { recovery: shop.recoveryCode });
    send(formOf(owner));
    await says(owner, "让新设备扫回");
    pasteInto(fresh, await copyFrom(owner));
    await says(fresh, "没扫第二个码也能加入");
    press(fresh, "再扫第二个码：锁着的店铺密钥");
    await says(fresh, "粘贴文字");
    pasteInto(fresh, "hello");
    await says(fresh, "这不是证书码");
    pasteInto(fresh, await copySecond(owner));
    await says(fresh, "第二个码已收下");
    fill(fresh, { owner: "小林", pin: "604817", again: "604818" });
    send(fresh.page.querySelector('[name="pin"]')?.closest("form"));
    await says(fresh, "两次 PIN 不一样");
    expect(await isUntouched()).toBe(true);
  });
});

/** The list that an owner's device shows after it revoked a till of which it knows nothing. */
const revokeAt = async ({ deps, recoveryCode }: TestShop, till: SecondTill): Promise<string> => {
  const { device: kid } = till.deps;
  valueOf(await revokeKey(deps, { kid, seq: -1, why: "lost", recoveryCode }));
  return (await newestStatusList(deps)) ?? "";
};

describe("devices and keys", () => {
  it("P10 shows this device with its prefix, both fingerprints and its key card", async () => {
    owner.show(<DevicesScreen />);
    await says(owner, "店铺指纹");
    expect(groupsOn(owner)).toHaveLength(2);
    expect(owner.page.textContent).toContain("还没有其他设备");
    expect(await copyFrom(owner)).toMatch(/^RLK1:/);
  });

  it("X45 revokes a lost till after a record, and shows the list for the others", async () => {
    const till = (await aSecondTill(shop)).deps;
    await layBeside(till, shop.deps);
    HTMLDialogElement.prototype.showModal = () => undefined;
    owner.show(<DevicesScreen />);
    await says(owner, "T2");
    void act(() => [...owner.page.querySelectorAll<HTMLElement>("button.row")].at(-1)?.click());
    await says(owner, "丢了？吊销它");
    expect(owner.page.querySelector<HTMLInputElement>('[name="seq"]')?.value).toBe("2");
    fill(owner, { seq: "9", recovery: shop.recoveryCode });
    send(formOf(owner));
    await says(owner, "本机不知道这一条");
    fill(owner, { seq: "1" });
    send(formOf(owner));
    await says(owner, "已吊销，第 1 条之后不算");
    await says(owner, "让其他设备扫这个码");
    expect(await statusLists(shop.deps)).toHaveLength(1);
  });

  it("X45 takes in the list that another device shows, and no other shop's", async () => {
    const { deps } = await aSecondTill(shop);
    const other = aPhone({ deps, start: {} as Built["start"] });
    other.show(<DevicesScreen />);
    await says(other, "读取吊销名单");
    press(other, "读取吊销名单");
    await says(other, "粘贴文字");
    pasteInto(other, "hello");
    await says(other, "这不是吊销名单");
    pasteInto(other, await revokeAt(shop, await aSecondTill(shop, "T3")));
    await says(other, "名单已收下，共 1 台");
    expect(await statusLists(deps)).toHaveLength(1);
    const elsewhere = await aShop();
    pasteInto(other, await revokeAt(elsewhere, await aSecondTill(elsewhere)));
    await says(other, "这张名单不是本店签的，没有收下");
    expect(other.page.textContent).not.toContain("名单已收下");
    expect(await statusLists(deps)).toHaveLength(1);
  });
});
