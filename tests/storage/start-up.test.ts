import { beforeEach, describe, expect, it } from "vitest";
import Dexie from "dexie";
import { emptyBooks, post, type Books } from "../../src/domain/books.ts";
import { appendRecords, findSaved } from "../../src/storage/append-record.ts";
import { openDatabase, schemaVersion } from "../../src/storage/database.ts";
import { readBooks } from "../../src/storage/rebuild.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import {
  aCaseId,
  anOpenTill,
  aRequest,
  aTill,
  copyOf,
  newBrowser,
  payment,
  refund,
  setCopy,
  tamper,
  valueOf,
  wipeDatabase,
  write,
  type Till,
} from "./a-till.ts";

beforeEach(newBrowser);

/** Three opening records, a payment, a refund: seq 0 to 4. */
const aUsedTill = async (): Promise<Till> => {
  const till = await anOpenTill();
  valueOf(await write(till, [payment(1)]));
  const plan = { number: 1, payment: 1, minor: 6_000, left: 10_000, counter: 0 };
  valueOf(await write(till, [refund(till, plan)], "case-1"));
  return till;
};

const foldOf = (till: Till): Books => {
  const books = emptyBooks();
  for (const recorded of till.recorded) post(books, recorded);
  books.tales.clear(); // the tables hold none: they are read back from the records
  return books;
};

const expectWhole = async (till: Till): Promise<void> => {
  expect(await readBooks(till.journal.db)).toEqual(foldOf(till));
  expect(await checkAtStart(till.journal)).toMatchObject({ kind: "ready", copies: 2 });
  expect(valueOf(await write(till, [payment(99)])).copies).toBe(2);
};

const flip = (bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

const changeToken = (till: Till, seq: number) =>
  tamper(till, async (raw) => {
    const row = await raw.table("records").get([till.key.kid, seq]);
    const jwt = String(row.jwt);
    await raw.table("records").put({ ...row, jwt: jwt.replace(/.(?=.{10}$)/, "?") });
  });

describe("rows of the repair table", () => {
  it("X37 row 3: both stores and the mark agree: go", async () => {
    const till = await aUsedTill();
    const before = copyOf(till);
    expect(await checkAtStart(till.journal)).toEqual({
      kind: "ready",
      device: till.key.kid,
      copies: 2,
    });
    expect(copyOf(till)).toEqual(before);
  });

  it("X37 row 4, F3: the database is wiped: every record comes back from the copy", async () => {
    const till = await wipeDatabase(await aUsedTill());
    expect(await checkAtStart(till.journal)).toEqual({
      kind: "repaired",
      device: till.key.kid,
      records: 5,
      copies: 2,
    });
    await expectWhole(till);
  });

  it("row 4: the database lost its newest records and its head", async () => {
    const till = await aUsedTill();
    await tamper(till, async (raw) => {
      await raw.table("records").delete([till.key.kid, 4]);
      await raw.table("cases").clear();
    });
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "repaired", records: 1 });
    await expectWhole(till);
  });

  it("row 5, F5: the copy is gone: written anew", async () => {
    const till = await aUsedTill();
    till.journal.safetyCopy.files.clear();
    expect(await checkAtStart(till.journal)).toEqual({ kind: "copy_fixed", device: till.key.kid });
    await expectWhole(till);
  });

  it("row 5, F5: whatever single byte of the copy is damaged, it is found and made good", async () => {
    const till = await aUsedTill();
    const whole = copyOf(till);
    for (let at = 0; at < whole.length; at += 97) {
      setCopy(till, flip(whole, at));
      expect(await checkAtStart(till.journal), `byte ${at}`).toMatchObject({ kind: "copy_fixed" });
      expect(copyOf(till)).toEqual(whole);
    }
  });

  it("row 5, F21: killed between the commit and the copy: the copy is completed", async () => {
    const till = await aUsedTill();
    const before = copyOf(till);
    valueOf(await write(till, [payment(2)]));
    setCopy(till, before);
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "copy_fixed" });
    await expectWhole(till);
  });

  it("row 5, F21: killed while the frame was written: the torn tail is cut", async () => {
    const till = await aUsedTill();
    const before = copyOf(till);
    valueOf(await write(till, [payment(2)]));
    const after = copyOf(till);
    for (let size = before.length; size < after.length; size += 113) {
      setCopy(till, after.slice(0, size));
      expect(await checkAtStart(till.journal), `${size} bytes`).toMatchObject({
        kind: "copy_fixed",
      });
      expect(copyOf(till)).toEqual(after);
    }
  });

  it("row 6, F4: an altered record is replaced by the copy's and kept aside", async () => {
    const till = await aUsedTill();
    await changeToken(till, 3);
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "repaired", records: 1 });
    expect(await till.journal.db.quarantine.count()).toBe(1);
    await expectWhole(till);
  });

  it("row 6, F4: an altered disclosure is found by its digest", async () => {
    const till = await aUsedTill();
    await tamper(till, async (raw) => {
      const row = await raw.table("records").get([till.key.kid, 3]);
      const disclosures = row.disclosures.map((one: string) => one.replace(/^./, "X"));
      await raw.table("records").put({ ...row, disclosures });
    });
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "repaired", records: 1 });
    await expectWhole(till);
  });

  it("row 8: damaged here and there: what verifies on either side is joined", async () => {
    const till = await aUsedTill();
    await changeToken(till, 1);
    const whole = copyOf(till);
    setCopy(till, flip(whole, whole.length - 40));
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "repaired", records: 1 });
    expect(copyOf(till)).toEqual(whole);
    await expectWhole(till);
  });

  it("row 8, F6: damaged at the same place in both: the gap is named and nothing is touched", async () => {
    const till = await aUsedTill();
    await changeToken(till, 4);
    const damaged = flip(copyOf(till), copyOf(till).length - 40);
    setCopy(till, damaged);
    expect(await checkAtStart(till.journal)).toEqual({
      kind: "gaps",
      device: till.key.kid,
      missing: [4],
    });
    expect(copyOf(till)).toEqual(damaged);
    expect(await till.journal.db.records.count()).toBe(5);
  });

  it("row 9: two histories at one number: nothing is chosen", async () => {
    const till = await anOpenTill();
    const other = await aRequest(till, [payment(2)]);
    const before = copyOf(till);
    valueOf(await write(till, [payment(1)]));
    const mine = copyOf(till);
    setCopy(till, before);
    await tamper(till, async (raw) => {
      await raw.table("records").delete([till.key.kid, 3]);
      await raw.table("heads").put({ ...other.base, copySize: before.length });
    });
    valueOf(await appendRecords(till.journal, other));
    setCopy(till, mine);
    till.journal.marks.mark = undefined;
    expect(await checkAtStart(till.journal)).toEqual({
      kind: "two_truths",
      device: till.key.kid,
      seq: 3,
    });
    expect(copyOf(till)).toEqual(mine);
  });

  it("row 10: both below the mark: storage was rolled back", async () => {
    const till = await aUsedTill();
    const mark = till.journal.marks.mark;
    if (mark === undefined) throw new Error("a used till has a mark");
    const later = { ...mark, seq: 7 };
    till.journal.marks.mark = later;
    expect(await checkAtStart(till.journal)).toEqual({
      kind: "partly_lost",
      device: till.key.kid,
      mark: later,
      lastSeq: 4,
    });
  });

  it("row 11: nothing verifies in either store: unreadable, nothing deleted", async () => {
    const till = await wipeDatabase(await aUsedTill());
    const noise = new Uint8Array(5_000).fill(7);
    setCopy(till, noise);
    till.journal.marks.mark = undefined;
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "unreadable" });
    expect(copyOf(till)).toEqual(noise);
  });

  it("X37 row 12, F13: all is gone but the mark: lost, never a first run", async () => {
    const till = await wipeDatabase(await aUsedTill());
    till.journal.safetyCopy.files.clear();
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "lost", mark: { seq: 4 } });
  });

  it("X37 row 12, F13: a wiped database with a copy and no mark is repaired from the copy's name", async () => {
    const till = await wipeDatabase(await aUsedTill());
    till.journal.marks.mark = undefined;
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "repaired", records: 5 });
  });

  it("row 13: nothing anywhere: the first run", async () => {
    const till = await aTill();
    expect(await checkAtStart(till.journal)).toEqual({ kind: "fresh" });
  });

  it("a browser without private files starts with one copy, and says why", async () => {
    const till = await aUsedTill();
    till.journal.safetyCopy.fault = { kind: "no_opfs" };
    expect(await checkAtStart(till.journal)).toMatchObject({
      kind: "ready",
      copies: 1,
      because: "no_opfs",
    });
  });

  it("a copy that is busy while the database is empty is waited for, never a first run", async () => {
    const till = await wipeDatabase(await aUsedTill());
    till.journal.safetyCopy.fault = { kind: "busy" };
    expect(await checkAtStart(till.journal)).toEqual({
      kind: "unreadable",
      because: { kind: "busy" },
    });
  });
});

describe("other states at start", () => {
  it("F24 the stamp of a newer build stops everything", async () => {
    const till = await aUsedTill();
    await tamper(till, (raw) =>
      raw.table("meta").put({ name: "schema", value: schemaVersion + 1 }),
    );
    expect(await checkAtStart(till.journal)).toEqual({ kind: "newer_schema" });
  });

  it("F24 a newer native version stops everything, though Dexie would open it", async () => {
    const till = await aUsedTill();
    till.journal.db.close();
    const newer = new Dexie("refund-desk");
    newer.version(schemaVersion + 1).stores({ meta: "name", records: "[device+seq], &refundNo" });
    await newer.open();
    newer.close();
    const before = await Dexie.dependencies.indexedDB.databases();
    const journal = { ...till.journal, db: openDatabase("refund-desk") };
    expect(await checkAtStart(journal)).toEqual({ kind: "newer_schema" });
    expect(await Dexie.dependencies.indexedDB.databases()).toEqual(before);
  });

  it("F7 projections without their records are rebuilt, and those missing come back", async () => {
    const till = await aUsedTill();
    await tamper(till, (raw) => raw.table("cases").clear());
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "repaired", records: 0 });
    await expectWhole(till);
  });

  it("F40 a refund whose intent was lost with the database is not recorded again", async () => {
    const till = await wipeDatabase(await aUsedTill());
    await checkAtStart(till.journal);
    const again = refund(till, { number: 1, payment: 1, minor: 1_000, left: 4_000, counter: 1 });
    expect(await findSaved(till.journal, aCaseId(1))).toMatchObject({ repeated: true });
    expect(valueOf(await write(till, [again], aCaseId(1)))).toMatchObject({ repeated: true });
    expect(valueOf(await write(till, [again]))).toMatchObject({ repeated: true, copies: 2 });
    expect(await till.journal.db.records.count()).toBe(5);
  });

  it("a lost schema stamp is put back, and writing goes on", async () => {
    const till = await aUsedTill();
    await tamper(till, (raw) => raw.table("meta").clear());
    await expectWhole(till);
  });

  it("an interrupted rebuild is begun again", async () => {
    const till = await aUsedTill();
    await tamper(till, (raw) => raw.table("meta").put({ name: "rebuilding", value: 1 }));
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "ready", copies: 2 });
    await expectWhole(till);
  });

  it("statements that a closed window left half imported are cleared away", async () => {
    const till = await aUsedTill();
    await till.journal.db.statementImports.put({ importId: "half", name: "a.csv" });
    await checkAtStart(till.journal);
    expect(await till.journal.db.statementImports.count()).toBe(0);
  });

  it("looks at the newest 500 records only, and still finds the rest when they are asked for", async () => {
    const till = await aUsedTill();
    for (let number = 10; number < 22; number++)
      valueOf(
        await write(
          till,
          Array.from({ length: 50 }, (_, index) => payment(number * 100 + index)),
        ),
      );
    expect(await checkAtStart(till.journal)).toMatchObject({ kind: "ready", copies: 2 });
    const wiped = await wipeDatabase(till);
    expect(await checkAtStart(wiped.journal)).toMatchObject({ kind: "repaired", records: 605 });
    await expectWhole(wiped);
  });
});
