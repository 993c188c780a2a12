import { describe, expect, it } from "vitest";
import type { DeviceId } from "../../src/domain/ids.ts";
import type { Instant } from "../../src/domain/instant.ts";
import type { RecordHash } from "../../src/ledger/record.ts";
import { marksIn, type Mark, type TextStore } from "../../src/storage/marks.ts";

const aStore = (): TextStore & { readonly texts: Map<string, string> } => {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => texts.set(name, text),
  };
};

const mark: Mark = {
  device: "d" as DeviceId,
  seq: 4,
  head: "h" as RecordHash,
  at: "2026-11-22T06:00:00Z" as Instant,
};

const forbidden = (): never => {
  throw new Error("denied");
};

describe("marks", () => {
  it("come back as they were written, per database", () => {
    const store = aStore();
    marksIn(store, "refund-desk").write(mark);
    expect(marksIn(store, "refund-desk").read()).toEqual(mark);
    expect(marksIn(store, "refund-desk-training").read()).toBeUndefined();
  });

  it("are none when the text is damaged", () => {
    const store = aStore();
    for (const text of [
      "{",
      "null",
      "[]",
      '{"device":"d","seq":"4"}',
      '{"device":"d","seq":1.5}',
    ]) {
      store.texts.set("mark:refund-desk", text);
      expect(marksIn(store, "refund-desk").read(), text).toBeUndefined();
    }
  });

  it("are ignored where the browser forbids the store", () => {
    const marks = marksIn({ getItem: forbidden, setItem: forbidden }, "refund-desk");
    expect(() => marks.write(mark)).not.toThrow();
    expect(marks.read()).toBeUndefined();
  });
});
