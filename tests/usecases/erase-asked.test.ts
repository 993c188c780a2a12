import Dexie from "dexie";
import { beforeEach, describe, expect, it } from "vitest";

import { checkAtStart } from "../../src/storage/start-up.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { countAsked, eraseAsAsked } from "../../src/usecases/erase-as-asked.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { fileOf, mergeInto } from "../support/merging.ts";
import { caseAt } from "../support/refunds.ts";
import {
  aClerkAt,
  aMergedRefund,
  aThirdTill,
  eraseAll,
  erasuresAt,
  expectSameBooks,
  expectWholeCopies,
  told,
} from "../support/told-elsewhere.ts";
import { codesOf, leftIn } from "../support/told-refund.ts";
import { twoTills, type TwoTills } from "../support/two-tills.ts";

let tills: TwoTills;
/** Erases what the other one recorded. */
let one: Deps;
let other: Deps;

beforeEach(async () => {
  tills = await twoTills();
  ({ one, other } = tills);
});

describe("the till whose record it was (refundlog §10)", () => {
  it("X41 erases it itself when it hears of it, so that its own file stays good", async () => {
    const { caseId } = await aMergedRefund(tills);
    valueOf(await eraseAll(one, caseId));
    valueOf(await mergeInto(other, await fileOf(one)));
    expect(await leftIn(other)).toEqual([]);
    expect(await countAsked(other)).toBe(0);
    const own = (await erasuresAt(other)).filter(({ by }) => by === other.device);
    expect(own.map(({ device }) => device)).toEqual([other.device, other.device, other.device]);
    expect(await codesOf(other)).toEqual(["W_ERASED"]);
    await expectWholeCopies(other);
    await expectSameBooks(other);
    valueOf(await mergeInto(one, await fileOf(other, "new")));
    expect(await leftIn(one)).toEqual([]);
    await expectSameBooks(one);
  });

  it("X41 asks for somebody who may, keeps all until then, and its file is good before and after", async () => {
    const { caseId } = await aMergedRefund(tills);
    valueOf(await eraseAll(one, caseId));
    valueOf(await mergeInto(await aClerkAt(other), await fileOf(one)));
    expect(await countAsked(other)).toBe(3);
    expect(await leftIn(other)).toEqual(told);
    expect((await caseAt(other, caseId)).erased).toBeUndefined();
    expect(await codesOf(other)).toEqual([]);
    expect(faultOf(await eraseAsAsked(await aClerkAt(other)))).toMatchObject({
      kind: "not_entitled",
    });
    await expectSameBooks(other);
    valueOf(await eraseAsAsked(other));
    expect(await leftIn(other)).toEqual([]);
    expect(await countAsked(other)).toBe(0);
    expect(await codesOf(other)).toEqual(["W_ERASED"]);
    expect(valueOf(await eraseAsAsked(other)).records).toEqual([]);
    await expectSameBooks(other);
  });

  it("X41 a lost database comes back with what is still asked for", async () => {
    const { caseId } = await aMergedRefund(tills);
    valueOf(await eraseAll(one, caseId));
    valueOf(await mergeInto(await aClerkAt(other), await fileOf(one)));
    await other.journal.db.delete();
    expect(await checkAtStart(other.journal, other.device)).toMatchObject({ kind: "repaired" });
    expect(await countAsked(other)).toBe(3);
    valueOf(await eraseAsAsked(other));
    expect(await leftIn(other)).toEqual([]);
  });
});

describe("the other chain lost at the till that is asked", () => {
  it("X41 comes back from its copy and takes nothing away before the own chain says so", async () => {
    const { caseId } = await aMergedRefund(tills);
    valueOf(await eraseAll(one, caseId));
    valueOf(await mergeInto(await aClerkAt(other), await fileOf(one)));
    const raw = new Dexie(other.journal.db.name);
    await raw.open();
    const rows: readonly { device: string; seq: number }[] = await raw.table("records").toArray();
    const gone = rows.filter(({ device }) => device === one.device);
    await raw.table("records").bulkDelete(gone.map(({ device, seq }) => [device, seq]));
    await raw.table("heads").delete(one.device);
    raw.close();
    expect(await countAsked(other)).toBe(0);
    await checkAtStart(other.journal, other.device);
    expect(await countAsked(other)).toBe(3);
    expect(await leftIn(other)).toEqual(told);
    expect(await codesOf(other)).toEqual([]);
  });
});

describe("a customer whom two tills erase", () => {
  it("X41 is forgotten as if one had, on either and where the record was made", async () => {
    const { caseId, before } = await aMergedRefund(tills);
    const third = await aThirdTill(tills);
    valueOf(await mergeInto(third, before));
    valueOf(await eraseAll(one, caseId));
    valueOf(await eraseAll(third, caseId));
    const [byOne, byThird] = [await fileOf(one), await fileOf(third)];
    valueOf(await mergeInto(third, byOne));
    valueOf(await mergeInto(one, byThird));
    const clerk = await aClerkAt(other);
    valueOf(await mergeInto(clerk, byOne));
    valueOf(await mergeInto(clerk, byThird));
    expect(await countAsked(other)).toBe(3);
    expect(valueOf(await eraseAsAsked(other)).records).toHaveLength(3);
    for (const till of [one, third, other]) {
      expect(await leftIn(till)).toEqual([]);
      await expectWholeCopies(till);
      await expectSameBooks(till);
    }
    expect(await codesOf(other)).toEqual(["W_ERASED"]);
  });
});
