import { beforeEach, describe, expect, it } from "vitest";

import type { DeviceId } from "../../src/domain/ids.ts";
import { checkRecord } from "../../src/usecases/check-record.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import {
  anOpenTill,
  newBrowser,
  payment,
  refund,
  tamper,
  valueOf,
  write,
  type Till,
} from "../storage/a-till.ts";
import { aKey, verify } from "../support/crypto.ts";

beforeEach(newBrowser);

const refundSeq = 4;

/** A till with a payment, its refund and one more payment after it. */
const aTillWithRefund = async (): Promise<Till> => {
  const till = await anOpenTill();
  valueOf(await write(till, [payment(1)]));
  const plan = { number: 1, payment: 1, minor: 500, left: 10_000, counter: 0 };
  valueOf(await write(till, [refund(till, plan)]));
  valueOf(await write(till, [payment(2)]));
  return till;
};

const depsOf = (till: Till): Deps =>
  ({ journal: till.journal, device: till.key.kid, jwk: till.key.jwk, verify }) as unknown as Deps;

const check = (till: Till, seq = refundSeq) =>
  checkRecord(depsOf(till), { device: till.key.kid, seq });

const change = (till: Till, seq: number, by: (row: Record<string, unknown>) => void) =>
  tamper(till, async (raw) => {
    const table = raw.table("records");
    const row = (await table.get([till.key.kid, seq])) as Record<string, unknown>;
    by(row);
    await table.put(row);
  });

describe("checkRecord", () => {
  it("finds the signature of every stored record good, the first and the last included", async () => {
    const till = await aTillWithRefund();
    for (const seq of [0, refundSeq, refundSeq + 1])
      expect(await check(till, seq)).toEqual({ kind: "signature_good" });
  });

  it("tells a record that is not there", async () => {
    const till = await aTillWithRefund();
    expect(await check(till, 99)).toMatchObject({ kind: "signature_bad", why: "missing" });
  });

  it("tells one changed byte of the token, with both neighbours", async () => {
    const till = await aTillWithRefund();
    await change(till, refundSeq, (row) => {
      row["jwt"] = String(row["jwt"]).replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    });
    expect(await check(till)).toEqual({
      kind: "signature_bad",
      why: "bytes",
      between: [refundSeq - 1, refundSeq + 1],
    });
  });

  it("tells a changed disclosure", async () => {
    const till = await aTillWithRefund();
    await change(till, refundSeq, (row) => {
      row["disclosures"] = (row["disclosures"] as string[]).map((text) => `${text}A`);
    });
    expect(await check(till)).toMatchObject({ kind: "signature_bad", why: "bytes" });
  });

  it("tells a signature that is not this device's", async () => {
    const till = await aTillWithRefund();
    const other = await aKey();
    const deps = { ...depsOf(till), jwk: other.jwk };
    const ref = { device: till.key.kid, seq: refundSeq };
    expect(await checkRecord(deps, ref)).toMatchObject({ why: "signature" });
  });

  it("tells a neighbour that is gone or was changed", async () => {
    const till = await aTillWithRefund();
    await tamper(till, (raw) => raw.table("records").delete([till.key.kid, refundSeq - 1]));
    expect(await check(till)).toMatchObject({ kind: "signature_bad", why: "chain" });
    await change(till, refundSeq + 1, (row) => {
      row["hash"] = "x";
    });
    expect(await check(till, refundSeq + 1)).toMatchObject({ why: "bytes" });
  });

  it("says nothing of another device's record", async () => {
    const till = await aTillWithRefund();
    const ref = { device: "another" as DeviceId, seq: 1 };
    expect(await checkRecord(depsOf(till), ref)).toEqual({ kind: "other_device" });
  });
});
