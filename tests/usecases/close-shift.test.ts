import { beforeEach, describe, expect, it } from "vitest";

import type { CaseId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { readDeviceFile } from "../../src/usecases/merge-device.ts";
import { closeShift } from "../../src/usecases/close-shift.ts";
import { readShift } from "../../src/usecases/read-shift.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { readCheckpoint, recordWitness } from "../../src/usecases/witness-chain.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { cny, faultOf, valueOf } from "../support/a.ts";
import { aMergeJob, blobOf, fileOf, mergeInto, sameSale, verifyHere } from "../support/merging.ts";
import { refundNow } from "../support/refunds.ts";
import { twinOf, twoTills, type TwoTills } from "../support/two-tills.ts";

let tills: TwoTills;
let one: Deps;
let other: Deps;

beforeEach(async () => {
  tills = await twoTills();
  ({ one, other } = tills);
});

const part = (minor: number) => ({ amount: { kind: "partial", amount: cny(minor) } }) as const;

const findingsOf = async (deps: Deps, pins: readonly string[] = []) => {
  const trust = { roots: new Map([[tills.root.kid, tills.root.jwk]]), pins };
  const report = valueOf(await verifyHere(blobOf(await fileOf(deps)), trust, aMergeJob()));
  return report.findings.map(({ code }) => code);
};

describe("a shift", () => {
  it("X35 counts every refund since the last close, by channel, and its close verifies", async () => {
    const wechat = await sameSale(one, "ORDER-1");
    const alipay = await sameSale(one, "ORDER-2", { channel: "alipay", acquirer: "alipay" });
    const first = await refundNow(one, { of: wechat, ...part(1_000) });
    await refundNow(one, { of: wechat, ...part(2_000) });
    await refundNow(one, { of: alipay, ...part(500) });
    valueOf(await withdrawRefund(one, first, "customer"));
    const channels = { CNY: { wechat: [2, 3_000], alipay: [1, 500] } };
    expect(await readShift(one)).toEqual({
      refunds: 3,
      channels,
      day: "2026-11-22",
      paidOut: cny(0),
      earlier: { refunds: 0 },
      last: undefined,
    });
    valueOf(await closeShift(one));
    const { last, ...next } = await readShift(one);
    expect(next).toEqual({
      refunds: 0,
      day: "2026-11-22",
      paidOut: cny(0),
      earlier: { refunds: 0 },
    });
    expect(last?.event).toEqual({ kind: "close", day: "2026-11-22", refunds: 3, channels });
    await refundNow(one, { of: alipay, ...part(700) });
    expect((await readShift(one)).channels).toEqual({ CNY: { alipay: [1, 700] } });
    valueOf(await closeShift(one));
    valueOf(await closeShift(one));
    expect((await readShift(one)).last?.event).toMatchObject({ refunds: 0 });
    expect(await findingsOf(one)).toEqual([]);
  });

  it("X9 counts its own till's refunds alone, and another till's close changes nothing here", async () => {
    await refundNow(one);
    await refundNow(other);
    valueOf(await closeShift(other));
    valueOf(await mergeInto(one, await fileOf(other)));
    expect(await readShift(one)).toMatchObject({ refunds: 1, last: undefined });
    expect(await findingsOf(one)).toEqual([]);
  });
});

const count = (counted: string, reason = "") => ({
  open: "200",
  takings: "350.50",
  counted,
  reason,
});

const inCash = (minor: number): Promise<CaseId> =>
  refundNow(one, { ...part(minor), destination: "cash", note: "顾客要现金" });

const payOut = async (caseId: CaseId) => {
  const at = instantFromMs(one.now());
  valueOf(await recordResult(one, caseId, { result: "succeeded", by: "cust", at, evidence: [] }));
};

describe("the drawer of a shift", () => {
  it("X38 float and takings less cash refunds should be in it; wallet refunds never touch it", async () => {
    await refundNow(one, part(9_900));
    const paid = await inCash(3_000);
    await inCash(1_000);
    expect((await readShift(one)).paidOut).toEqual(cny(0));
    await payOut(paid);
    expect((await readShift(one)).paidOut).toEqual(cny(3_000));
    const fault = faultOf(await closeShift(one, count("517.50")));
    expect(fault).toEqual({ kind: "cash_differs", difference: cny(-300) });
    valueOf(await closeShift(one, count("517.50", "找错零钱")));
    const { last, paidOut } = await readShift(one);
    expect(last?.event.cash).toEqual({ CNY: [20_000, 35_050, 3_000, 52_050, 51_750] });
    expect(last?.personal?.text).toBe("找错零钱");
    expect(paidOut).toEqual(cny(0));
    expect(await findingsOf(one)).toEqual([]);
  });

  it("X38 a refund counts in the shift in which it was handed out, and needs no reason where all is there", async () => {
    const waiting = await inCash(2_500);
    valueOf(await closeShift(one));
    expect((await readShift(one)).last?.event.cash).toBeUndefined();
    await payOut(waiting);
    valueOf(await closeShift(one, count("525.50")));
    expect((await readShift(one)).last?.event.cash).toEqual({
      CNY: [20_000, 35_050, 2_500, 52_550, 52_550],
    });
  });

  it("R55 refuses a card number in the reason, and an amount that is none", async () => {
    const card = count("1", "4111 1111 1111 1111");
    expect(faultOf(await closeShift(one, card))).toEqual({ kind: "card_number_in_text" });
    expect(faultOf(await closeShift(one, count("")))).toEqual({ kind: "amount_empty" });
    expect(faultOf(await closeShift(one, count("1,2")))).toEqual({ kind: "amount_not_a_number" });
    expect((await readShift(one)).last).toBeUndefined();
  });
});

describe("the end of a shift", () => {
  it("F71 X35 E_PIN_BEYOND_HEAD its code finds the file of a till that was cut before it", async () => {
    await refundNow(one);
    const cut = await twinOf(one);
    await refundNow(one);
    const { token } = valueOf(await closeShift(one));
    expect(await findingsOf(one, [token])).toEqual([]);
    expect(await findingsOf(cut, [token])).toContain("E_PIN_BEYOND_HEAD");
  });

  it("F71 X35 is witnessed by another till, which then merges no file without it", async () => {
    const cut = await twinOf(one);
    await refundNow(one);
    valueOf(await recordWitness(other, valueOf(await closeShift(one)).token));
    const fault = faultOf(await readDeviceFile(other, blobOf(await fileOf(cut)), aMergeJob()));
    expect(fault.kind).toBe("invalid");
    valueOf(await mergeInto(other, await fileOf(one)));
  });

  it("F71 X35 tells its own till, from the slip alone, that the end is gone, and the next start stops", async () => {
    await refundNow(one);
    const cut = await twinOf(one);
    const { token, seq } = valueOf(await closeShift(one));
    expect(faultOf(await readCheckpoint(one, token))).toEqual({ kind: "checkpoint_own" });
    const last = seq - 1;
    expect(faultOf(await readCheckpoint(cut, token))).toEqual({ kind: "own_chain_cut", seq, last });
    expect(await checkAtStart(cut.journal, cut.device)).toMatchObject({
      kind: "partly_lost",
      by: "cp",
    });
  });
});
