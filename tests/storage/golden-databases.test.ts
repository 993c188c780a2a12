import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { CNY } from "../../src/domain/currency.ts";
import type { DeviceId, Hash } from "../../src/domain/ids.ts";
import { instantFromSeconds } from "../../src/domain/instant.ts";
import type { RefundCase } from "../../src/domain/refund/case.ts";
import { packBlock } from "../../src/domain/statements/statement-block.ts";
import { readHead } from "../../src/storage/append-record.ts";
import { schemaVersion } from "../../src/storage/database.ts";
import { findInStatements } from "../../src/storage/find-in-statements.ts";
import { listCases } from "../../src/storage/queries.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { beginImport, finishImport, saveBlocks } from "../../src/storage/save-statement.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { memoryMarks } from "../support/memory-marks.ts";
import { memorySafetyCopy } from "../support/memory-safety-copy.ts";
import {
  anOpenTill,
  copyOf,
  newBrowser,
  openTestDatabase,
  payment,
  refund,
  valueOf,
  write,
  type Till,
} from "./a-till.ts";
import {
  dumpDatabase,
  loadDump,
  parseDump,
  writeDump,
  type DatabaseDump,
} from "./database-dump.ts";

/** One database of every released version, with its safety copy and what it must be found to say (rel-S16). */
type Golden = {
  readonly device: DeviceId;
  readonly database: DatabaseDump;
  readonly copy: ArrayBuffer;
  readonly says: Says;
};

type Says = {
  readonly records: number;
  readonly totals: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<string, number>>;
  readonly cases: readonly string[];
  readonly statementLines: readonly number[];
};

const folder = new URL("../fixtures/databases/", import.meta.url);
const orderNo = "ORDER-77";

beforeEach(newBrowser);

/** How many cases stand in each state of their money. */
const statesOf = (cases: readonly RefundCase[]): Says["states"] => {
  const states: Record<string, number> = {};
  for (const { money = "none" } of cases) states[money] = (states[money] ?? 0) + 1;
  return states;
};

const whatItSays = async (journal: Till["journal"], device: DeviceId): Promise<Says> => {
  const head = await readHead(journal, device);
  const cases = await listCases(journal.db, {});
  return {
    records: (head?.seq ?? -1) + 1,
    totals: head?.totals ?? {},
    states: statesOf(cases),
    cases: cases.map((one) => `${one.caseId} ${one.amount.minor} ${one.money}`),
    statementLines: (await findInStatements(journal.db, orderNo)).map(({ row }) => row.line),
  };
};

const aRowOf = (line: number) => ({
  line,
  kind: "payment" as const,
  acquirer: "wechatpay" as const,
  channel: "wechat" as const,
  merchantNo: "1900012345",
  transactionId: `4200${line}`,
  outTradeNo: `ORDER-${line}`,
  minor: 500,
  currency: CNY,
  at: instantFromSeconds(1_780_000_000 + line),
  status: "SUCCESS",
  digest: `digest ${line}`,
});

/** Run with WRITE_GOLDEN=1 in the release step, never by hand later. */
const makeGolden = async (): Promise<Golden> => {
  const till = await anOpenTill();
  const { db } = till.journal;
  const first = { number: 1, payment: 1, minor: 6_000, left: 10_000, counter: 0 };
  const second = { number: 2, payment: 2, minor: 10_000, left: 10_000, counter: 1 };
  valueOf(await write(till, [payment(1), refund(till, first)], "case-1"));
  valueOf(await write(till, [payment(2), refund(till, second)]));
  valueOf(
    await write(till, [
      { kind: "withdraw", refund: { device: till.key.kid, seq: 6 }, why: "customer" },
    ]),
  );
  valueOf(await beginImport(db, { importId: "i1", name: "微信.csv" }));
  valueOf(await saveBlocks(db, "i1", 0, [packBlock([aRowOf(76), aRowOf(77)])]));
  const record = { device: till.key.kid, seq: 3 };
  const finished = { record, digest: "digest" as Hash, acquirer: "wechatpay" };
  valueOf(await finishImport(db, "i1", finished));
  const says = await whatItSays(till.journal, till.key.kid);
  db.close();
  const database = await dumpDatabase(db.name);
  return { device: till.key.kid, database, copy: copyOf(till).slice().buffer, says };
};

const copyName = (device: DeviceId): string => `${device}.bin`;

const open = async ({ device, database, copy }: Golden): Promise<Till["journal"]> => {
  await loadDump(database);
  const safetyCopy = memorySafetyCopy();
  safetyCopy.files.set(copyName(device), new Uint8Array(copy));
  return { db: await openTestDatabase(), safetyCopy, marks: memoryMarks(), copyName };
};

describe.runIf(process.env["WRITE_GOLDEN"] === "1")("golden databases", () => {
  it("are written for this version", async () => {
    const file = new URL(`v${schemaVersion}.json`, folder);
    writeFileSync(file, writeDump(await makeGolden()));
  });
});

const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

const readGolden = (file: string): Golden =>
  parseDump(readFileSync(new URL(file, folder), "utf8")) as Golden;

describe("F27 databases of every version", () => {
  it("are there for this version", () => {
    expect(files).toContain(`v${schemaVersion}.json`);
  });

  for (const file of files) {
    it(`${file} opens, agrees with its copy, and says what it always said`, async () => {
      const golden = readGolden(file);
      const journal = await open(golden);
      expect(await checkAtStart(journal)).toMatchObject({ kind: "ready", copies: 2 });
      expect(await whatItSays(journal, golden.device)).toEqual(golden.says);
    });

    it(`${file} rebuilds into the same books`, async () => {
      const golden = readGolden(file);
      const journal = await open(golden);
      await checkAtStart(journal); // an older version is upgraded first
      const books = await readBooks(journal.db);
      expect(valueOf(await rebuild(journal.db))).toBe(golden.says.records);
      expect(await readBooks(journal.db)).toEqual(books);
      expect(await whatItSays(journal, golden.device)).toEqual(golden.says);
    });
  }
});
