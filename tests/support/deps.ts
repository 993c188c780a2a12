import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import Dexie from "dexie";
import { CNY } from "../../src/domain/currency.ts";
import { firstOwner } from "../../src/domain/ids.ts";
import { findZone, type Zone } from "../../src/domain/instant.ts";
import { practiceRows } from "../../src/domain/practice-day.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { ok } from "../../src/domain/result.ts";
import { newOddRows } from "../../src/domain/overpay/odd-rows.ts";
import { packBlock } from "../../src/domain/statements/statement-block.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import type { Journal } from "../../src/storage/append-record.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { listStaff } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import type { ReadStatementFile } from "../../src/usecases/import-statement.ts";
import { openShop, type SetUpDeps } from "../../src/usecases/open-shop.ts";
import type { SecretKeys } from "../../src/usecases/secret-keys.ts";
import { aKey, random, verify } from "./crypto.ts";
import { memoryMarks } from "./memory-marks.ts";
import { memorySafetyCopy } from "./memory-safety-copy.ts";

/** A clock that a test moves by hand, from 2026-11-22 14:02 in Shanghai. */
export type TestClock = { ms: number };

const zone = findZone("Asia/Shanghai") as Zone;

/** One after another, as the Web Lock would. */
const queue = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
};

/** Keys that are wrapped under nothing but compared with their secret: only for tests. */
const secretKeys = (): SecretKeys => {
  const kept = new Map<string, { secret: string; key: Awaited<ReturnType<typeof aKey>> }>();
  return {
    wrapNew: async (secret) => {
      const key = await aKey();
      kept.set(key.kid, { secret, key });
      return { jwk: key.jwk, sign: key.sign, envelope: { kid: key.kid, jwk: key.jwk } };
    },
    open: async (secret, envelope) => {
      const found = kept.get(envelope["kid"] as string);
      return found?.secret === secret
        ? ok(found.key.sign)
        : { ok: false, fault: { kind: "wrong_secret" } };
    },
  };
};

const newJournal = (training: boolean): Journal => ({
  db: openDatabase(training ? "refund-desk-training" : "refund-desk"),
  safetyCopy: memorySafetyCopy(),
  marks: memoryMarks(),
  copyName: (device) => `${device}.bin`,
});

export type TestShop = {
  readonly deps: Deps;
  readonly clock: TestClock;
  readonly setUp: SetUpDeps;
  readonly recoveryCode: string;
};

/** A device that nobody has used yet: its own empty browser, key and code. */
export type EmptyDevice = {
  readonly setUp: SetUpDeps;
  readonly clock: TestClock;
  readonly key: Awaited<ReturnType<typeof aKey>>;
};

export const anEmptyDevice = async ({ training = false } = {}): Promise<EmptyDevice> => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const clock: TestClock = { ms: Date.parse("2026-11-22T06:02:00Z") };
  const key = await aKey();
  const setUp: SetUpDeps = {
    journal: newJournal(training),
    training,
    app: "0.1.0+test",
    verify,
    random,
    now: () => (clock.ms += 1000),
    sinceStart: () => [1, clock.ms - Date.parse("2026-11-22T06:02:00Z")],
    pause: () => Promise.resolve(),
    onSaved: () => undefined,
    exclusively: queue(),
    secretKeys: secretKeys(),
    newRecoveryCode: async () => "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF",
    newDeviceKey: async () => ok({ jwk: key.jwk, sign: key.sign }),
  };
  return { setUp, clock, key };
};

/** What use cases need on a device that has its place in a shop, the owner at it. */
export const openedDeps = async ({ setUp, key }: EmptyDevice): Promise<Deps> => {
  const { db } = setUp.journal;
  const enrolment = await findEnrolment(db);
  const person = (await listStaff(db)).find((one) => one.staff === firstOwner);
  return {
    ...setUp,
    device: key.kid,
    jwk: key.jwk,
    sign: key.sign,
    certificate: enrolment?.certificate ?? "",
    calendar: { zone, cutoffMinutes: 0 },
    staff: () => person,
  };
};

/** An open shop on an empty browser: real records, signatures and storage; fake clock, lock and key wrapping. */
export const aShop = async ({ training = false } = {}): Promise<TestShop> => {
  const device = await anEmptyDevice({ training });
  const { setUp, clock } = device;
  const shop = { name: "小林饰品摊", currency: CNY, zone };
  const opened = await openShop(setUp, { shop, ownerName: "小林", pin: "739182" });
  if (!opened.ok) throw new Error(opened.fault.kind);
  const deps = await openedDeps(device);
  return { deps, clock, setUp, recoveryCode: opened.value.recoveryCode };
};

/** The rows of the practice day, as a statement would bring them. */
export const someRows = (deps: Deps): readonly StatementRow[] =>
  practiceRows(instantFromMs(deps.now()), deps.calendar).map((row) =>
    Object.assign({ digest: hashText(JSON.stringify(row)) }, row),
  );

/** A reader of statements that brings these rows, whatever the file. */
export const readerOf =
  (rows: readonly StatementRow[], fileDigest: string): ReadStatementFile =>
  async (_file, { onPart, usual }) => {
    await onPart({ kind: "blocks", first: 0, blocks: [packBlock(rows)] });
    const minor = rows.reduce((sum, row) => sum + row.minor, 0);
    const none = { count: 0, minor: 0 };
    const odd = newOddRows(usual);
    rows.forEach(odd.take);
    return ok({
      odd: odd.finish(),
      fileDigest,
      newRows: rows.length,
      knownRows: 0,
      summary: {
        layout: "wechat_all",
        acquirer: "wechatpay",
        encoding: "utf-8",
        firstDay: undefined,
        lastDay: undefined,
        rows: rows.length,
        sums: [
          {
            currency: CNY,
            payments: { count: rows.length, minor },
            refunds: none,
            revoked: none,
            income: none,
            expense: none,
          },
        ],
        firstRows: [],
        totals: [],
        problems: [],
        problemCount: 0,
        notes: [],
      },
    });
  };
