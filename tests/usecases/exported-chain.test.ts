import { beforeEach, describe, expect, it } from "vitest";

import { thumbprint } from "../../src/ledger/keys.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { findRecord } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { quiet } from "../support/money-steps.ts";
import { caseAt, refundNow } from "../support/refunds.ts";

let deps: Deps;
let lines: readonly string[];

const exportAll = async (): Promise<readonly string[]> => {
  const { file } = valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet }));
  return new TextDecoder().decode(file.bytes).trimEnd().split("\n");
};

const check = async (text: readonly string[], pins: readonly string[] = []) => {
  const root = (await findEnrolment(deps.journal.db))?.root;
  if (root === undefined) throw new Error("no root");
  const source = new TextEncoder().encode(`${text.join("\n")}\n`);
  const roots = new Map([[thumbprint(root), root]]);
  const report = valueOf(await verifyRefundlog({ source, verify: deps.verify, roots, pins }));
  return { report, codes: report.findings.map(({ code }) => code) };
};

const isRecord = (line: string): boolean => (JSON.parse(line) as { t: string }).t === "rec";

/** The lines of the records without the first, which no other can take the place of. */
const places = (): readonly number[] =>
  lines.flatMap((line, index) => (isRecord(line) ? [index] : [])).slice(1);

const errors = (codes: readonly string[]): readonly string[] =>
  codes.filter((code) => code.startsWith("E_"));

beforeEach(async () => {
  ({ deps } = await aShop());
  await refundNow(deps);
  await refundNow(deps);
  lines = await exportAll();
});

describe("a file that somebody without the key changed", () => {
  it("X35 verifies as it left", async () => {
    expect(errors((await check(lines)).codes)).toEqual([]);
    expect(places().length).toBeGreaterThan(5);
  });

  it("X35 R52 is found out whichever record was taken out", async () => {
    for (const at of places()) {
      const found = errors((await check(lines.filter((_, index) => index !== at))).codes);
      const where = at === places().at(-1) ? "E_HEAD" : "E_SEQ_GAP";
      expect(found, `without line ${at}`).toEqual(expect.arrayContaining([where, "E_COUNT"]));
    }
  });

  it("X35 is found out wherever a record was put in twice or two changed places", async () => {
    for (const at of places()) {
      const twice = lines.flatMap((line, index) => (index === at ? [line, line] : [line]));
      expect(errors((await check(twice)).codes), `twice ${at}`).toContain("E_SEQ_REPEAT");
    }
    for (const at of places().slice(1)) {
      const swapped = [...lines];
      [swapped[at - 1], swapped[at]] = [lines[at] ?? "", lines[at - 1] ?? ""];
      expect(errors((await check(swapped)).codes).length, `swapped ${at}`).toBeGreaterThan(0);
    }
  });

  it("X35 is found out whichever record was changed by one character", async () => {
    for (const at of places()) {
      const line = lines[at] ?? "";
      const middle = line.indexOf('"j":"') + 60;
      const other = line.charAt(middle) === "A" ? "B" : "A";
      const edited = line.slice(0, middle) + other + line.slice(middle + 1);
      const changed = lines.map((one, index) => (index === at ? edited : one));
      expect(errors((await check(changed)).codes), `changed ${at}`).toContain("E_FILE_DIGEST");
    }
  });
});

describe("a tail that is cut off", () => {
  it("X35 is not seen in an older file alone, and is told against a slip that left since", async () => {
    const older = lines;
    const caseId = await refundNow(deps);
    const { record } = latestAttempt(await caseAt(deps, caseId));
    const slip = (await findRecord(deps.journal.db, record))?.jwt ?? "";
    const alone = await check(older);
    expect(errors(alone.codes)).toEqual([]);
    expect(alone.report.pinnedTo).toBeUndefined();
    const witnessed = await check(older, [slip]);
    expect(errors(witnessed.codes)).toEqual(["E_PIN_BEYOND_HEAD"]);
    const whole = await check(await exportAll(), [slip]);
    expect(errors(whole.codes)).toEqual([]);
    expect(whole.report.pinnedTo).toBe(record.seq);
  });
});
