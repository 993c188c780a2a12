import { describe, expect, test } from "vitest";
import { hashText } from "../../src/ledger/base64url.ts";
import { judge, writeFile, type Bench } from "./rules-bench.ts";
import { aBench, aPayment, aRefund, exported, told } from "./rules-shop.ts";
import { add } from "./rules-bench.ts";

const isDeep = process.env["DEEP"] === "1";
const size = isDeep ? 10_000 : 1000;
const budget = isDeep ? 5000 : 3000;

/** Processor time, because others work on the same machine. Five records a refund, as refundlog.md §20 measures. */
const fill = async (bench: Bench): Promise<void> => {
  while (bench.records.length < size - 1) {
    const ref = await aRefund(bench, await aPayment(bench));
    await exported(bench, ref);
    await add(bench, { kind: "money", st: "submitted", by: "staff", refs: [ref] });
    await told(bench, ref, "succeeded", { cref: hashText(String(ref)) });
  }
};

describe("speed", () => {
  test(
    `${size} records are verified within ${budget} ms of processor time`,
    { timeout: 120_000 },
    async () => {
      const bench = await aBench();
      await fill(bench);
      const source = await writeFile(bench);
      const before = process.cpuUsage();
      const report = await judge(bench, source);
      const { user, system } = process.cpuUsage(before);
      const taken = (user + system) / 1000;
      expect(report.findings).toEqual([]);
      expect(taken).toBeLessThan(budget);
      if (isDeep) process.stdout.write(`${size} records, ${source.length} bytes: ${taken} ms\n`);
    },
  );
});
