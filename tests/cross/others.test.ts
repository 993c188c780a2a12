import { execFileSync, spawnSync } from "node:child_process";
import {
  createHash,
  createPublicKey,
  verify as verifySignature,
  type JsonWebKey,
} from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SDJwtInstance } from "@sd-jwt/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Roots } from "../../src/ledger/trust-ring.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import { trustedRoots } from "../../src/usecases/verify-file.ts";
import { verifyFile } from "../../src/workers/verify.ts";
import { aShop } from "../support/deps.ts";
import { aDayOfPeople, aPaymentOf, ledgerFile, valueOf } from "./acts.ts";

/** Debian has it in `apt-get install python3-joserfc`, others by `pip install joserfc`. */
const lacksJoserfc = spawnSync("python3", ["-c", "import joserfc"]).status !== 0;

type Line = {
  readonly t: string;
  readonly j: string;
  readonly d: readonly string[];
  readonly jwk?: JsonWebKey;
};

const linesOf = (bytes: Uint8Array): readonly Line[] =>
  Buffer.from(bytes)
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

const folder = mkdtempSync(join(tmpdir(), "refund-others-"));
const at = (name: string): string => join(folder, name);

let people: Uint8Array<ArrayBuffer>;
let erased: Uint8Array<ArrayBuffer>;
let roots: Roots;

/** A day with decisions, goods and files, before and after the customer of one refund was erased. */
beforeAll(async () => {
  const { deps } = await aShop();
  roots = await trustedRoots(deps);
  await aPaymentOf(deps, 36_000, "OTHERS-0001");
  const caseId = await aDayOfPeople(deps, "OTHERS-0001");
  people = (await ledgerFile(deps)).file.bytes;
  valueOf(await eraseCustomer(deps, { caseId, payer: true, why: "request" }));
  erased = (await ledgerFile(deps)).file.bytes;
  writeFileSync(at("people.refundlog"), people);
  writeFileSync(at("erased.refundlog"), erased);
  writeFileSync(at("trust.json"), JSON.stringify({ roots: Object.fromEntries(roots) }));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

const codesOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<readonly string[]> => {
  const request = { file: new Blob([bytes]), roots, pins: [] };
  const context = { progress: () => undefined, signal: new AbortController().signal };
  return valueOf(await verifyFile(request, context)).findings.map(({ code }) => code);
};

/** Knows the key of the file and nothing else of us. */
const libraryFor = (lines: readonly Line[]) => {
  const jwk = lines.find(({ t }) => t === "key")?.jwk;
  if (jwk === undefined) throw new Error("no key");
  const key = createPublicKey({ key: jwk, format: "jwk" });
  return new SDJwtInstance({
    hasher: (data, alg) =>
      new Uint8Array(
        createHash(alg.replace("-", ""))
          .update(typeof data === "string" ? data : new Uint8Array(data))
          .digest(),
      ),
    hashAlg: "sha-256",
    verifier: (data, signature) =>
      verifySignature(
        "sha256",
        Buffer.from(data),
        { key, dsaEncoding: "ieee-p1363" },
        Buffer.from(signature, "base64url"),
      ),
  });
};

const records = (bytes: Uint8Array): readonly Line[] =>
  linesOf(bytes).filter(({ t }) => t === "rec");

const asToken = ({ j, d }: Pick<Line, "j" | "d">): string => [j, ...d, ""].join("~");

describe("@sd-jwt/core", () => {
  test("refundlog §21.5 verifies every record and reads what it discloses", async () => {
    const library = libraryFor(linesOf(people));
    for (const record of records(people)) {
      const { payload } = await library.verify(asToken(record));
      expect(payload).toHaveProperty("det.ctx.staff");
      expect(payload).not.toHaveProperty("_sd");
    }
  });

  test("refundlog §10 verifies it with fewer disclosures: without `cust`, without `ctx`, without any", async () => {
    const library = libraryFor(linesOf(people));
    const told = records(people).filter(({ d }) => d.length === 3);
    expect(told.length).toBeGreaterThan(3);
    for (const { j, d } of told) {
      const [det = "", ctx = "", cust = ""] = d;
      const all = await library.verify(asToken({ j, d }));
      expect(all.payload).toHaveProperty("det.cust");
      const withheld = await library.verify(asToken({ j, d: [det, ctx] }));
      expect(withheld.payload).not.toHaveProperty("det.cust");
      expect((await library.verify(asToken({ j, d: [det, cust] }))).payload).toHaveProperty(
        "det.cust",
      );
      expect((await library.verify(asToken({ j, d: [] }))).payload).not.toHaveProperty("det");
    }
  });

  test("X41 verifies the records of an erased customer as they are handed out", async () => {
    const library = libraryFor(linesOf(erased));
    for (const record of records(erased)) await library.verify(asToken(record));
    expect(records(erased).filter(({ d }) => d.length === 3).length).toBeLessThan(
      records(people).filter(({ d }) => d.length === 3).length,
    );
  });

  test("refundlog §21.5 refuses a changed record; a disclosure nobody names it lets pass, and we do not", async () => {
    const lines = linesOf(people);
    const library = libraryFor(lines);
    const [first, second] = records(people);
    if (first === undefined || second === undefined) throw new Error("no records");
    const changed = first.j.replace(
      /\.(.)/,
      (_, letter: string) => `.${letter === "A" ? "B" : "A"}`,
    );
    await expect(library.verify(asToken({ j: changed, d: first.d }))).rejects.toThrow();
    const foreign = { j: first.j, d: [...first.d, ...second.d.slice(1, 2)] };
    await library.verify(asToken(foreign));
    const text = Buffer.from(people).toString();
    const smuggled = text.replace(JSON.stringify(first.d), JSON.stringify(foreign.d));
    expect(await codesOf(new TextEncoder().encode(smuggled))).toContain("E_SD_UNREFERENCED");
  });
});

type Told = {
  readonly faults: readonly string[];
  readonly records?: number;
  readonly root?: string;
};

const inPython = (trust: string, ...files: readonly string[]): readonly Told[] =>
  execFileSync(
    "python3",
    [fileURLToPath(new URL("./judge.py", import.meta.url)), trust, ...files],
    { encoding: "utf8" },
  )
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Told);

describe.skipIf(lacksJoserfc)(
  "a verifier in Python, by joserfc and the specification alone",
  () => {
    test("refundlog §21.5 finds the app's files good, with the root that the app signed", async () => {
      const told = inPython(at("trust.json"), at("people.refundlog"), at("erased.refundlog"));
      expect(told.map(({ faults }) => faults)).toEqual([[], []]);
      expect(told.map((one) => one.records)).toEqual(
        [people, erased].map((bytes) => records(bytes).length),
      );
      expect(new Set(told.map(({ root }) => root)).size).toBe(2);
    });

    test("finds the published example good", () => {
      const [told] = inPython("public/docs/example.trust.json", "public/docs/example.refundlog");
      const { j = "" } = linesOf(readFileSync("public/docs/example.refundlog")).at(-1) ?? {};
      const manifest = JSON.parse(Buffer.from(j.split(".")[1] ?? "", "base64url").toString()) as {
        readonly root: string;
      };
      expect(told).toMatchObject({ faults: [], root: manifest.root });
    });

    const erasedElsewhere = ["erase-2", "erase-2_told", "erase-2_home"];
    const golden = ["0.2", "0.3", "0.3_part", "0.3_other-till", "every-kind", ...erasedElsewhere];

    test.each(golden)("refundlog §21.12 X41 finds %s of every version good", (name) => {
      const file = `tests/fixtures/ledgers/${name}.refundlog`;
      const trust = `tests/fixtures/ledgers/${name.split("_")[0]}.trust.json`;
      expect(inPython(trust, file)).toMatchObject([{ faults: [] }]);
    });

    test("finds one flipped bit anywhere", { timeout: 120_000 }, () => {
      const files = Array.from({ length: 80 }, (_, index) => {
        const place = Math.floor((index * people.length) / 80);
        const copy = people.slice();
        copy[place] = (copy[place] ?? 0) ^ (1 << (index % 8));
        writeFileSync(at(`flipped-${index}.refundlog`), copy);
        return at(`flipped-${index}.refundlog`);
      });
      const missed = inPython(at("trust.json"), ...files).flatMap(({ faults }, index) =>
        faults.length === 0 ? [index] : [],
      );
      expect(missed).toEqual([]);
    });
  },
);
