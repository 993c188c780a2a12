import { describe, expect, test } from "vitest";

import { digestOf } from "../../src/ledger/disclosure.ts";
import { checkShape } from "../../src/ledger/kinds/index.ts";
import type { VerifyReport } from "../../src/ledger/verify-report.ts";
import { verifyTogether } from "../../src/ledger/verify-together.ts";
import { after, withoutCust } from "./rules-attacks.ts";
import {
  add,
  claimsOf,
  codesOf,
  judge,
  writeFile,
  type Bench,
  type Circumstances,
  type FileOptions,
} from "./rules-bench.ts";
import { aBench, anAttachment, aPayment } from "./rules-shop.ts";

const h = "A".repeat(43);
const erase = { kind: "erase", ref: 2, why: "request", d: [h] } as const;
const common = { seq: 3, prev: h, iat: 1, _sd: [h] };
const byOwner = { staff: "s1" };
/** Version 2, over what the bench writes. */
const second: Circumstances = { ...byOwner, payload: { v: 2 } };

const about = (dev: string) => ({ ...erase, dev, rh: h });

const isWell = (claims: object): boolean =>
  checkShape("erase", { payload: { ...common, ...erase, ...claims } }).length === 0;

describe("an `erase` record about another chain (refundlog §4, §10, §18)", () => {
  test("X41 has `dev` and `rh` in version 2 and in no other, both of them", () => {
    expect(isWell({ v: 1 })).toBe(true);
    expect(isWell({ v: 2, dev: h, rh: h })).toBe(true);
    for (const wrong of [
      { v: 1, dev: h, rh: h },
      { v: 1, dev: h },
      { v: 1, rh: h },
      { v: 2 },
      { v: 2, dev: h },
      { v: 2, rh: h },
      { v: 3, dev: h, rh: h },
    ])
      expect([wrong, isWell(wrong)]).toEqual([wrong, false]);
  });

  test.each([
    ["version 2 of another kind", { kind: "gap", from: 1, why: "clock" }, 2, "E_VERSION"],
    ["version 3 of this one", { ...erase, dev: h, rh: h }, 3, "E_VERSION"],
    ["version 2 without another chain", erase, 2, "E_SCHEMA"],
    ["version 1 about another chain", { ...erase, dev: h, rh: h }, 1, "E_SCHEMA"],
  ] as const)("X41 %s is refused", async (_, core, v, code) => {
    const attack = after((bench) => add(bench, core, {}, { ...byOwner, payload: { v } }));
    expect(codesOf(await attack(await aBench()))).toContain(code);
  });

  test("X41 is for who may erase, and never about the own chain", async () => {
    const told = after((bench) => add(bench, about(h), {}, second));
    expect(codesOf(await told(await aBench()))).toEqual([]);
    const byClerk = after((bench) => add(bench, about(h), {}, { ...second, staff: "s2" }));
    expect(codesOf(await byClerk(await aBench()))).toEqual(["F_ROLE"]);
    const ofItself = after((bench) => add(bench, about(bench.till.kid), {}, second));
    expect(codesOf(await ofItself(await aBench()))).toEqual(["E_REF"]);
  });

  test("X41 explains nothing that is missing in its own file, and forbids no file there", async () => {
    const missing = after(async (bench) => {
      const { seq, digest } = await withoutCust(bench);
      const core = { ...erase, ref: seq, d: [digest], dev: h, rh: h };
      await add(bench, core, {}, second);
    });
    expect(codesOf(await missing(await aBench()))).toEqual(["E_SD_MISSING"]);
    const bench = await aBench();
    const paper = anAttachment(Buffer.from("a paper"));
    await aPayment(bench, {}, {}, { cust: { ev: [paper.ev] } });
    await add(bench, { ...erase, a: [paper.ev.sha256], dev: h, rh: h }, {}, second);
    const file = await writeFile(bench, { attachments: [paper.line] });
    expect(codesOf(await judge(bench, file))).toEqual([]);
  });
});

type Shown = NonNullable<FileOptions["attachments"]>;

const photo = anAttachment(Buffer.from("a photo of goods"));

const reportOf = async (bench: Bench, attachments: Shown = []): Promise<VerifyReport> => {
  const file = await writeFile(bench, { attachments });
  const report = await judge(bench, file, { keepsRecords: true });
  expect(report.findings.filter(({ code }) => code.startsWith("E_"))).toEqual([]);
  return report;
};

/** Two tills; the other one knows a name, and a file that shows nobody. */
const twoTills = async () => {
  const [one, other] = [await aBench(), await aBench()];
  const { seq } = await aPayment(other, {}, { ev: [photo.ev] }, { cust: { name: "王" } });
  const { d, hash } = other.records[seq] ?? { d: [], hash: "" };
  const [det, ctx, cust] = d.map(digestOf);
  const tell = (claims: object): Promise<number> =>
    add(one, { ...erase, ref: seq, dev: other.till.kid, rh: hash, ...claims }, {}, second);
  const together = async (): Promise<readonly string[]> => {
    const reports = [await reportOf(one), await reportOf(other, [photo.line])];
    return verifyTogether(reports).map(({ code, seq: at }) => `${code} ${at}`);
  };
  return { one, tell, together, det, ctx, cust, seq };
};

describe("such a record beside the other chain's file (refundlog §17 step 10)", () => {
  test("X41 a file that was made before and still tells is no error", async () => {
    const { tell, together, cust } = await twoTills();
    await tell({ d: [cust] });
    expect(await together()).toEqual([]);
  });

  test("X41 names the record that stands there", async () => {
    const { one, tell, together, cust, seq } = await twoTills();
    await tell({ d: [cust], rh: h });
    await tell({ d: [cust], ref: seq - 1 });
    expect(await together()).toEqual(["E_REF 7", "E_REF 8"]);
    expect(claimsOf(one, 7)).toMatchObject({ v: 2, rh: h });
  });

  test("X41 takes only what is personal there", async () => {
    const { tell, together, det, ctx, cust } = await twoTills();
    await tell({ d: [det] });
    await tell({ d: [cust, ctx] });
    await tell({ d: [h] });
    await tell({ d: [cust], a: [photo.ev.sha256] });
    await tell({ d: [cust], a: [h] });
    const codes = ["E_ERASE 7", "E_ERASE 8", "E_ERASE 9", "E_ERASE 10"];
    expect(await together()).toEqual(codes);
  });
});
