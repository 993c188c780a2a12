import { beforeEach, describe, expect, it } from "vitest";

import { makeStatusList } from "../../src/ledger/status-list.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { knownKeys } from "../../src/usecases/known-keys.ts";
import { makeCheckpoint } from "../../src/usecases/make-checkpoint.ts";
import { troubleSeenOfUs } from "../../src/usecases/seen-of-us.ts";
import { revocations, takeStatusList } from "../../src/usecases/status-lists.ts";
import { recordWitness } from "../../src/usecases/witness-chain.ts";
import { valueOf } from "../support/a.ts";
import { aMergeJob, blobOf, fileOf, mergeInto, verifyHere } from "../support/merging.ts";
import { refundNow } from "../support/refunds.ts";
import { enrolInRing } from "../support/ring.ts";
import { anotherTill, twinOf, twoTills, type TwoTills } from "../support/two-tills.ts";

let tills: TwoTills;
let one: Deps;
let other: Deps;

beforeEach(async () => {
  tills = await twoTills();
  ({ one, other } = tills);
});

const headOf = async (deps: Deps, device = deps.device) => {
  const head = await deps.journal.db.heads.get(device);
  if (head === undefined) throw new Error("a chain that is here");
  return { device, seq: head.seq, head: head.hash };
};

/** What a till has written down of the other one. */
const witnessedBy = async (deps: Deps) =>
  (await deps.journal.db.witnessed.toArray())
    .filter(({ record }) => record.device === deps.device)
    .map(({ device, seq, head, via }) => ({ device, seq, head, via }));

describe("a merged file as a witness", () => {
  it("refundlog §6 X9 stands in the own chain with the head that was seen, and that chain verifies", async () => {
    await refundNow(other);
    valueOf(await mergeInto(one, await fileOf(other)));
    const head = await headOf(one, other.device);
    expect(head).toEqual(await headOf(other));
    expect(await witnessedBy(one)).toEqual([{ ...head, via: "file" }]);
    const trust = { roots: new Map([[tills.root.kid, tills.root.jwk]]), pins: [] };
    const report = valueOf(await verifyHere(blobOf(await fileOf(one)), trust, aMergeJob()));
    expect(report.findings).toEqual([]);
  });

  it("is written once for each head that is further than any before", async () => {
    await refundNow(other);
    const first = await fileOf(other);
    const early = await headOf(other);
    valueOf(await mergeInto(one, first));
    const before = await headOf(one);
    valueOf(await mergeInto(one, first));
    expect(await headOf(one)).toEqual(before);
    await refundNow(other);
    valueOf(await mergeInto(one, await fileOf(other, "new")));
    const { seq } = await headOf(other);
    expect((await witnessedBy(one)).map((seen) => seen.seq)).toEqual([early.seq, seq]);
  });

  it("is not written where more of that chain was seen already", async () => {
    const early = await fileOf(other);
    await refundNow(other);
    valueOf(await recordWitness(one, valueOf(await makeCheckpoint(other)).token));
    expect(valueOf(await mergeInto(one, early)).fresh).toBeGreaterThan(0);
    expect((await witnessedBy(one)).map(({ via }) => via)).toEqual(["checkpoint"]);
  });

  it("F71 X35 tells a till that was rolled back, by the file of whoever had merged it", async () => {
    const earlier = await twinOf(one);
    await refundNow(one);
    valueOf(await mergeInto(other, await fileOf(one)));
    const { seq } = await headOf(one);
    const its = await fileOf(other);
    valueOf(await mergeInto(one, its));
    expect(await troubleSeenOfUs(one)).toBeUndefined();
    valueOf(await mergeInto(earlier, its));
    const last = (await headOf(earlier)).seq;
    expect(await troubleSeenOfUs(earlier)).toEqual({ kind: "own_chain_cut", seq, last });
  });
});

describe("what a merged file brings besides its records", () => {
  it("X10 revocations count here as if they had been scanned, an office key that vouches for them too", async () => {
    const three = await anotherTill(tills.shop, { label: "T3", prefix: "T3T3T3" });
    const { key, known } = await enrolInRing(other, tills.root, { role: "office" });
    const { head: h, seq } = await headOf(three);
    const iat = Math.floor(other.now() / 1000);
    const entry = { h, kid: three.device, seq, why: "lost" } as const;
    const list = await makeStatusList(key, { iat, list: [entry] });
    valueOf(await takeStatusList(other, list));
    expect((await revocations(one)).has(three.device)).toBe(false);
    valueOf(await mergeInto(one, await fileOf(other)));
    expect((await knownKeys(one)).shopKeys.has(known.kid)).toBe(true);
    expect((await revocations(one)).get(three.device)).toEqual(entry);
  });
});
