import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DeviceId, Hash, StaffId } from "../../src/domain/ids.ts";
import type { Zone } from "../../src/domain/instant.ts";
import { decodeBase64url, hashBytes } from "../../src/ledger/base64url.ts";
import { makeDisclosure, openDisclosures } from "../../src/ledger/disclosure.ts";
import { parseStrict, type JsonObject } from "../../src/ledger/canonical.ts";
import { verifyJws } from "../../src/ledger/jws.ts";
import { edgeOf, emptyEdge, leafHash } from "../../src/ledger/merkle.ts";
import { parseRecordLine } from "../../src/ledger/record-line.ts";
import type { Jwk, SignedRecord } from "../../src/ledger/record.ts";
import { sealClaims, type ChainHead, type Said } from "../../src/ledger/seal.ts";
import { writeRefundlog, type ExportPlan } from "../../src/ledger/write-refundlog.ts";
import { plainRoot } from "../support/rfc6962.ts";
import { aKey, random, verify, type TestKey } from "../support/crypto.ts";

const folder = "../shared/data/vectors/refundlog";

type Line = JsonObject & { t: string; j: string };

const readFile = (text: string) => {
  const lines = text.split("\n").slice(0, -1);
  const parsed = lines.map((line) => JSON.parse(line) as Line);
  const tokens = (t: string) => parsed.filter((line) => line.t === t).map((line) => line.j);
  const records = lines
    .filter((_, index) => parsed[index]?.t === "rec")
    .map((line) => {
      const record = parseRecordLine(line);
      if (!record.ok) throw new Error(record.fault.kind);
      return record.value;
    });
  return { text, lines, parsed, tokens, records };
};

const payloadOf = (jws: string): JsonObject =>
  JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString()) as JsonObject;

const collect = async (plan: ExportPlan, key: TestKey): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of writeRefundlog(plan, key)) parts.push(part);
  return Buffer.concat(parts).toString();
};

type File = ReturnType<typeof readFile>;

const planOf = (file: File, before: readonly SignedRecord[], attachments: File): ExportPlan => {
  const head = file.parsed[0] as unknown as Pick<ExportPlan, "created" | "from" | "to" | "xid"> & {
    dev: DeviceId;
  };
  const byDigest = new Map(
    attachments.parsed
      .filter((line) => line.t === "att")
      .map((line) => [line["sha256"], decodeBase64url(String(line["b64"]))]),
  );
  return {
    ...head,
    device: head.dev,
    omit: [],
    keys: file.parsed
      .filter((line) => line.t === "key")
      .map(({ cert, jwk }) => ({ cert: String(cert), jwk: jwk as Jwk })),
    records: file.records,
    edge: edgeOf(before.map(({ jwt }) => leafHash(jwt))),
    tokens: {
      ack: file.tokens("ack"),
      wit: file.tokens("wit"),
      cp: file.tokens("cp"),
      status: file.tokens("status"),
    },
    findAttachment: (digest) => Promise.resolve(byDigest.get(digest)),
  };
};

const openFile = (name: string) => readFile(readFileSync(`${folder}/${name}`, "utf8"));

const endOf = (text: string) => text.lastIndexOf("\n", text.length - 2) + 1;

const namesIn = (file: File) => {
  const found = file.records.flatMap((record) => {
    const opened = openDisclosures(payloadOf(record.jwt), record.disclosures);
    expect(opened.faults).toEqual([]);
    return (["det", "ctx", "cust"] as const).filter((name) => opened[name] !== undefined);
  });
  return [...new Set(found)].sort();
};

const referredBy = (file: File) =>
  file.records.flatMap(({ jwt, disclosures }) => {
    const { det, cust } = openDisclosures(payloadOf(jwt), disclosures);
    return [det, cust].flatMap((value) => (value?.["ev"] ?? []) as { sha256: Hash }[]);
  });

const carriedBy = (file: File) =>
  file.parsed.filter((line) => line.t === "att").map((line) => line["sha256"]);

describe.skipIf(!existsSync(folder))(
  "the example file written again (needs ../shared/data)",
  () => {
    it("gives the same 96,765 bytes and the same manifest", async () => {
      const example = openFile("example.refundlog");
      const key = await aKey();
      const again = await collect(planOf(example, [], example), key);
      expect(again.slice(0, endOf(again))).toBe(example.text.slice(0, endOf(example.text)));
      const manifest = payloadOf(readFile(again).tokens("end")[0] ?? "");
      expect(manifest).toEqual(payloadOf(example.tokens("end")[0] ?? ""));
      expect(manifest["bytes"]).toBe(96_765);
    });

    it("gives the same part from record 60, with the edge of the tree before it", async () => {
      const [example, part] = [openFile("example.refundlog"), openFile("example.part.refundlog")];
      const key = await aKey();
      const again = await collect(planOf(part, example.records.slice(0, 60), example), key);
      expect(readFile(again).lines.slice(0, -1)).toEqual(part.lines.slice(0, -1));
      expect(payloadOf(readFile(again).tokens("end")[0] ?? "")).toEqual(
        payloadOf(part.tokens("end")[0] ?? ""),
      );
    });

    it("signs the manifest with the device's key, as the last line", async () => {
      const example = openFile("example.refundlog");
      const key = await aKey();
      const again = readFile(await collect(planOf(example, [], example), key));
      const end = again.tokens("end")[0] ?? "";
      expect((await verifyJws(end, "refund-export+jwt", () => key.jwk, verify)).ok).toBe(true);
      expect(again.parsed.at(-1)?.t).toBe("end");
      expect(again.text.endsWith("\n")).toBe(true);
      for (const line of again.lines) expect(parseStrict(line).ok).toBe(true);
    });

    it("keeps back what is omitted, the attachments of cust with cust, and nothing that it still refers to", async () => {
      const example = openFile("example.refundlog");
      const key = await aKey();
      const plan = planOf(example, [], example);
      const withOmit = async (...omit: ExportPlan["omit"]) =>
        readFile(await collect({ ...plan, omit }, key));
      const noCust = await withOmit("cust");
      expect(namesIn(noCust)).toEqual(["ctx", "det"]);
      expect(new Set(carriedBy(noCust))).toEqual(
        new Set(referredBy(noCust).map((ev) => ev.sha256)),
      );
      expect(namesIn(await withOmit("ctx"))).toEqual(["cust", "det"]);
      const noDet = await withOmit("det");
      expect(namesIn(noDet)).toEqual([]);
      expect(noDet.parsed[0]?.["omit"]).toEqual(["ctx", "cust", "det"]);
      const noAtt = await withOmit("att");
      expect(carriedBy(noAtt)).toEqual([]);
      expect(namesIn(noAtt)).toEqual(["ctx", "cust", "det"]);
    });

    it("refuses a plan whose records do not follow each other or end too early", async () => {
      const example = openFile("example.refundlog");
      const key = await aKey();
      const plan = planOf(example, [], example);
      const records = example.records.filter((record) => record.seq !== 5);
      await expect(collect({ ...plan, records }, key)).rejects.toThrow();
      const short = example.records.slice(0, -1);
      await expect(collect({ ...plan, records: short }, key)).rejects.toThrow();
    });
  },
);

const sealMany = async (key: TestKey, count: number): Promise<readonly SignedRecord[]> => {
  const seal = { jwk: key.jwk, sign: key.sign, verify, random };
  const context = {
    device: key.kid,
    iat: 1_767_600_037,
    training: false,
    app: "1.0.0+3f2c1a9",
    clock: [1, 37_000] as const,
    staff: "s1" as StaffId,
    zone: "Asia/Shanghai" as Zone,
  };
  const xid = "A".repeat(22);
  const shop = { cur: "CNY", name: "张记小吃", tz: "Asia/Shanghai" };
  const genesis = { kind: "genesis", jwk: key.jwk, label: "T7", pre: "R7" } as const;
  const saidAt = (seq: number): Said => {
    if (seq === 0) return { claims: { core: genesis, det: { shop } } };
    const core = seq === count - 1 ? ({ kind: "export", xid } as const) : null;
    const refs = [seq - 1];
    const money = { kind: "money", st: "processing", by: "support", refs } as const;
    return { claims: { core: core ?? money, det: core ? {} : { ticket: `T-${seq}` } } };
  };
  const records: SignedRecord[] = [];
  let head: ChainHead | undefined;
  for (let seq = 0; seq < count; seq++) {
    const sealed = await sealClaims(saidAt(seq), head, context, seal);
    records.push(sealed.record);
    head = sealed.head;
  }
  return records;
};

const freshPlan = (key: TestKey, records: readonly SignedRecord[]): ExportPlan => ({
  created: 1_767_600_037,
  device: key.kid,
  from: 0,
  to: records.length - 1,
  xid: "A".repeat(22),
  omit: [],
  keys: [],
  records,
  edge: emptyEdge,
  tokens: { ack: [], wit: [], cp: [], status: [] },
  findAttachment: () => Promise.resolve(undefined),
});

const linesBeforeEnd = (text: string) => text.split("\n").slice(0, -2);

describe("a fresh file", () => {
  it("says in its manifest what node's SHA-256 and a plain recursion say of its bytes", async () => {
    const key = await aKey();
    const records = await sealMany(key, 23);
    const text = await collect(freshPlan(key, records), key);
    const before = text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1);
    expect(payloadOf(readFile(text).tokens("end")[0] ?? "")).toEqual({
      att: 0,
      bytes: Buffer.byteLength(before),
      edge: [],
      from: 0,
      head: records.at(-1)?.hash,
      iat: 1_767_600_037,
      rec: 23,
      root: plainRoot(records.map(({ jwt }) => jwt)),
      sha256: createHash("sha256").update(before).digest("base64url"),
      to: 22,
      v: 1,
      xid: "A".repeat(22),
    });
  });

  it("takes its records from a stream as well", async () => {
    const key = await aKey();
    const records = await sealMany(key, 3);
    async function* stream() {
      for (const record of records) yield await Promise.resolve(record);
    }
    const plan = freshPlan(key, records);
    const streamed = await collect({ ...plan, records: stream() }, key);
    expect(linesBeforeEnd(streamed)).toEqual(linesBeforeEnd(await collect(plan, key)));
  });

  it.each([0, 1, 2, 3])(
    "carries a file that a record names, wherever its name falls in base64url: %i bytes on",
    async (before) => {
      const key = await aKey();
      const [record] = await sealMany(key, 1);
      if (record === undefined) throw new Error("nothing was sealed");
      const file = hashBytes(Uint8Array.of(before));
      const ev = [{ k: "slip", sha256: file, size: 1, type: "image/jpeg" }];
      const { text } = makeDisclosure("det", { a: "x".repeat(before), ev }, random);
      const plan = freshPlan(key, [{ ...record, disclosures: [text] }]);
      const findAttachment = () => Promise.resolve(Uint8Array.of(before));
      const written = await collect({ ...plan, findAttachment }, key);
      expect(readFile(written).parsed.find(({ t }) => t === "att")?.["sha256"]).toBe(file);
    },
  );

  it("§20 seals 1,000 records and writes them within seconds", { timeout: 30_000 }, async () => {
    const key = await aKey();
    const begun = performance.now();
    const records = await sealMany(key, 1000);
    const sealed = performance.now();
    await collect(freshPlan(key, records), key);
    const written = performance.now();
    expect(sealed - begun).toBeLessThan(10_000);
    expect(written - sealed).toBeLessThan(5_000);
  });
});
