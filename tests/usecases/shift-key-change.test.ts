import { expect, it } from "vitest";

import { instantFromMs } from "../../src/domain/instant.ts";
import { closeShift } from "../../src/usecases/close-shift.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { readShift } from "../../src/usecases/read-shift.ts";
import { recheckShifts } from "../../src/usecases/recheck-shifts.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { quiet } from "../support/money-steps.ts";
import { refundNow } from "../support/refunds.ts";
import { aRotation } from "../support/rotation.ts";

const inCash = (deps: Deps) => refundNow(deps, { destination: "cash", note: "要现金" });

const handedOut = (deps: Deps) =>
  ({
    result: "succeeded",
    by: "cust",
    at: instantFromMs(deps.now()),
    evidence: [],
  }) as const;

const differencesIn = async (deps: Deps) =>
  valueOf(await recheckShifts(deps, quiet)).map(({ differences }) => differences);

it("X38 X45 what left the drawer before the key changed in the middle of a shift is in its close", async () => {
  const shop = await aShop();
  const { deps } = shop;
  const rotation = await aRotation(shop);
  const cash = await inCash(deps);
  valueOf(await recordResult(deps, cash, handedOut(deps)));
  const before = (await readShift(deps)).paidOut;
  expect(before.minor).toBe(36_000);
  valueOf(await rotation.rotate());
  const next = await rotation.reopened();
  expect((await readShift(next)).paidOut).toEqual(before);
  valueOf(await closeShift(next, { open: "1000", takings: "0", counted: "640", reason: "" }));
  expect((await readShift(next)).paidOut.minor).toBe(0);
  expect(await differencesIn(next)).toEqual([[]]);
});

it("X38 X45 says of refunds before the key changed that no close counts them", async () => {
  const shop = await aShop();
  const rotation = await aRotation(shop);
  const cash = await inCash(shop.deps);
  valueOf(await recordResult(shop.deps, cash, handedOut(shop.deps)));
  expect((await readShift(shop.deps)).earlier).toEqual({ refunds: 0 });
  valueOf(await rotation.rotate());
  const next = await rotation.reopened();
  const { refunds, earlier } = await readShift(next);
  expect(refunds).toBe(0);
  expect(earlier).toEqual({ refunds: 1, channels: { CNY: { wechat: [1, 36_000] } } });
  valueOf(await closeShift(next));
  expect((await readShift(next)).earlier).toEqual({ refunds: 0 });
});

it("X38 X45 closed before the key changed and told again after it leaves the drawer once", async () => {
  const shop = await aShop();
  const { deps } = shop;
  const rotation = await aRotation(shop);
  const cash = await inCash(deps);
  valueOf(await recordResult(deps, cash, handedOut(deps)));
  valueOf(await closeShift(deps, { open: "1000", takings: "0", counted: "640", reason: "" }));
  valueOf(await rotation.rotate());
  const next = await rotation.reopened();
  valueOf(await recordResult(next, cash, handedOut(next)));
  expect((await readShift(next)).paidOut.minor).toBe(0);
  expect(await differencesIn(next)).toEqual([[]]);
});
