import { expect, test } from "vitest";

import type { BusinessDate } from "../../src/domain/instant.ts";
import type { Books } from "../../src/ui/screens/scan/read-code.ts";
import { readCodes } from "../../src/ui/screens/scan/read-codes.ts";
import { aPayment, aPaymentId } from "../support/a.ts";

const wechat = "4200009900202611220001234567";
const order = "L2026112200001";
const payer = "134567890123456789";
const found = { payment: aPayment(), rows: [], others: [] };

/** Books that know one payment by two numbers. */
const books: Books = {
  today: "2026-11-22" as BusinessDate,
  find: async (number) =>
    number === wechat || number === order
      ? { kind: "payment", spelling: "exact", found }
      : { kind: "nothing" },
  ownCase: async () => undefined,
};

/** Codes on one line, from the left. */
const seen = (...texts: readonly string[]) =>
  texts.map((text, index) => ({
    text,
    format: "qr" as const,
    corners: [0.1, 0.2].map((x) => ({ x: x + 0.3 * index, y: 0.5 })),
  }));

const read = (...texts: readonly string[]) => readCodes(seen(...texts), books);

test("F78 numbers of the same payment are one code", async () => {
  expect(await read(wechat, order)).toMatchObject({ to: aPaymentId() });
});

test("F78 of several numbers the only one known here is taken", async () => {
  expect(await read("UNKNOWN-1", wechat)).toMatchObject({ to: aPaymentId() });
});

test("F78 numbers that are not known are offered, with the ends of them", async () => {
  expect(await read("UNKNOWN-1", "UNKNOWN-2")).toMatchObject({
    kind: "choose",
    offered: [{ tail: "WN-1" }, { tail: "WN-2" }],
  });
});

test("F78 the order of what is offered is that of their places, whichever was read first", async () => {
  const codes = seen("UNKNOWN-1", "UNKNOWN-2", "UNKNOWN-3");
  const offered = await readCodes([...codes].reverse(), books);
  expect(offered).toEqual(await readCodes(codes, books));
  const [a, b, c] = codes;
  if (a === undefined || b === undefined || c === undefined) throw new Error("three codes");
  const lower = { ...a, corners: a.corners.map(({ x }) => ({ x, y: 0.9 })) };
  expect(await readCodes([lower, b, c], books)).toMatchObject({
    offered: [{ tail: "WN-2" }, { tail: "WN-3" }, { tail: "WN-1" }],
  });
});

test("F78 beside a number, what leads nowhere is not offered", async () => {
  expect(await read("wxp://f2f0abcdefghijklmnop", wechat, "hello world")).toMatchObject({
    to: aPaymentId(),
  });
});

test("F78 X9 a code of this app is taken before a number that is not known here, and offered beside one that is", async () => {
  expect(await read("UNKNOWN-1", "RLH1:ABC")).toMatchObject({ to: "RLH1:ABC" });
  expect(await read("RLH1:ABC", wechat)).toMatchObject({
    kind: "choose",
    offered: [{ kind: "own" }, { kind: "wechat_transaction_id" }],
  });
});

test("F78 X27 codes that lead nowhere are offered by what they are, nothing of a payment code with them", async () => {
  const choice = await read("wxp://f2f0abcdefghijklmnop", payer, "hello world");
  expect(choice).toMatchObject({
    kind: "choose",
    offered: [{ kind: "merchant" }, { kind: "payment_code" }, { kind: "unreadable" }],
  });
  expect(JSON.stringify(choice)).not.toContain(payer.slice(2, 8));
});

test("F78 two codes with the same answer need no choice", async () => {
  expect(await read("wxp://f2f0abcdefghijklmnop", "https://qr.95516.com/00010000/abc")).toEqual({
    kind: "said",
    what: "collection",
  });
});
