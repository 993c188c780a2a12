import { describe, expect, test } from "vitest";

import type { VerifyReport } from "../../src/ledger/verify-report.ts";
import { verifyTogether } from "../../src/ledger/verify-together.ts";
import { add, claimsOf, judge, writeFile, type Bench } from "./rules-bench.ts";
import { aBench, aPayment, aRefund, told } from "./rules-shop.ts";

const reportOf = async (bench: Bench): Promise<VerifyReport> => {
  const report = await judge(bench, await writeFile(bench), { keepsRecords: true });
  expect(report.findings.filter(({ code }) => code.startsWith("E_"))).toEqual([]);
  return report;
};

/** Two tills of which each recorded the same payment of ¥68.00 for itself. */
const twoTills = async () => {
  const [one, other] = [await aBench(), await aBench()];
  other.refunds = 500;
  return { one, other, paid: await aPayment(one), again: await aPayment(other) };
};

const codes = async (...benches: readonly Bench[]): Promise<readonly string[]> => {
  const reports = [];
  for (const bench of benches) reports.push(await reportOf(bench));
  const forward = verifyTogether(reports);
  const key = ({ code, device, seq }: (typeof forward)[number]): string =>
    `${code} ${device} ${seq}`;
  expect(verifyTogether(reports.toReversed()).map(key).toSorted()).toEqual(
    forward.map(key).toSorted(),
  );
  return forward.map(({ code, seq }) => `${code} ${seq}`).toSorted();
};

describe("files of several devices together (refundlog §17 step 10)", () => {
  test("X9 one payment refunded on two tills that did not know of each other is found at every refund of it", async () => {
    const { one, other, paid, again } = await twoTills();
    await aRefund(one, paid);
    expect(await codes(one, other)).toEqual([]);
    await aRefund(other, again);
    expect(await codes(one, other)).toEqual(["F_DUP_REFUND_DEVICES 8", "F_DUP_REFUND_DEVICES 9"]);
  });

  test("X9 more than was paid over two tills is found, even where one knew of the other", async () => {
    const { one, other, paid, again } = await twoTills();
    await aRefund(one, paid, { amt: 4000 });
    await aRefund(other, again, { amt: 4000 });
    expect(await codes(one, other)).toEqual([
      "F_DUP_REFUND_DEVICES 8",
      "F_DUP_REFUND_DEVICES 8",
      "F_SALE_OVERREFUND 8",
      "F_SALE_OVERREFUND 8",
    ]);
  });

  test("a till that counted the other's refund as `ext` refunded knowingly", async () => {
    const { one, other, paid, again } = await twoTills();
    await aRefund(one, paid);
    const known = await aPayment(
      other,
      { sale: again.sale, re: again.seq, ext: 2000 },
      { key: again.key },
    );
    await aRefund(other, known, { rem: [4800, 2800] });
    expect(await codes(one, other)).toEqual([]);
  });

  test("a refund number that two tills bear is refused", async () => {
    const { one, other, paid, again } = await twoTills();
    await aRefund(one, paid);
    other.refunds = 0;
    await aRefund(other, again);
    expect(await codes(one, other)).toEqual([
      "E_NO 8",
      "E_NO 8",
      "F_DUP_REFUND_DEVICES 8",
      "F_DUP_REFUND_DEVICES 8",
    ]);
  });

  test("two histories of one till are a fork; two ends of one history are not", async () => {
    const one = await aBench();
    const early = await reportOf(one);
    await reportOf(one);
    const late = await reportOf(one);
    expect(late.chain?.records).toHaveLength(10);
    expect(verifyTogether([early, late])).toEqual([]);
    one.records.splice(8);
    await add(one, { kind: "gap", from: 1_767_600_000, why: "clock" }, {}, { staff: "sys" });
    const forked = await reportOf(one);
    const found = verifyTogether([late, forked]).map(({ code, seq }) => `${code} ${seq}`);
    expect(found).toEqual(["E_FORK 8", "E_FORK 9"]);
  });

  test("X35 a till that lost its end, or has another one, is found by what another till saw of it", async () => {
    const { one, other } = await twoTills();
    const k = other.till.kid;
    const sees = (s: number, h: string | undefined): Promise<number> =>
      add(one, { kind: "wit", k, s, h, via: "checkpoint" });
    await sees(7, other.records[7]?.hash);
    expect(await codes(one, other)).toEqual([]);
    await sees(5, other.records[4]?.hash);
    await sees(40, other.records[4]?.hash);
    expect(await codes(one, other)).toEqual(["E_PIN_BEYOND_HEAD 40", "E_PIN_FORK 5"]);
  });

  test("what is said of another till's refund must name the one that stands there", async () => {
    const { one, other, again } = await twoTills();
    const ref = await aRefund(other, again);
    const about = (rh: string | undefined): Promise<number> =>
      add(
        one,
        { kind: "contact", with: "customer", dev: other.till.kid, ref, rh },
        { via: "phone" },
      );
    await about(other.records[ref]?.hash);
    expect(await codes(one, other)).toEqual([]);
    await about(other.records[1]?.hash);
    expect(await codes(one, other)).toEqual(["E_REF 10"]);
  });

  test("refundlog §8 a chain that goes on for a replaced key must name the record that stands there", async () => {
    const { other } = await twoTills();
    const { kid } = other.till;
    const after = (seq: number, h: string | undefined) => aBench({ cont: { h, kid, seq } });
    expect(await codes(await after(7, other.records[7]?.hash), other)).toEqual([]);
    expect(await codes(await after(7, other.records[6]?.hash), other)).toEqual(["E_REF 0"]);
  });

  test("refundlog §8 the key that a chain names as its next goes on with it, and no other", async () => {
    const before = (await twoTills()).other;
    const { kid } = before.till;
    const cont = (): { h: string | undefined; kid: string; seq: number } => {
      const seq = before.records.length - 1;
      return { h: before.records[seq]?.hash, kid, seq };
    };
    const strange = await aBench({ cont: cont() });
    const alone = await aBench({});
    await add(
      before,
      { kind: "rotate", jwk: alone.till.jwk, why: "schedule" },
      {},
      { staff: "s1" },
    );
    expect(await codes(strange, before)).toEqual(["E_REF 0"]);
    expect(await codes(alone, before)).toEqual(["E_REF 8"]);
  });

  test("the result of another till's refund must name it too, and a learned payment its source", async () => {
    const { one, other, again } = await twoTills();
    const ref = await aRefund(other, again);
    await told(other, ref, "succeeded");
    const { kid } = other.till;
    const core = { kind: "money", st: "succeeded", by: "portal", refs: [ref], dev: kid } as const;
    await add(one, { ...core, rh: [other.records[3]?.hash] }, { cref: "5030" }, { staff: "s1" });
    const peer = { h: other.records[2]?.hash, k: kid, s: again.seq };
    await aPayment(one, { src: "peer" }, { peer });
    expect(claimsOf(one, 8)["kind"]).toBe("money");
    expect(await codes(one, other)).toEqual(["E_REF 8", "E_REF 9"]);
  });
});
