import { existsSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hashText } from "../../src/ledger/base64url.ts";
import { add, writeFile } from "../ledger/rules-bench.ts";
import { aBench, aPayment, aRefund, exported, told } from "../ledger/rules-shop.ts";

/** A signed file of so many records, five a refund as refundlog.md §20 measures; made once, it takes its time. */
export const bigLog = async (records: number): Promise<string> => {
  const path = join(tmpdir(), `refund-desk-${records}.refundlog`);
  if (existsSync(path)) return path;
  const bench = await aBench();
  while (bench.records.length < records - 5) {
    const ref = await aRefund(bench, await aPayment(bench));
    await exported(bench, ref);
    await add(bench, { kind: "money", st: "submitted", by: "staff", refs: [ref] });
    await told(bench, ref, "succeeded", { cref: hashText(String(ref)) });
  }
  while (bench.records.length < records - 1) await aPayment(bench);
  writeFileSync(`${path}.part`, await writeFile(bench));
  renameSync(`${path}.part`, path);
  return path;
};
