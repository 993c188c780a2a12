import Dexie from "dexie";
import { beforeEach, describe, expect, it } from "vitest";
import type { DeviceId } from "../../src/domain/ids.ts";
import { permitRepair } from "../../src/storage/append-only.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { cny, valueOf } from "../support/a.ts";
import type { MemorySafetyCopy } from "../support/memory-safety-copy.ts";
import { fileOf, mergeInto, sameSale } from "../support/merging.ts";
import { refundNow } from "../support/refunds.ts";
import { twoTills, type TwoTills } from "../support/two-tills.ts";

const order = "4200000123202611220000000042";

let tills: TwoTills;

beforeEach(async () => {
  tills = await twoTills();
});

const refundSale = async (deps: Deps, minor: number): Promise<unknown> =>
  refundNow(deps, {
    of: await sameSale(deps, order),
    amount: { kind: "partial", amount: cny(minor) },
  });

/** One till with the records of the other, each with a refund of the same sale. */
const merged = async (): Promise<Deps> => {
  const { one, other } = tills;
  await refundSale(one, 5_000);
  await refundSale(other, 4_000);
  expect(valueOf(await mergeInto(one, await fileOf(other))).copies).toBe(2);
  return one;
};

/** Reaches past the guard of the records, as damage does. */
const damage = ({ journal: { db } }: Deps, work: () => Promise<unknown>): Promise<void> =>
  db.transaction("rw", [db.records, db.heads], async () => {
    permitRepair(Dexie.currentTransaction);
    await work();
  });

const loseChain = (deps: Deps, device: DeviceId): Promise<void> =>
  damage(deps, async () => {
    const { records, heads } = deps.journal.db;
    const keys = (await records.toArray()).filter((row) => row.device === device);
    await records.bulkDelete(keys.map(({ seq }) => [device, seq]));
    await heads.delete(device);
  });

const copiesOf = ({ journal }: Deps): MemorySafetyCopy => journal.safetyCopy as MemorySafetyCopy;

describe("records of other devices at the start", () => {
  it("F3 X9 are not taken for this device's when its own are lost", async () => {
    const one = await merged();
    const mark = one.journal.marks.read();
    await loseChain(one, one.device);
    copiesOf(one).files.delete(one.journal.copyName(one.device));
    await one.journal.db.envelopes.delete("enrolment");
    expect(await checkAtStart(one.journal)).toEqual({ kind: "lost", mark });
    expect(one.journal.marks.read()).toEqual(mark);
  });
});
