import { afterEach, expect, test, vi } from "vitest";

import { isDraftOpen, markDraftOpen } from "../../src/platform/open-draft.ts";

afterEach(() => vi.unstubAllGlobals());

const givenLocks = (): void => {
  const held: { name: string }[] = [];
  const request = async (name: string, _options: object, work: () => Promise<void>) => {
    held.push({ name });
    await work();
    held.pop();
  };
  vi.stubGlobal("navigator", { locks: { request, query: async () => ({ held }) } });
};

test("an open draft is seen until the last one is done", async () => {
  givenLocks();
  expect(await isDraftOpen()).toBe(false);
  const [first, second] = [markDraftOpen(), markDraftOpen()];
  expect(await isDraftOpen()).toBe(true);
  first();
  await vi.waitFor(async () => expect(await isDraftOpen()).toBe(true));
  second();
  await vi.waitFor(async () => expect(await isDraftOpen()).toBe(false));
});

test("without Web Locks no draft is seen and nothing is thrown", async () => {
  vi.stubGlobal("navigator", {});
  const done = markDraftOpen();
  expect(await isDraftOpen()).toBe(false);
  done();
});
