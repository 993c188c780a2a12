import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { headerMark, type SavedMapping } from "../../../src/domain/statements/mapping.ts";
import { guessMapping } from "../../../src/domain/statements/mapping-guess.ts";
import { findTable } from "../../../src/domain/statements/mapped-table.ts";
import { parseStrict } from "../../../src/ledger/canonical.ts";
import { isDeep, runs, seed } from "../../support/deep.ts";
import { readStatement } from "./read-statement.ts";

/** Park and Miller, so that a failed run can be had again by its seed. */
let state = seed;
const random = (below: number): number => {
  state = (state * 48_271) % 2_147_483_647;
  return state % below;
};

const folder = "tests/fixtures/statements/";
const bills = [
  "wechat_trade_ALL_60.csv",
  "wechat_fund_5.csv",
  "alipay_trade_detail_60_raw_commas.GBK.csv",
  "alipay_fund_4.GBK.csv",
  "unionpay_ZM_8.txt",
].map((name) => readFileSync(folder + name).subarray(0, 3000));

const named = [
  "__proto__,constructor,交易时间,流水号,交易类型,交易金额",
  "polluted,toString,2026-03-05 10:20:30,LKL1,消费,12.50",
];

const mappingOf = (): SavedMapping => {
  const table = findTable(named);
  if (table === undefined) throw new Error("a table");
  const mapping = { header: headerMark(table.words), ...guessMapping(table) };
  return { acquirer: "lakala", channel: "other", mapping };
};
const mappings = [mappingOf()];

const pieces = [
  "`", ",", '"', '""', "\r\n", "\n", "\t", "\u0000", "\uFFFD", "#", "0.01", "-1e99", "9".repeat(40),
  "__proto__", "constructor", "2026-11-22 14:02:00", "SUCCESS", "REFUND", "CNY", "总交易单数", "=1+1",
  "No Bill Exist", "PK", "`0,`0.00", "，", "😀",
].map((text) => Buffer.from(text)); // prettier-ignore

/** The beginning of a bill, or of a table whose columns have names of JavaScript's own, with some places replaced. */
const aFile = (): Uint8Array => {
  const table = Buffer.from(`${named.join("\n")}\n`);
  let bytes = Buffer.from(bills[random(bills.length + 1)] ?? table);
  for (let left = 1 + random(6); left > 0; left--) {
    const at = random(bytes.length + 1);
    const piece = pieces[random(pieces.length)] ?? Buffer.alloc(0);
    bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + random(40))]);
  }
  return bytes;
};

const jsons = [
  '{"__proto__":{"polluted":1},"a":[1,2,{"b":"c"}]}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '[{"v":1,"kind":"import","file":"x","n":0}]',
];

const aJson = (): string => {
  let text = jsons[random(jsons.length)] ?? "";
  for (let left = random(5); left > 0; left--) {
    const at = random(text.length + 1);
    const piece = String(pieces[random(pieces.length)] ?? "");
    text = text.slice(0, at) + piece + text.slice(at + random(8));
  }
  return text;
};

const clean = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));

/** Nothing was left on what every object inherits. */
const isClean = (): boolean =>
  JSON.stringify(Object.getOwnPropertyNames(Object.prototype)) === clean &&
  !("polluted" in {}) &&
  !("polluted" in []);

/** Whether one of them was refused, and how long the answer took. */
const answer = (run: number): { readonly refused: boolean; readonly ms: number } => {
  const file = run % 4 === 3 ? undefined : aFile();
  const json = file === undefined ? aJson() : "";
  const began = performance.now();
  try {
    const read = file === undefined ? parseStrict(json) : readStatement(file, { mappings }).result;
    return { refused: !read.ok, ms: performance.now() - began };
  } catch (error) {
    return expect.fail(`seed ${seed}, run ${run}: ${String(error)}`);
  }
};

it("F81 X12 any file of cells and any JSON gets an answer: no exception, nothing polluted, in bounded time", () => {
  const count = runs(4_000, 1_000_000);
  const times = new Float64Array(count);
  let refusals = 0;
  for (let run = 0; run < count; run++) {
    const { refused, ms } = answer(run);
    if (refused) refusals++;
    times[run] = ms;
    if (run % 100 === 0 && !isClean()) expect.fail(`seed ${seed}, run ${run}: polluted`);
  }
  expect(isClean()).toBe(true);
  expect(refusals).toBeGreaterThan(count / 3);
  const [p99 = NaN, most = NaN] = [times.sort()[Math.floor(count * 0.99)], times.at(-1)];
  if (!isDeep) return;
  process.stdout.write(`${count} files: p99 ${p99.toFixed(2)} ms, most ${most.toFixed(0)} ms\n`);
  expect(p99).toBeLessThan(50);
  expect(most).toBeLessThan(5000);
}, 3_600_000);
