import { beforeEach, describe, expect, it } from "vitest";

import { parseBusinessDate } from "../../src/domain/instant.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import type { CaseId } from "../../src/domain/ids.ts";
import { checkChain } from "../../src/usecases/check-chain.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { exportJournalTable } from "../../src/usecases/export-journal.ts";
import { listChains } from "../../src/usecases/list-chains.ts";
import {
  readJournal,
  type JournalFilter,
  type JournalLine,
  type JournalPage,
} from "../../src/usecases/read-journal.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { aStaff, faultOf, valueOf } from "../support/a.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { quiet } from "../support/money-steps.ts";
import { asClerk, caseAt, hearNow, payNow, refundNow, submitNow } from "../support/refunds.ts";
import { tamper } from "../storage/a-till.ts";
import type { Till } from "../storage/a-till.ts";

let shop: TestShop;
let deps: Deps;
let all: JournalFilter;
let caseId: CaseId;

const journalOf = async (filter: Partial<JournalFilter> = {}): Promise<readonly JournalLine[]> => {
  const lines: JournalLine[] = [];
  for (let below: number | undefined = Infinity; below !== undefined;) {
    const page: JournalPage = valueOf(await readJournal(deps, { ...all, ...filter }, below));
    lines.push(...page.lines);
    below = page.next;
  }
  return lines;
};

const seqsOf = (lines: readonly JournalLine[]) => lines.map(({ record }) => record.seq);
const lastSeq = async () => (await deps.journal.db.heads.get(deps.device))?.seq ?? -1;
const check = async () => valueOf(await checkChain(deps, deps.device, quiet));

beforeEach(async () => {
  shop = await aShop();
  ({ deps } = shop);
  all = { device: deps.device, kinds: [], staff: "", day: undefined, refundNo: "" };
  caseId = await refundNow(deps);
});

describe("R52 the journal", () => {
  it("shows every record of a chain once, the newest first, page after page", async () => {
    for (let count = 0; count < 60; count++) await payNow(deps);
    const last = await lastSeq();
    expect(seqsOf(await journalOf())).toEqual(
      Array.from({ length: last + 1 }, (_, index) => last - index),
    );
  });

  it("finds the records of a kind, a person, a day and a refund", async () => {
    await refundNow(asClerk(deps));
    const refunds = await journalOf({ kinds: ["refund"] });
    expect(refunds.map(({ said }) => said?.event.kind)).toEqual(["refund", "refund"]);
    const byClerk = await journalOf({ staff: "c1" });
    expect(new Set(byClerk.map(({ said }) => said?.staff))).toEqual(new Set(["c1"]));
    expect(byClerk.length).toBeGreaterThan(0);
    const { refundNo } = latestAttempt(await caseAt(deps, caseId));
    const ofOne = await journalOf({ refundNo });
    expect(ofOne.map(({ about }) => about?.caseId)).toEqual([caseId]);
    const today = valueOf(parseBusinessDate("2026-11-22"));
    const tomorrow = valueOf(parseBusinessDate("2026-11-23"));
    shop.clock.ms += 86_400_000;
    await payNow(deps);
    expect(seqsOf(await journalOf({ day: tomorrow }))).toEqual([await lastSeq()]);
    expect((await journalOf({ day: today })).length).toBe(await lastSeq());
  });

  it("shows and writes down of a batch the refund that was asked for, however its number is typed", async () => {
    const other = await refundNow(deps);
    await submitNow(deps);
    await hearNow(deps, other, "succeeded");
    const { refundNo } = latestAttempt(await caseAt(deps, other));
    const lines = await journalOf({ refundNo: refundNo.toLowerCase() });
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.map(({ about }) => about)).toEqual(
      lines.map(() => expect.objectContaining({ caseId: other, refundNo })),
    );
    const words = {
      header: ["seq", "no"],
      cells: ({ record, about }: JournalLine) => [String(record.seq), about?.refundNo ?? ""],
    };
    const filter = { ...all, refundNo: refundNo.toLowerCase() };
    const file = valueOf(await exportJournalTable(deps, filter, { words, job: quiet }));
    const rows = new TextDecoder().decode(file.bytes).trimEnd().split("\r\n").slice(1);
    const written = seqsOf(lines).toReversed();
    expect(rows.map((row) => row.replaceAll('"', ""))).toEqual(
      written.map((seq) => `${seq},${refundNo}`),
    );
  });

  it("says that the clock was set back, whichever way the record was found", async () => {
    shop.clock.ms += 7_200_000;
    const of = await payNow(deps);
    shop.clock.ms -= 3_600_000;
    const { refundNo } = latestAttempt(await caseAt(deps, await refundNow(asClerk(deps), { of })));
    for (const filter of [{ kinds: ["refund"], staff: "c1" }, { refundNo }])
      expect((await journalOf(filter)).map(({ said }) => said?.clockBack)).toContain(true);
  });

  it("is open to lead, owner and auditor, and to nobody else", async () => {
    for (const role of ["lead", "owner", "auditor"] as const)
      valueOf(await readJournal(actingAs(deps, aStaff({ role })), all));
    const clerk = asClerk(deps);
    const words = { header: [], cells: () => [] };
    for (const refused of [
      await readJournal(clerk, all),
      await checkChain(clerk, deps.device, quiet),
      await exportJournalTable(clerk, all, { words, job: quiet }),
    ])
      expect(refused).toEqual({
        ok: false,
        fault: { kind: "not_entitled", action: "audit_export" },
      });
    expect(faultOf(await readJournal({ ...deps, staff: () => undefined }, all))).toEqual({
      kind: "locked",
    });
  });

  it("names every chain with the people who work in it", async () => {
    const [own] = await listChains(deps);
    expect(own).toMatchObject({ device: deps.device, last: await lastSeq() });
    expect(own?.people.map(({ name }) => name)).toEqual(["小林"]);
  });

  it("X46 leaves as a table in its order, and no cell starts a formula", async () => {
    const words = {
      header: ["seq", "hash", "text"],
      cells: ({ record }: JournalLine) => [String(record.seq), record.hash, "=1+1"],
    };
    const file = valueOf(await exportJournalTable(deps, all, { words, job: quiet }));
    const lines = new TextDecoder().decode(file.bytes).trimEnd().split("\r\n").slice(1);
    expect(lines.map((line) => JSON.parse(line.split(",")[0] ?? "") as string)).toEqual(
      Array.from({ length: (await lastSeq()) + 1 }, (_, index) => String(index)),
    );
    expect(lines.every((line) => !line.includes(",=1+1"))).toBe(true);
    const stopped = { ...quiet, signal: AbortSignal.abort() };
    expect(faultOf(await exportJournalTable(deps, all, { words, job: stopped }))).toEqual({
      kind: "aborted",
    });
  });
});

describe("R52 the gap check", () => {
  it("finds nothing in a whole chain", async () => {
    expect(await check()).toEqual({ last: await lastSeq(), missing: [], broken: [] });
    expect(await checkAtStart(deps.journal, deps.device)).toMatchObject({ kind: "ready" });
  });

  it("names whichever record is gone, the last one too", async () => {
    const last = await lastSeq();
    for (const seq of [0, 2, last]) {
      const row = await deps.journal.db.records.get([deps.device, seq]);
      await tamper(deps as unknown as Till, (raw) =>
        raw.table("records").delete([deps.device, seq]),
      );
      expect((await check()).missing, `without ${seq}`).toEqual([seq]);
      await tamper(deps as unknown as Till, (raw) => raw.table("records").put(row));
    }
  });

  it("names a record that was changed, and has the next start look at all of them once", async () => {
    const row = await deps.journal.db.records.get([deps.device, 3]);
    const put = (jwt = "") =>
      tamper(deps as unknown as Till, (raw) => raw.table("records").put({ ...row, jwt }));
    await put(row?.jwt.replace(/.(?=.{10}$)/, "?"));
    expect(await check()).toMatchObject({ missing: [], broken: [3] });
    await put(row?.jwt);
    const start = () => checkAtStart(deps.journal, deps.device);
    expect(await start()).toMatchObject({ kind: "repaired", records: 0 });
    expect(await start()).toMatchObject({ kind: "ready" });
  });
});
