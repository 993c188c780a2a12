import { describe, expect, it } from "vitest";
import { remaining } from "../../src/domain/payment.ts";
import { findTable } from "../../src/domain/statements/mapped-table.ts";
import { guessMapping } from "../../src/domain/statements/mapping-guess.ts";
import { headerMark, type SavedMapping } from "../../src/domain/statements/mapping.ts";
import { changeProfile, listMappings, resetProfile } from "../../src/usecases/change-profile.ts";
import {
  importStatement,
  type ImportJob,
  type ReadStatementFile,
} from "../../src/usecases/import-statement.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { findProfile } from "../../src/storage/profiles.ts";
import { digestsHere } from "../../src/workers/digests.ts";
import { importStatement as readInWorker } from "../../src/workers/statement.ts";
import { newListener } from "../workers/handed-over.ts";
import { valueOf } from "../support/a.ts";
import { compareHere } from "../support/compare-here.ts";
import { aShop } from "../support/deps.ts";
import { found } from "../support/money-steps.ts";

const lines = [
  "交易时间,流水号,商户订单号,交易类型,交易金额,退款单号",
  "2026-03-05 10:20:30,LKL000000000001,ORDER-0001,消费,12.50,",
  "2026-03-05 11:20:30,LKL000000000002,ORDER-0001,退款,2.50,PORTAL-1",
];

const file = new File([lines.concat("").join("\n")], "lakala.csv");

/** The real reader, without its thread. */
const read: ReadStatementFile = async (chosen, options) => {
  const listener = newListener(options.signal);
  const answer = await readInWorker(
    { file: chosen, ...options },
    listener,
    digestsHere(listener.signal),
  );
  for (const told of listener.told) if (told.kind !== "read") await options.onPart(told);
  return answer;
};

const mappingFor = (acquirer: string): SavedMapping => {
  const table = findTable(lines);
  if (table === undefined) throw new Error("a table");
  const mapping = { header: headerMark(table.words), ...guessMapping(table) };
  return { acquirer, channel: "other", mapping };
};

const importIt = (deps: Deps, over: Partial<ImportJob> = {}) =>
  importStatement(deps, {
    file,
    read,
    compare: compareHere,
    allowMissingSummary: false,
    onProgress: () => undefined,
    confirm: async () => true,
    signal: new AbortController().signal,
    ...over,
  });

const tables = async ({ journal: { db } }: Deps): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    await Promise.all(db.tables.map(async (table) => [table.name, await table.count()] as const)),
  );

describe("a statement of an acquirer whose layout nobody knows", () => {
  it("X11 is refused with its first lines, until somebody names its columns", async () => {
    const { deps } = await aShop();
    const refused = await importIt(deps);
    expect(refused).toMatchObject({ ok: false, fault: { kind: "not_a_statement", lines } });
    const done = valueOf(await importIt(deps, { mapping: mappingFor("lakala") }));
    expect(done.summary).toMatchObject({ layout: "mapped", acquirer: "lakala", rows: 2 });
    for (const number of ["ORDER-0001", "LKL000000000001", "PORTAL-1"]) {
      const { payment } = await found(deps, number);
      expect(payment).toMatchObject({ acquirer: "lakala", amount: { minor: 1250 } });
      expect(remaining(payment).minor).toBe(1000);
    }
  });

  it("is read the same way next time, without asking, and its known rows are known again", async () => {
    const { deps } = await aShop();
    const mapping = mappingFor("lakala");
    valueOf(await importIt(deps, { mapping }));
    expect(await listMappings(deps)).toEqual([mapping]);
    const next = new File([lines.slice(0, 2).concat("").join("\n")], "next.csv");
    const again = valueOf(await importIt(deps, { file: next }));
    expect(again).toMatchObject({ newRows: 0, knownRows: 1, summary: { layout: "mapped" } });
  });

  it("writes mapping and import together: a no leaves neither, in no table", async () => {
    const { deps } = await aShop();
    const before = await tables(deps);
    const no = await importIt(deps, { mapping: mappingFor("lakala"), confirm: async () => false });
    expect(no).toEqual({ ok: false, fault: { kind: "aborted" } });
    expect(await tables(deps)).toEqual(before);
    expect(await listMappings(deps)).toEqual([]);
  });

  it("belongs to one acquirer: named for another it leaves the first", async () => {
    const { deps } = await aShop();
    valueOf(await importIt(deps, { mapping: mappingFor("lakala") }));
    const other = mappingFor("shouqianba");
    const more = new File(
      [lines.concat("2026-03-06 10:00:00,LKL3,O3,消费,1.00,", "").join("\n")],
      "b",
    );
    valueOf(await importIt(deps, { file: more, mapping: other }));
    expect(await listMappings(deps)).toEqual([other]);
  });

  it("keeps its mapping when the acquirer's rules change or are as shipped again", async () => {
    const { deps } = await aShop();
    const mapping = mappingFor("lakala");
    valueOf(await importIt(deps, { mapping }));
    const { profile } = await findProfile(deps.journal.db, "lakala");
    valueOf(await changeProfile(deps, { ...profile, refundWindowDays: 90 }));
    valueOf(await resetProfile(deps, "lakala"));
    expect(await listMappings(deps)).toEqual([mapping]);
  });

  it.each(["clerk", "lead"] as const)(
    "F69 is explained by the owner alone, and imported by a %s from then on",
    async (role) => {
      const { deps } = await aShop();
      const owner = deps.staff();
      if (owner === undefined) throw new Error("the owner is at it");
      const till: Deps = { ...deps, staff: () => ({ ...owner, role }) };
      const refused = await importIt(till, { mapping: mappingFor("lakala") });
      expect(refused).toMatchObject({
        ok: false,
        fault: { kind: "not_entitled", action: "manage_policy" },
      });
      valueOf(await importIt(deps, { mapping: mappingFor("lakala") }));
      const next = new File([lines.slice(0, 2).concat("").join("\n")], "next.csv");
      expect(valueOf(await importIt(till, { file: next })).summary.layout).toBe("mapped");
    },
  );

  it("is not kept with a card number among its words", async () => {
    const { deps } = await aShop();
    const { mapping, ...whose } = mappingFor("lakala");
    const words = { ...mapping.words, payment: ["消费", "6222021234567890128"] };
    const before = await tables(deps);
    const result = await importIt(deps, { mapping: { ...whose, mapping: { ...mapping, words } } });
    expect(result).toEqual({ ok: false, fault: { kind: "card_number_in_text" } });
    expect(await tables(deps)).toEqual(before);
  });
});
