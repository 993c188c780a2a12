import { beforeEach, describe, expect, it } from "vitest";

import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import { logContact } from "../../src/usecases/log-contact.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { fileOf, mergeInto } from "../support/merging.ts";
import { caseAt, payNow, refundNow } from "../support/refunds.ts";
import { leftIn, note, payer, said } from "../support/told-refund.ts";
import { twoTills } from "../support/two-tills.ts";

let one: Deps;
let other: Deps;

beforeEach(async () => {
  ({ one, other } = await twoTills());
});

/** A refund of the other till, with words of its customer, merged here. */
const aMergedRefund = async () => {
  const of = await payNow(other, { payer });
  const caseId = await refundNow(other, { of, note });
  valueOf(await logContact(other, caseId, { with: "customer", via: "phone", text: said }));
  const before = await fileOf(other);
  valueOf(await mergeInto(one, before));
  return { caseId, before };
};

const erase = (deps: Deps, caseId: Parameters<typeof caseAt>[1]) =>
  eraseCustomer(deps, { caseId, payer: true, why: "request" });

describe("a customer that another till has erased (refundlog §10, §16)", () => {
  it("X41 X9 is forgotten here with the next file, in database, copy and books", async () => {
    const { caseId } = await aMergedRefund();
    expect(await leftIn(one)).toEqual([note, said, payer]);
    valueOf(await erase(other, caseId));
    valueOf(await mergeInto(one, await fileOf(other, "new")));
    expect(await leftIn(one)).toEqual([]);
    expect(await caseAt(one, caseId)).toMatchObject({ erased: { why: "request" } });
    const books = await readBooks(one.journal.db);
    valueOf(await rebuild(one.journal.db, one.device));
    expect(await readBooks(one.journal.db)).toEqual(books);
  });

  it("X41 X9 does not come back by an older file, nor by the copy of a lost database", async () => {
    const { caseId, before } = await aMergedRefund();
    valueOf(await erase(other, caseId));
    valueOf(await mergeInto(one, await fileOf(other)));
    expect(faultOf(await mergeInto(one, before)).kind).toBe("stale");
    expect(await leftIn(one)).toEqual([]);
    await one.journal.db.delete();
    expect(await checkAtStart(one.journal)).toMatchObject({ kind: "repaired" });
    expect(await leftIn(one)).toEqual([]);
  });
});
