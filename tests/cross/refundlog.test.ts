import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Roots } from "../../src/ledger/trust-ring.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { prepareBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { ledgerHandedOut } from "../../src/usecases/export-ledger.ts";
import { trustedRoots } from "../../src/usecases/verify-file.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { verifyFile } from "../../src/workers/verify.ts";
import { aShop } from "../support/deps.ts";
import { aDayOfPeople, aPaymentOf, aRefundOf, ledgerFile, valueOf } from "./acts.ts";
import { judge } from "./judge.ts";
import { isDeep } from "../support/deep.ts";

/** What verifying by hand needs besides bash: Debian has both in `apt-get install jq openssl`. */
const lacksTools = ["jq", "openssl"].some(
  (tool) => spawnSync(tool, ["--help"]).error !== undefined,
);
const folder = mkdtempSync(join(tmpdir(), "refund-cross-"));
const options = {
  gradeD: false,
  texts: { reason: (code: string) => code, channel: (code: string) => code },
};

let whole: Uint8Array<ArrayBuffer>;
let later: Uint8Array<ArrayBuffer>;
let people: Uint8Array<ArrayBuffer>;
let roots: Roots;

/** A day of a shop through its use cases: refunds in full and in part, withdrawn, exported, uploaded, arrived. */
beforeAll(async () => {
  const { deps } = await aShop();
  roots = await trustedRoots(deps);
  await aPaymentOf(deps, 3600, "CROSS-0001");
  await aPaymentOf(deps, 10_01, "CROSS-0002");
  const full = await aRefundOf(deps, "CROSS-0001", "full");
  const part = await aRefundOf(deps, "CROSS-0002", 333);
  valueOf(await withdrawRefund(deps, part, "mistake"));
  await aRefundOf(deps, "CROSS-0002", 500);
  const { batchId } = valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
  valueOf(await reportDelivery(deps, batchId, "saved"));
  const first = await ledgerFile(deps, "all");
  await ledgerHandedOut(deps, first);
  whole = first.file.bytes;
  valueOf(await reportUpload(deps, batchId, "商户平台"));
  const evidence = {
    result: "succeeded",
    by: "portal",
    reference: "50300806502026",
    at: instantFromMs(deps.now()),
    evidence: [],
  } as const;
  valueOf(await recordResult(deps, full, evidence));
  later = (await ledgerFile(deps, "new")).file.bytes;
  writeFileSync(join(folder, "whole.refundlog"), whole);
}, 60_000);

/** Another shop's day: decisions by PIN, goods, words, files; its root is trusted as well. */
beforeAll(async () => {
  const { deps } = await aShop();
  roots = new Map([...roots, ...(await trustedRoots(deps))]);
  await aPaymentOf(deps, 36_000, "CROSS-0003");
  await aDayOfPeople(deps, "CROSS-0003");
  people = (await ledgerFile(deps, "all")).file.bytes;
  writeFileSync(join(folder, "people.refundlog"), people);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

const byHand = (file: string, record: number): readonly string[] =>
  execFileSync(
    "bash",
    [fileURLToPath(new URL("./verify-by-hand.sh", import.meta.url)), file, String(record), folder],
    { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
  )
    .trim()
    .split("\n");

const fact = (told: readonly string[], name: string): string | undefined =>
  told.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);

const recordsIn = (bytes: Uint8Array): number =>
  Buffer.from(bytes)
    .toString()
    .split("\n")
    .filter((line) => line.endsWith('"t":"rec"}')).length;

/** The kind of every record, in its order. */
const kindsIn = (bytes: Uint8Array): readonly unknown[] =>
  Buffer.from(bytes)
    .toString()
    .split("\n")
    .filter((line) => line.endsWith('"t":"rec"}'))
    .map((line) => (JSON.parse(line) as { readonly j: string }).j.split(".")[1] ?? "")
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as { kind: unknown })
    .map(({ kind }) => kind);

/** The first record of each kind, once in both files, with the one before it; every record under DEEP=1. */
const judgedByHand = (bytes: Uint8Array): readonly number[] => {
  const kinds = kindsIn(bytes);
  const earlier = new Set(bytes === whole ? [] : kindsIn(whole));
  const isFirst = (at: number): boolean =>
    kinds.indexOf(kinds[at]) === at && !earlier.has(kinds[at]);
  const all = Array.from(kinds, (_, at) => at);
  return isDeep ? all : all.filter((at) => isFirst(at) || (at + 1 < all.length && isFirst(at + 1)));
};

const appFindings = async (bytes: Uint8Array<ArrayBuffer>): Promise<readonly string[]> => {
  const request = { file: new Blob([bytes]), roots, pins: [] };
  const context = { progress: () => undefined, signal: new AbortController().signal };
  return valueOf(await verifyFile(request, context)).findings.map(({ code }) => code);
};

const flipped = (bytes: Uint8Array<ArrayBuffer>, at: number, bit: number) => {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
};

/** Evenly spread places, each with another bit; every byte with every bit under DEEP=1. */
const places = (length: number, count: number): readonly (readonly [at: number, bit: number])[] =>
  isDeep
    ? Array.from({ length: length * 8 }, (_, index) => [index >> 3, index & 7] as const)
    : Array.from(
        { length: count },
        (_, index) => [Math.floor((index * length) / count), index % 8] as const,
      );

describe("a .refundlog of the app, judged by others", () => {
  test("jose finds every signature good, the chain whole and the manifest true", async () => {
    const verdict = await judge(whole);
    expect(verdict).toMatchObject({ faults: [], records: recordsIn(whole) });
    expect(new Set(verdict.refunds).size).toBe(3);
    expect(recordsIn(whole)).toBeGreaterThan(10);
  });

  test("jose finds the incremental file good as well, beginning where the first ended", async () => {
    const { faults, records } = await judge(later);
    expect(faults).toEqual([]);
    expect(records).toBeGreaterThan(1);
    expect(Buffer.from(later).toString()).toContain(`"from":${recordsIn(whole)},`);
  });

  test("jose finds decisions, goods, words and files of people good as well", async () => {
    const { faults, records, refunds } = await judge(people);
    expect([faults, records, new Set(refunds).size]).toEqual([[], recordsIn(people), 2]);
    expect(await appFindings(people)).toEqual([]);
    expect(kindsIn(people)).toEqual(expect.arrayContaining(["decide", "goods", "contact"]));
  });

  test.skipIf(lacksTools).each(["whole", "people"])(
    "openssl on the command line verifies records and their place in the chain: %s",
    (name) => {
      const bytes = name === "whole" ? whole : people;
      const hashes = new Map<number, string | undefined>();
      for (const record of judgedByHand(bytes)) {
        const told = byHand(join(folder, `${name}.refundlog`), record);
        expect(told[0]).toBe("Verified OK");
        if (hashes.has(record - 1)) expect(fact(told, "prev")).toBe(hashes.get(record - 1));
        expect(fact(told, "bytes")).toBe(fact(told, "manifest"));
        hashes.set(record, fact(told, "hash"));
      }
      expect(hashes.size).toBeGreaterThan(isDeep ? 10 : 4);
    },
    120_000,
  );

  test.skipIf(lacksTools)("openssl refuses a record of which one byte was changed", () => {
    const text = Buffer.from(whole).toString("latin1");
    const at = text.indexOf('"j":"', text.indexOf('"t":"rec"')) + 300;
    const other = text[at] === "A" ? "B" : "A";
    const file = join(folder, "changed.refundlog");
    writeFileSync(file, text.slice(0, at) + other + text.slice(at + 1), "latin1");
    expect(() => byHand(file, 1)).toThrow();
  });

  test(
    "one flipped bit anywhere is found by jose",
    { timeout: isDeep ? 7_200_000 : 60_000 },
    async () => {
      const missed: number[] = [];
      for (const [at, bit] of places(whole.length, 300))
        if ((await judge(flipped(whole, at, bit))).faults.length === 0) missed.push(at);
      expect(missed).toEqual([]);
    },
  );

  test(
    "one flipped bit anywhere is found by the app",
    { timeout: isDeep ? 7_200_000 : 60_000 },
    async () => {
      expect(await appFindings(whole)).toEqual([]);
      const missed: number[] = [];
      for (const [at, bit] of places(whole.length, 150)) {
        const codes = await appFindings(flipped(whole, at, bit));
        if (!codes.some((code) => code.startsWith("E_"))) missed.push(at);
      }
      expect(missed).toEqual([]);
    },
  );
});
