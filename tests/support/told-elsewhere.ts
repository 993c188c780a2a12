import { expect } from "vitest";

import type { CaseId } from "../../src/domain/ids.ts";
import { erasureIn } from "../../src/ledger/erasure.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import type { Deps, OutFile } from "../../src/usecases/deps.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import { logContact } from "../../src/usecases/log-contact.ts";
import { valueOf } from "./a.ts";
import { copyOf } from "./dying-copy.ts";
import { fileOf, mergeInto } from "./merging.ts";
import { as, join } from "./people.ts";
import { payNow, refundNow } from "./refunds.ts";
import { aPaper, note, payer, picture, said } from "./told-refund.ts";
import { anotherTill, meet, type TwoTills } from "./two-tills.ts";

/** What a told refund tells. */
export const told = [note, said, payer, picture];

/** A refund with words, a paper and the payer. */
export const tellOf = async (deps: Deps): Promise<CaseId> => {
  const of = await payNow(deps, { payer });
  const caseId = await refundNow(deps, { of, note, evidence: [await aPaper(deps)] });
  valueOf(await logContact(deps, caseId, { with: "customer", via: "phone", text: said }));
  return caseId;
};

/** Such a refund of the other till, merged into the first one by a file that tells it all. */
export const aMergedRefund = async ({
  one,
  other,
}: TwoTills): Promise<{ readonly caseId: CaseId; readonly before: OutFile }> => {
  const caseId = await tellOf(other);
  const before = await fileOf(other);
  valueOf(await mergeInto(one, before));
  return { caseId, before };
};

/** Erases all of it, as the customer asked. */
export const eraseAll = (deps: Deps, caseId: CaseId) =>
  eraseCustomer(deps, { caseId, payer: true, why: "request" });

export const aClerkAt = async (deps: Deps): Promise<Deps> => as(deps, (await join(deps)).staff);

/** One more till of the same shop; all three know each other. */
export const aThirdTill = async ({ shop, one, other, root }: TwoTills): Promise<Deps> => {
  const third = await anotherTill(shop, { label: "T3", prefix: "T3T3T3" });
  await meet(third, one, root);
  await meet(third, other, root);
  return third;
};

/** What the `erase` records that are here take away. */
export const erasuresAt = async ({ journal: { db } }: Deps) => {
  const rows = await db.records.where("kind").equals("erase").toArray();
  return rows.flatMap((row) => erasureIn(row) ?? []);
};

/** The books are those that a rebuild makes. */
export const expectSameBooks = async ({ journal: { db }, device }: Deps): Promise<void> => {
  const books = await readBooks(db);
  valueOf(await rebuild(db, device));
  expect(await readBooks(db)).toEqual(books);
};

const inOrder = (a: number, b: number): number => a - b;

/** Every copy is as long as its head says. */
export const expectWholeCopies = async (deps: Deps): Promise<void> => {
  const sizes = [...copyOf(deps).files.values()].map(({ length }) => length);
  const heads = await deps.journal.db.heads.toArray();
  expect(sizes.toSorted(inOrder)).toEqual(heads.map((head) => head.copySize).toSorted(inOrder));
};
