// @vitest-environment happy-dom
import "fake-indexeddb/auto";

import { signal } from "@preact/signals";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Prepared, PreparedPhoto, PrepareFault } from "../../src/domain/evidence.ts";
import { withFile, withoutFile } from "../../src/domain/evidence.ts";
import type { Hash } from "../../src/domain/ids.ts";
import type { EvidenceFile } from "../../src/domain/journal-event.ts";
import type { PhotoQuality } from "../../src/domain/photo-quality.ts";
import type { PaperStanding } from "../../src/domain/policy/papers.ts";
import { fail, ok, type Result } from "../../src/domain/result.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { EvidenceList } from "../../src/ui/screens/evidence/evidence-list.tsx";
import { EvidenceSheet } from "../../src/ui/screens/evidence/evidence-sheet.tsx";
import { findEvidence, keepEvidence } from "../../src/usecases/keep-evidence.ts";
import { aHash } from "../support/a.ts";
import { aStage, type Stage } from "./stage.tsx";

vi.mock("../../src/usecases/keep-evidence.ts", () => ({
  keepEvidence: vi.fn(),
  findEvidence: vi.fn(),
  forgetEvidence: vi.fn(async () => undefined),
}));

const keep = vi.mocked(keepEvidence);
const find = vi.mocked(findEvidence);

const clear: PhotoQuality = { blurred: false, dark: false, bright: false, small: false };

const aPhoto = (sha256: Hash, over: Partial<PhotoQuality> = {}): PreparedPhoto => ({
  kind: "photo",
  bytes: new Uint8Array(3),
  sha256,
  type: "image/jpeg",
  width: 1600,
  height: 1200,
  quality: { ...clear, ...over },
  source: "image/jpeg",
});

const aFile = (number: number, over: Partial<EvidenceFile> = {}): EvidenceFile => ({
  kind: "photo",
  sha256: aHash(number),
  size: 200_000,
  type: "image/jpeg",
  ...over,
});

const answers: Result<Prepared, PrepareFault>[] = [];
const prepare = vi.fn(async () => answers.shift() ?? fail({ kind: "photo_failed" } as const));
const save = vi.fn(async () => "saved" as const);
const space = { used: 0, quota: 1e9 };
const built = {
  deps: {},
  abilities: { preparePhoto: prepare, prepareFile: prepare, storage: async () => space, save },
} as unknown as Built;

const addresses = new Set<string>();
const files = signal<readonly EvidenceFile[]>([]);
const added = vi.fn();
const identified = vi.fn();
let stage: Stage;

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++)
    await act(() => new Promise<void>((resolve) => void setTimeout(resolve)));
};

const Held = ({ wanted }: { readonly wanted: readonly PaperStanding[] }) => (
  <EvidenceSheet
    files={files.value}
    wanted={wanted}
    onAdd={(file, note) => {
      added(file, note);
      files.value = withFile(files.value, file);
    }}
    onRemove={({ sha256 }) => {
      files.value = withoutFile(files.value, sha256);
    }}
    identity={undefined}
    onIdentity={identified}
    onClose={() => undefined}
  />
);

const mount = (wanted: readonly PaperStanding[] = []): void =>
  stage.show(
    <DepsProvider built={built}>
      <Held wanted={wanted} />
    </DepsProvider>,
  );

/** Picks files behind one of the file buttons. */
const pick = async (label: string, ...names: readonly string[]): Promise<void> => {
  const button = [...stage.app.querySelectorAll("label.file")].find(
    ({ textContent }) => textContent === label,
  );
  const input = button?.querySelector("input");
  if (input === null || input === undefined) throw new Error(`no ${label}`);
  const picked = names.map((name) => new File(["x"], name));
  Object.defineProperty(input, "files", { value: picked, configurable: true });
  await act(() => void input.dispatchEvent(new Event("change")));
  await settle();
};

const submit = async (field: string, text: string): Promise<void> => {
  const input = stage.app.querySelector<HTMLInputElement>(`input[name=${field}]`);
  if (input === null) throw new Error(`no ${field}`);
  input.value = text;
  await act(() => void input.form?.dispatchEvent(new Event("submit", { cancelable: true })));
  await settle();
};

const said = (): string => stage.app.textContent;

beforeEach(() => {
  stage = aStage();
  files.value = [];
  answers.length = 0;
  space.quota = 1e9;
  addresses.clear();
  vi.clearAllMocks();
  keep.mockImplementation(async (_deps, { bytes, sha256, type }, kind) =>
    ok({ kind, sha256, size: bytes.length, type }),
  );
  find.mockImplementation(async () => ok(new Uint8Array(3)));
  URL.createObjectURL = () => {
    const address = `blob:${addresses.size}-${Math.random()}`;
    addresses.add(address);
    return address;
  };
  URL.revokeObjectURL = (address) => void addresses.delete(address);
});

afterEach(() => {
  stage.strike();
  expect([...addresses]).toEqual([]);
});

describe("the evidence sheet", () => {
  it("R38 lists the papers of the reason, which are there and which are demanded", () => {
    mount([
      { paper: "voucher", demanded: true, there: true },
      { paper: "photo", demanded: true, there: false },
      { paper: "form", demanded: false, there: false },
    ]);
    const rows = [...stage.app.querySelectorAll(".row")].map(({ textContent }) => textContent);
    expect(rows).toEqual(["付款凭证已有", "商品照片必须", "退款申请单最好有"]);
    expect(said()).toContain("不要拍银行卡");
  });

  it("R38 a clear photo is kept at once", async () => {
    mount();
    answers.push(ok(aPhoto(aHash(1))));
    await pick("拍照", "a.jpg");
    expect(added).toHaveBeenCalledExactlyOnceWith(aFile(1, { size: 3 }), undefined);
    expect(stage.app.querySelectorAll(".ev-item img.ev-thumb")).toHaveLength(1);
  });

  it("R39 a blurred photo is shown first, and used only with a word about why", async () => {
    mount();
    answers.push(ok(aPhoto(aHash(1), { blurred: true, dark: true })));
    await pick("拍照", "a.jpg");
    expect(said()).toMatch(/照片模糊.*照片太暗/);
    expect(keep).not.toHaveBeenCalled();
    await submit("why", "  ");
    expect(said()).toContain("请写一句为什么仍然使用");
    await submit("why", "卡号 4111 1111 1111 1111");
    expect(keep).not.toHaveBeenCalled();
    await submit("why", "只有这一张");
    expect(added).toHaveBeenCalledExactlyOnceWith(aFile(1, { size: 3 }), "只有这一张");
    expect(stage.app.querySelector("input[name=why]")).toBeNull();
  });

  it("R39 a photo taken again takes the place of the blurred one", async () => {
    mount();
    answers.push(ok(aPhoto(aHash(1), { blurred: true })), ok(aPhoto(aHash(2))));
    await pick("拍照", "a.jpg");
    await pick("重拍", "b.jpg");
    expect(files.value).toEqual([aFile(2, { size: 3 })]);
  });

  it("F9 a full disk keeps no photo and says that the refund goes on", async () => {
    mount();
    keep.mockResolvedValueOnce(fail({ kind: "photo_not_kept" }));
    answers.push(ok(aPhoto(aHash(1))), ok(aPhoto(aHash(2))));
    await pick("相册或文件", "a.jpg", "b.jpg");
    expect(said()).toContain("a.jpg · 空间不足，照片未保存");
    expect(files.value).toEqual([aFile(2, { size: 3 })]);
  });

  it("rel-S11 photos stop before the disk is full", async () => {
    mount();
    space.quota = 5_000_000;
    answers.push(ok(aPhoto(aHash(1))));
    await pick("拍照", "a.jpg");
    expect(keep).not.toHaveBeenCalled();
    expect(said()).toContain("空间不足");
  });

  it("takes six and names what was too many", async () => {
    mount();
    answers.push(...[1, 2, 3, 4, 5, 6, 7].map((number) => ok(aPhoto(aHash(number)))));
    await pick("相册或文件", ...[1, 2, 3, 4, 5, 6, 7].map((number) => `${number}.jpg`));
    expect(files.value).toHaveLength(6);
    expect(said()).toContain("7.jpg · 最多 6 件");
    expect(stage.app.querySelector("label.file")).toBeNull();
  });

  it("F81 says why each file was refused, its name made harmless", async () => {
    mount();
    answers.push(fail({ kind: "photo_too_large", megabytes: 25, megapixels: 50 }));
    answers.push(fail({ kind: "photo_svg" }));
    await pick("相册或文件", "\u202Egpj.jpg", "<b>.svg");
    expect(said()).toContain("\\u{202e}gpj.jpg · 照片太大，最多 25 MB、50 百万像素");
    expect(said()).toContain("<b>.svg · 这是矢量图");
  });

  it("the same file twice is in the list once", async () => {
    mount();
    answers.push(ok(aPhoto(aHash(1))), ok(aPhoto(aHash(1))));
    await pick("相册或文件", "a.jpg", "copy of a.jpg");
    expect(keep).toHaveBeenCalledTimes(1);
    expect(files.value).toHaveLength(1);
  });

  it("R33 X26 a kind is chosen by a person, and an identity paper is none of them", async () => {
    files.value = [aFile(1), aFile(2)];
    mount();
    await settle();
    const select = stage.app.querySelector<HTMLSelectElement>(".ev-item select");
    const kinds = [...(select?.options ?? [])].map(({ value }) => value);
    expect(kinds).toEqual([
      "voucher",
      "slip",
      "photo",
      "chat",
      "email",
      "audio",
      "screenshot",
      "form",
      "other",
    ]);
    if (select !== null) select.value = "voucher";
    await act(() => void select?.dispatchEvent(new Event("change")));
    expect(files.value).toEqual([aFile(1, { kind: "voucher" }), aFile(2)]);
    stage.press("删除付款凭证");
    expect(files.value).toEqual([aFile(2)]);
  });

  it("R33 keeps of an identity paper that it was seen and four characters", async () => {
    mount();
    await submit("last4", "31011519900101123X");
    expect(identified).not.toHaveBeenCalled();
    expect(said()).toContain("正好 4 个数字或字母");
    await submit("last4", "123X");
    expect(identified).toHaveBeenCalledExactlyOnceWith({ paper: "id_card", last4: "123X" });
  });
});

const show = async (...list: readonly EvidenceFile[]): Promise<void> => {
  stage.show(
    <DepsProvider built={built}>
      <EvidenceList files={list} />
    </DepsProvider>,
  );
  await settle();
};

describe("the files of a record", () => {
  it("R38 a photo opens over the page and can be saved", async () => {
    await show(aFile(1));
    stage.tap(".row");
    await settle();
    expect(stage.app.querySelector("dialog img.ev-whole")?.getAttribute("alt")).toBe("商品照片");
    stage.press("存到文件");
    await settle();
    expect(save).toHaveBeenCalledExactlyOnceWith({
      name: `商品照片-${aHash(1).slice(0, 8)}.jpg`,
      type: "image/jpeg",
      bytes: new Uint8Array(3),
    });
  });

  it("R20 a recording is saved as it was recorded, and not drawn", async () => {
    await show(aFile(1, { kind: "audio", type: "audio/mp4" }));
    expect(find).not.toHaveBeenCalled();
    stage.tap(".row");
    await settle();
    expect(save).toHaveBeenCalledWith(expect.objectContaining({ type: "audio/mp4" }));
    expect(stage.app.querySelector("img")).toBeNull();
  });

  it("F22 what is damaged or gone is said and not shown", async () => {
    find.mockResolvedValue(fail({ kind: "attachment_damaged" }));
    await show(aFile(1));
    stage.tap(".row");
    await settle();
    expect(stage.app.querySelector("img")).toBeNull();
    expect(said()).toContain("这件凭证已损坏，和登记时不一样");
    find.mockResolvedValue(fail({ kind: "attachment_gone" }));
    await show(aFile(2, { kind: "audio", type: "audio/mp4" }));
    stage.tap(".row");
    await settle();
    expect(save).not.toHaveBeenCalled();
    expect(said()).toContain("这件凭证不在本机");
  });
});
