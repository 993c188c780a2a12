// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import {
  findShareable,
  pickFile,
  readDropped,
  saveFile,
  sendFile,
} from "../../src/platform/files.ts";

const ledger = new File(["record\n"], "refund-desk_a_20261123-0900_x.refundlog", {
  type: "application/vnd.refundlog",
});
const batch = new File(["a,b"], "batch.csv", { type: "text/csv" });

type Abilities = {
  readonly canShare?: (data: { files: File[] }) => boolean;
  readonly share?: (data: { files: File[]; title: string }) => Promise<void>;
  readonly standalone?: boolean;
};

const givenNavigator = (abilities: Abilities) => vi.stubGlobal("navigator", abilities);
const refusedWith = (name: string) => () => Promise.reject(new DOMException("no", name));
const clicked: { href: string; download: string }[] = [];

beforeEach(() => {
  clicked.length = 0;
  vi.stubGlobal("showSaveFilePicker", undefined);
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function click(
    this: HTMLAnchorElement,
  ) {
    clicked.push({ href: this.href, download: this.download });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a file that may be shared is shared as it is", async () => {
  const share = vi.fn(() => Promise.resolve());
  givenNavigator({ canShare: () => true, share });
  expect(await sendFile(batch, "退款批次")).toBe("shared");
  expect(share).toHaveBeenCalledWith({ files: [batch], title: "退款批次" });
});

test("a .refundlog the share sheet refuses goes as text with the same bytes", async () => {
  givenNavigator({ canShare: ({ files }) => files.every((file) => file.type === "text/plain") });
  const shareable = findShareable(ledger);
  expect(shareable?.name).toBe(`${ledger.name}.txt`);
  expect(await shareable?.text()).toBe("record\n");
  expect(findShareable(batch)).toBeUndefined();
});

test("closing the share sheet is cancelled, and nothing is saved behind the person's back", async () => {
  givenNavigator({ canShare: () => true, share: refusedWith("AbortError") });
  expect(await sendFile(batch, "")).toBe("cancelled");
  expect(clicked).toEqual([]);
});

test("a share sheet that fails leads to a download", async () => {
  givenNavigator({ canShare: () => true, share: refusedWith("NotAllowedError") });
  expect(await sendFile(ledger, "")).toBe("saved");
  expect(clicked).toMatchObject([{ download: ledger.name }]);
});

test("an installed iOS app never pretends to download", async () => {
  givenNavigator({ standalone: true, canShare: () => true, share: refusedWith("NotAllowedError") });
  expect(await sendFile(batch, "")).toBe("blocked");
  expect(clicked).toEqual([]);
});

test("where a place can be chosen the file is written there and closed", async () => {
  const done: unknown[] = [];
  const createWritable = async () => ({
    write: async (file: File) => done.push(file),
    close: async () => done.push("closed"),
  });
  givenNavigator({});
  vi.stubGlobal("showSaveFilePicker", async () => ({ createWritable }));
  expect(await saveFile(batch)).toBe("saved");
  expect(done).toEqual([batch, "closed"]);
});

test.each([
  ["AbortError", "cancelled", 0],
  ["SecurityError", "saved", 1],
])("a save dialog that ends with %s is %s", async (name, delivery, downloads) => {
  givenNavigator({});
  vi.stubGlobal("showSaveFilePicker", refusedWith(name));
  expect(await saveFile(batch)).toBe(delivery);
  expect(clicked).toHaveLength(downloads);
});

test("a file that cannot be written is not called saved", async () => {
  givenNavigator({});
  vi.stubGlobal("showSaveFilePicker", async () => ({
    createWritable: refusedWith("NoModificationAllowedError"),
  }));
  expect(await saveFile(batch)).toBe("blocked");
});

test("picking gives the file, closing the dialog gives nothing", async () => {
  const inputs: HTMLInputElement[] = [];
  vi.spyOn(HTMLInputElement.prototype, "click").mockImplementation(function click(
    this: HTMLInputElement,
  ) {
    inputs.push(this);
  });
  const chosen = pickFile(".csv,.zip");
  Object.defineProperty(inputs[0], "files", { value: [batch] });
  inputs[0]?.dispatchEvent(new Event("change"));
  expect(await chosen).toBe(batch);
  expect(inputs[0]?.accept).toBe(".csv,.zip");
  const closed = pickFile("image/*", true);
  inputs[1]?.dispatchEvent(new Event("cancel"));
  expect(await closed).toBeUndefined();
  expect(inputs[1]?.getAttribute("capture")).toBe("environment");
});

test("what was dropped is read as files", () => {
  expect(readDropped({ files: [batch] } as unknown as DataTransfer)).toEqual([batch]);
  expect(readDropped(null)).toEqual([]);
});
