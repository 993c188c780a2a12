import { describe, expect, test } from "vitest";
import { encodeBase64url, hashText, toBytes } from "../../src/ledger/base64url.ts";
import { writeStrict, type JsonObject } from "../../src/ledger/canonical.ts";
import { digestOf, makeDisclosure } from "../../src/ledger/disclosure.ts";
import { findings, severityOf, type FindingCode } from "../../src/ledger/findings.ts";
import { withLowS } from "../../src/ledger/jws.ts";
import type { VerifyReport } from "../../src/ledger/verify-report.ts";
import { aKey, random, type TestKey } from "../support/crypto.ts";
import {
  aBatch,
  aBench,
  aNumber,
  anApproval,
  anAssertion,
  anAttachment,
  aPayment,
  aRefund,
  add,
  claimsOf,
  codesOf,
  decide,
  enrol,
  exported,
  judge,
  places,
  rootAt,
  start,
  token,
  told,
  writeFile,
  type Bench,
  type FileOptions,
} from "./rules-bench.ts";

type Attack = (bench: Bench) => Promise<VerifyReport>;

/** Judges the file of a bench after something was done to it. */
const after =
  (act: (bench: Bench) => Promise<unknown>, options: FileOptions = {}): Attack =>
  async (bench) => {
    await act(bench);
    return await judge(bench, await writeFile(bench, options));
  };

const withFile =
  (options: (bench: Bench) => FileOptions | Promise<FileOptions>): Attack =>
  async (bench) =>
    judge(bench, await writeFile(bench, await options(bench)));

const withBytes =
  (change: (bytes: Uint8Array) => Uint8Array): Attack =>
  async (bench) =>
    judge(bench, change(await writeFile(bench)));

const withText = (change: (text: string) => string): Attack =>
  withBytes((bytes) => toBytes(change(Buffer.from(bytes).toString())));

const withLine = (line: JsonObject): Attack =>
  withFile((bench) => {
    bench.tail.push(line);
    return {};
  });

/** A token whose header says what it should not. */
const forge = async (header: JsonObject, payload: JsonObject, key: TestKey): Promise<string> => {
  const signed = [header, payload]
    .map((part) => encodeBase64url(toBytes(writeStrict(part))))
    .join(".");
  return `${signed}.${encodeBase64url(withLowS(await key.sign(toBytes(signed))))}`;
};

/** Puts another token in the place of the record before the export. */
const withRecord = (j: (bench: Bench) => Promise<string> | string): Attack =>
  withFile(async (bench) => {
    const at = bench.records.length - 1;
    const forged = await j(bench);
    return {
      records: (all) => all.map((record, seq) => (seq === at ? { ...record, j: forged } : record)),
    };
  });

const recordHeader = (bench: Bench) => ({
  alg: "ES256",
  kid: bench.till.kid,
  typ: "refund+sd-jwt",
});

const withHeader = (change: (bench: Bench) => JsonObject): Attack =>
  withRecord((bench) =>
    forge(
      { ...recordHeader(bench), ...change(bench) },
      claimsOf(bench, bench.records.length - 1),
      bench.till,
    ),
  );

const refunded =
  (core: JsonObject, det: JsonObject = {}, paid: JsonObject = {}): Attack =>
  async (bench) => {
    const payment = await aPayment(bench, paid);
    await aRefund(bench, payment, core, det);
    return judge(bench, await writeFile(bench));
  };

/** A refund that waits for the owner. */
const needing = async (bench: Bench, by = "other", staff = "s2"): Promise<number> => {
  const payment = await aPayment(bench);
  return await aRefund(bench, payment, {}, { need: { by, why: ["limit"] } }, { staff });
};

const withPin =
  (pin: (bench: Bench) => Promise<string>): Attack =>
  async (bench) => {
    const source = await writeFile(bench);
    return judge(bench, source, { pins: [await pin(bench)] });
  };

const checkpointOf = (bench: Bench, over: JsonObject = {}, key = bench.till) => {
  const claims = {
    head: bench.records[3]?.hash,
    iat: start,
    nonce: "n",
    root: rootAt(bench, 3),
    seq: 3,
    v: 1,
  };
  return token("refund-cp+jwt", { ...claims, ...over }, key);
};

/** An ack of everything up to record 6, with its record. */
const acknowledge = async (bench: Bench, over: JsonObject = {}, core: JsonObject = {}) => {
  const seq = 6;
  const head = bench.records[seq]?.hash;
  const claims = {
    dev: bench.till.kid,
    head,
    iat: start + 250,
    root: rootAt(bench, seq),
    seq,
    v: 1,
    ...over,
  };
  const j = await token("refund-ack+jwt", claims, bench.office);
  await add(bench, {
    kind: "ack",
    ah: hashText(j),
    by: bench.office.kid,
    h: head,
    s: seq,
    ...core,
  });
  bench.tail.push({ j, t: "ack" });
};

const statusOf = (bench: Bench, kid: string, seq: number, h = bench.records[3]?.hash) =>
  token(
    "refund-status+jwt",
    { iat: start, list: [{ h, kid, seq, why: "lost" }], v: 1 },
    bench.office,
  );

const withAttachment =
  (
    change: (attachment: ReturnType<typeof anAttachment>) => { ev?: JsonObject; line?: JsonObject },
  ): Attack =>
  async (bench) => {
    const attachment = anAttachment(new Uint8Array([1, 2, 3]));
    const { ev, line } = change(attachment);
    await aPayment(bench, {}, ev === undefined ? {} : { ev: [ev] });
    return judge(bench, await writeFile(bench, { attachments: line === undefined ? [] : [line] }));
  };

/** A record with personal data whose disclosure is gone. */
const withoutCust = async (bench: Bench): Promise<{ seq: number; digest: string }> => {
  const seq = (await aPayment(bench, {}, {}, { cust: { name: "王" } })).seq;
  const record = bench.records[seq];
  if (record === undefined) throw new Error("just added");
  const digest = digestOf(record.d[2] ?? "");
  bench.records[seq] = { ...record, d: record.d.slice(0, 2) };
  return { seq, digest };
};

const changeDisclosures = (change: (d: readonly string[]) => readonly string[]): Attack =>
  withFile(() => ({
    records: (all) => all.map(({ j, d }, seq) => ({ j, d: seq === 3 ? change(d) : d })),
  }));

/** The signature of one record under the content of another. */
const withContentOf = (content: string, signature: string): string =>
  [...content.split(".").slice(0, 2), signature.split(".")[2]].join(".");

const attacks: Readonly<Partial<Record<FindingCode, Attack>>> = {
  E_FILE_TRUNCATED: withBytes((bytes) => bytes.slice(0, -1)),
  E_FILE_LENGTH: withFile(() => ({ manifest: { bytes: 5 } })),
  E_FILE_DIGEST: withFile(() => ({ manifest: { sha256: hashText("other") } })),
  E_UTF8: withBytes((bytes) => bytes.map((byte, at) => (at === 12 ? 0xff : byte))),
  E_LINE_ENDINGS: withText((text) => text.replace("\n", "\r\n")),
  E_CANON: withText((text) => text.replace('{"created"', '{ "created"')),
  E_LINE_TYPE: withLine({ t: "note" }),
  E_LIMIT: withBytes(
    (bytes) => new Uint8Array([...bytes, ...new Uint8Array(9 << 20).fill(32), 10]),
  ),
  E_VERSION: withFile(() => ({ head: { fmt: "refundlog/2" } })),
  E_B64: withRecord(() => "A.A=.A"),
  E_JWS: withRecord(() => "A.A"),
  E_HEADER: withHeader(() => ({ jwk: {} })),
  E_TYP: withHeader(() => ({ typ: "refund-cp+jwt" })),
  E_ALG: withHeader(() => ({ alg: "none" })),
  E_SIG: withFile(() => ({
    records: (all) =>
      all.map(({ j, d }, seq) => ({ j: seq === 2 ? withContentOf(all[1]?.j ?? "", j) : j, d })),
  })),
  E_KEY_UNKNOWN: withHeader((bench) => ({ kid: bench.owner.kid })),
  E_KEY_FORMAT: withFile((bench) => {
    bench.keys.push({
      cert: bench.keys[0]?.cert ?? "",
      jwk: { ...bench.owner.jwk, x: bench.owner.jwk.y },
    });
    return {};
  }),
  E_KEY_MISMATCH: withFile((bench) => {
    bench.keys.push({ cert: bench.keys[1]?.cert ?? "", jwk: bench.owner.jwk });
    return {};
  }),
  E_ENROL: withFile(async (bench) => {
    bench.keys.push({
      cert: await enrol(bench, bench.owner, { role: "boss" }),
      jwk: bench.owner.jwk,
    });
    return {};
  }),
  E_ENROL_ISSUER: async (bench) => judge(bench, await writeFile(bench), { roots: new Map() }),
  E_KEY_EXPIRED: withFile(async (bench) => {
    const cert = await enrol(bench, bench.till, { role: "device", pre: "R7K2Q4", exp: start + 40 });
    bench.keys[0] = { cert, jwk: bench.till.jwk };
    return {};
  }),
  E_KEY_ROLE: withFile(async (bench) => {
    bench.keys[0] = {
      cert: await enrol(bench, bench.till, { role: "office" }),
      jwk: bench.till.jwk,
    };
    return {};
  }),
  E_KEY_REVOKED: withFile(async (bench) => {
    bench.tail.push({ j: await statusOf(bench, bench.till.kid, 3), t: "status" });
    return {};
  }),
  E_MANIFEST_SIG: withFile((bench) => ({ signer: bench.owner })),
  E_MANIFEST_MISMATCH: withFile(() => ({ manifest: { xid: "AAAAAAAAAAAAAAAAAAAAAA" } })),
  E_COUNT: withFile(() => ({ manifest: { att: 7 } })),
  E_HEAD: withFile(() => ({ manifest: { head: hashText("other") } })),
  E_ROOT: withFile(() => ({ manifest: { root: hashText("other") } })),
  E_GENESIS: withFile(async (bench) => {
    const cert = await enrol(bench, bench.till, { role: "device", pre: "R7K2Q4", label: "T8" });
    bench.keys[0] = { cert, jwk: bench.till.jwk };
    return {};
  }),
  E_SEQ_GAP: withFile(() => ({ records: (all) => all.filter((_, seq) => seq !== 4) })),
  E_SEQ_REPEAT: withFile(() => ({
    records: (all) => all.flatMap((record, seq) => (seq === 4 ? [record, record] : [record])),
  })),
  E_PREV: after((bench) => aPayment(bench, {}, {}, { payload: { prev: hashText("other") } })),
  E_CHAIN_START: async (bench) => {
    const known = (await judge(bench, await writeFile(bench))).chain;
    const other = await aBench();
    await writeFile(other);
    const source = await writeFile(other, { from: 5 });
    const base = known === undefined ? {} : { base: known };
    return judge(other, source, base);
  },
  E_FORK: async (bench) => {
    const twin = { ...bench, records: [...bench.records], totals: new Map(bench.totals) };
    const base = (await judge(bench, await writeFile(bench))).chain;
    await aPayment(twin);
    return judge(twin, await writeFile(twin), base === undefined ? {} : { base });
  },
  E_PIN_BEYOND_HEAD: withPin((bench) => checkpointOf(bench, { seq: 500 })),
  E_PIN_FORK: withPin((bench) => checkpointOf(bench, { head: hashText("other") })),
  E_PIN_INVALID: withPin(async (bench) => checkpointOf(bench, {}, await aKey())),
  E_CONSISTENCY: withFile(async (bench) => {
    bench.tail.push({ j: await checkpointOf(bench, { root: hashText("other") }), t: "cp" });
    return {};
  }),
  E_SD_UNREFERENCED: changeDisclosures(([det = "", ctx = ""]) => [
    det,
    ctx,
    makeDisclosure("cust", { name: "x" }, random).text,
  ]),
  E_SD_DUP: changeDisclosures(([det = "", ctx = ""]) => [det, ctx, ctx]),
  E_SD_FORMAT: changeDisclosures(([det = ""]) => [
    det,
    encodeBase64url(toBytes('["short","ctx",{}]')),
  ]),
  E_SD_MISSING: after(withoutCust),
  E_SCHEMA: refunded({ colour: "red" }),
  E_REF: after((bench) => add(bench, { kind: "withdraw", ref: 500, why: "other" })),
  E_SALE: after((bench) => aPayment(bench, { sale: "QVD0TY2P6JR08TDF" })),
  E_NO: refunded({ no: "R7K2Q4000000001A" }),
  E_POLICY: refunded({}, { pol: { h: hashText("other"), seq: places.policy } }),
  E_OVERREFUND: refunded({ amt: 7000, rem: [6800, 0] }, { need: { by: "any", why: ["limit"] } }),
  E_BALANCE: refunded({ rem: [6800, 4000] }),
  E_TOTAL: after(async (bench) =>
    aRefund(bench, await aPayment(bench), {}, {}, { ctx: { tot: { CNY: 1 } } }),
  ),
  E_STATE: after(async (bench) => {
    const ref = await aRefund(bench, await aPayment(bench));
    await add(bench, { kind: "money", st: "submitted", by: "staff", refs: [ref] });
  }),
  E_EVIDENCE: after(async (bench) => {
    const ref = await aRefund(bench, await aPayment(bench));
    await exported(bench, ref);
    await add(bench, { kind: "money", st: "succeeded", by: "portal", refs: [ref] });
  }),
  E_APPROVAL: after(async (bench) => decide(bench, await needing(bench), { k: 1 })),
  E_APPROVAL_POLICY: refunded({ amt: 6800, rem: [6800, 0] }),
  E_TRAINING: after(async (bench) => aRefund(bench, await aPayment(bench), {}, {}, { trn: true })),
  E_ATT_DIGEST: withAttachment(({ ev, line }) => ({ ev, line: { ...line, b64: "AAAA" } })),
  E_ATT_MISSING: withAttachment(({ ev }) => ({ ev })),
  E_ATT_UNREFERENCED: withAttachment(({ line }) => ({ line })),
  E_ERASE: after(async (bench) => {
    const { seq } = await aPayment(bench);
    const { _sd: sd } = claimsOf(bench, seq) as { _sd: string[] };
    await add(bench, { kind: "erase", ref: seq, why: "request", d: sd }, {}, { staff: "s1" });
  }),
  E_ACK: after((bench) => acknowledge(bench, { root: hashText("other") })),
  E_EXPORT_STALE: async (bench) => {
    const older = await writeFile(bench);
    const base = (await judge(bench, await writeFile(bench))).chain;
    return judge(bench, older, base === undefined ? {} : { base });
  },
  E_INTERNAL: async (bench) =>
    judge(bench, await writeFile(bench), {
      verify: () => Promise.reject(new Error("broken port")),
    }),
  W_CLOCK_BACK: after((bench) =>
    aPayment(bench, {}, {}, { payload: { iat: start + 200 }, ctx: { clk: [2, 0] } }),
  ),
  W_CLOCK_JUMP: after((bench) => aPayment(bench, {}, {}, { ctx: { clk: [1, 999_000] } })),
  W_OUTSIDE_BRACKET: after((bench) => acknowledge(bench, { iat: start - 1000 })),
  W_WITHHELD: withFile(() => ({
    head: { omit: ["ctx"] },
    records: (all) => all.map(({ j, d }) => ({ j, d: d.filter((_, place) => place !== 1) })),
  })),
  W_ATT_WITHHELD: async (bench) => {
    await aPayment(bench, {}, { ev: [anAttachment(new Uint8Array([1])).ev] });
    return judge(bench, await writeFile(bench, { head: { omit: ["att"] } }));
  },
  W_ERASED: after(async (bench) => {
    const { seq, digest } = await withoutCust(bench);
    await add(bench, { kind: "erase", ref: seq, why: "request", d: [digest] }, {}, { staff: "s1" });
  }),
  W_GAP: after((bench) => add(bench, { kind: "gap", from: start, why: "storage" })),
  W_PARTIAL: async (bench) => {
    await aPayment(bench);
    return judge(bench, await writeFile(bench, { from: 7 }));
  },
  W_UNACKED_OVER_LIMIT: after((bench) => acknowledge(bench, { iat: start - 40 * 86_400 })),
  F_SALE_OVERREFUND: after(async (bench) => {
    const payment = await aPayment(bench);
    await aRefund(bench, payment, { amt: 4000, rem: [6800, 2800] });
    await aPayment(bench, { sale: payment.sale, re: payment.seq, ext: 5000 }, { key: null });
  }),
  F_SELF_APPROVED: after(async (bench) => decide(bench, await needing(bench, "any", "s1"))),
  F_ROLE: after((bench) => add(bench, { kind: "staff", sid: "s3", op: "disabled" })),
  F_PAID_UNAPPROVED: after(async (bench) => told(bench, await needing(bench), "succeeded")),
  F_UNEXPECTED_RESULT: after(async (bench) => {
    await told(bench, await aRefund(bench, await aPayment(bench)), "failed");
  }),
  F_PAYMENT_RAISED: after(async (bench) => {
    const payment = await aPayment(bench);
    await aPayment(bench, { sale: payment.sale, re: payment.seq, amt: 9000 }, { key: null });
  }),
};

/** Across devices, or the app's own statistics: no single file shows these. */
const notOfOneFile: readonly FindingCode[] = ["F_DUP_REFUND_DEVICES", "F_CLERK_PATTERN"];

describe("every code of refundlog.md §17 has a file that raises it", () => {
  test("an honest file raises none", async () => {
    const bench = await aBench();
    const payment = await aPayment(bench);
    const first = await aRefund(bench, payment);
    await exported(bench, first);
    await told(bench, first, "succeeded");
    expect(codesOf(await judge(bench, await writeFile(bench)))).toEqual([]);
  });

  test("no code is forgotten", () => {
    const covered = [...Object.keys(attacks), ...notOfOneFile].sort();
    expect(covered).toEqual(Object.keys(findings).sort());
  });

  for (const [code, attack] of Object.entries(attacks) as [FindingCode, Attack][])
    test(code, async () => {
      const report = await attack(await aBench());
      expect(codesOf(report)).toContain(code);
      if (code !== "E_INTERNAL") expect(codesOf(report)).not.toContain("E_INTERNAL");
      const errors = codesOf(report).filter((one) => severityOf(one as FindingCode) === "error");
      if (severityOf(code) !== "error") expect(errors).toEqual([]);
    });
});

describe("attacks by the holder of the device key", () => {
  const cases: readonly (readonly [string, readonly FindingCode[], Attack])[] = [
    [
      "approves with the right passkey",
      [],
      after(async (bench) => {
        const ref = await needing(bench);
        await add(
          bench,
          { kind: "decide", on: "refund", m: "passkey", res: "approve", ref },
          { wa: await anAssertion(bench, ref) },
          { staff: "s1" },
        );
      }),
    ],
    [
      "approves by a passkey without the person",
      ["E_APPROVAL"],
      after(async (bench) => {
        const ref = await needing(bench);
        await add(
          bench,
          { kind: "decide", on: "refund", m: "passkey", res: "approve", ref },
          { wa: await anAssertion(bench, ref, 1) },
          { staff: "s1" },
        );
      }),
    ],
    [
      "approves by the owner's PIN",
      [],
      after(async (bench) => {
        const ref = await needing(bench);
        await add(
          bench,
          { kind: "decide", on: "refund", m: "pin", res: "approve", ref },
          { apr: await anApproval(bench, ref, {}, bench.owner) },
          { staff: "s1" },
        );
      }),
    ],
    [
      "uses the owner's PIN key under a clerk's name",
      ["E_APPROVAL"],
      after(async (bench) => {
        const ref = await needing(bench);
        await add(
          bench,
          { kind: "decide", on: "refund", m: "pin", res: "approve", ref },
          { apr: await anApproval(bench, ref, {}, bench.owner) },
        );
      }),
    ],
    [
      "approves an amount that nobody saw",
      ["E_APPROVAL"],
      after(async (bench) => decide(bench, await needing(bench), { amt: 1 })),
    ],
    [
      "approves twice",
      ["E_STATE"],
      after(async (bench) => {
        const ref = await needing(bench);
        await decide(bench, ref);
        await decide(bench, ref, { k: 1 });
      }),
    ],
    [
      "lets a lead approve above the own limit",
      ["E_APPROVAL_POLICY"],
      after(async (bench) => {
        const payment = await aPayment(bench);
        const ref = await aRefund(
          bench,
          payment,
          { amt: 4000, rem: [6800, 2800] },
          { need: { by: "other", why: ["limit"] } },
        );
        await add(
          bench,
          { kind: "decide", on: "refund", m: "pin", res: "approve", ref },
          { apr: await anApproval(bench, ref, {}, bench.owner) },
          { staff: "s3" },
        );
      }),
    ],
    [
      "lets the owner approve what the owner asked for where another must",
      ["E_APPROVAL_POLICY", "F_SELF_APPROVED"],
      after(async (bench) => decide(bench, await needing(bench, "other", "s1"))),
    ],
    [
      "exports after the approval ended",
      ["E_APPROVAL_POLICY"],
      after(async (bench) => {
        const ref = await needing(bench);
        await decide(bench, ref, { exp: start + 340 });
        await exported(bench, ref);
      }),
    ],
    [
      "exports a rejected refund",
      ["E_STATE"],
      after(async (bench) => {
        const ref = await needing(bench);
        await decide(bench, ref, { res: "reject" });
        await exported(bench, ref);
      }),
    ],
    [
      "reopens, approves and exports a rejected refund",
      [],
      after(async (bench) => {
        const ref = await needing(bench);
        await decide(bench, ref, { res: "reject" });
        await decide(bench, ref, { on: "reopen", k: 1 });
        await decide(bench, ref, { k: 2 });
        await exported(bench, ref);
      }),
    ],
    [
      "reopens twice",
      ["E_STATE"],
      after(async (bench) => {
        const ref = await needing(bench);
        for (const k of [0, 2]) {
          await decide(bench, ref, { res: "reject", k });
          await decide(bench, ref, { on: "reopen", k: k + 1 });
        }
      }),
    ],
    [
      "takes a shared batch back without a recall",
      ["E_STATE"],
      after(async (bench) => {
        const ref = await aRefund(bench, await aPayment(bench));
        await exported(bench, ref);
        await add(bench, { kind: "money", st: "ready", by: "staff", refs: [ref] });
      }),
    ],
    [
      "takes a batch back that never left",
      [],
      after(async (bench) => {
        const ref = await aRefund(bench, await aPayment(bench));
        await exported(bench, ref, { out: "prepared" });
        await add(bench, { kind: "money", st: "ready", by: "staff", refs: [ref] });
        await exported(bench, ref);
      }),
    ],
    [
      "hands the same refund out in a second batch",
      ["E_STATE"],
      after(async (bench) => {
        const ref = await aRefund(bench, await aPayment(bench));
        await exported(bench, ref);
        await add(
          bench,
          { kind: "money", st: "exported", by: "file", refs: [ref], file: hashText("b2") },
          aBatch(2000),
        );
      }),
    ],
    [
      "tells a wrong batch sum",
      ["E_TOTAL"],
      after(async (bench) =>
        exported(bench, await aRefund(bench, await aPayment(bench)), aBatch(2100)),
      ),
    ],
    [
      "exports what was only said (grade E)",
      ["E_EVIDENCE"],
      after(async (bench) =>
        exported(bench, await aRefund(bench, await aPayment(bench, {}, { grade: "E" }))),
      ),
    ],
    [
      "exports a return before the goods are back",
      ["E_STATE"],
      after(async (bench) =>
        exported(bench, await aRefund(bench, await aPayment(bench), { type: "return" })),
      ),
    ],
    [
      "exports a training refund",
      ["E_TRAINING"],
      after(async (bench) => {
        const payment = await aPayment(bench, {}, {}, { trn: true });
        const ref = await aRefund(bench, payment, {}, {}, { trn: true });
        await exported(bench, ref, {}, { trn: true });
      }),
    ],
    [
      "lets a later, weaker answer stand beside a success",
      [],
      after(async (bench) => {
        const ref = await aRefund(bench, await aPayment(bench));
        await exported(bench, ref);
        await told(bench, ref, "succeeded");
        await told(bench, ref, "failed");
        await add(bench, { kind: "notice", ref, st: "result", to: "customer" }, { via: "print" });
      }),
    ],
    [
      "tells the customer a result nobody gave",
      ["E_STATE"],
      after(async (bench) => {
        const ref = await aRefund(bench, await aPayment(bench));
        await add(bench, { kind: "notice", ref, st: "result", to: "customer" }, { via: "print" });
      }),
    ],
    [
      "refunds twice what is there once",
      ["E_OVERREFUND", "E_BALANCE"],
      after(async (bench) => {
        const payment = await aPayment(bench);
        await aRefund(bench, payment, { amt: 4000, rem: [6800, 2800] });
        await aRefund(bench, payment, { amt: 4000, rem: [6800, 2800] });
      }),
    ],
    [
      "frees the balance by a failure and tries again",
      [],
      after(async (bench) => {
        const payment = await aPayment(bench);
        const of = await aRefund(bench, payment, {}, { case: "X" });
        await exported(bench, of);
        await told(bench, of, "failed");
        await aRefund(bench, payment, { try: 2, of }, { case: "X" });
      }),
    ],
    [
      "tries again while the first is on its way",
      ["E_STATE", "E_BALANCE"],
      after(async (bench) => {
        const payment = await aPayment(bench);
        const of = await aRefund(bench, payment, {}, { case: "X" });
        await aRefund(bench, payment, { try: 2, of }, { case: "X" });
      }),
    ],
    [
      "uses a refund number twice",
      ["E_NO"],
      after(async (bench) => {
        const payment = await aPayment(bench);
        const no = aNumber(bench);
        await aRefund(bench, payment, { no });
        await aRefund(bench, payment, { no, rem: [4800, 2800] });
      }),
    ],
    ["refunds an unpaid payment", ["E_STATE"], refunded({}, {}, { st: "unknown" })],
    ["voids a part", ["E_STATE", "E_BALANCE"], refunded({ mode: "void", type: "full" })],
    [
      "joins two payments and refunds both in full",
      ["E_OVERREFUND", "E_BALANCE"],
      after(async (bench) => {
        const one = await aPayment(bench);
        const other = await aPayment(bench, { same: [one.sale] });
        await aRefund(bench, one, { amt: 4800, rem: [6800, 2000] });
        await aRefund(bench, other, { amt: 4800, rem: [6800, 2000] });
      }),
    ],
    [
      "records on after a rotation",
      ["E_STATE"],
      after(async (bench) => {
        await add(
          bench,
          { kind: "rotate", jwk: bench.owner.jwk, why: "schedule" },
          {},
          { staff: "s1" },
        );
        await aPayment(bench);
      }),
    ],
    [
      "works under a disabled name",
      ["E_REF"],
      after(async (bench) => {
        await add(bench, { kind: "staff", sid: "s2", op: "disabled" }, {}, { staff: "s1" });
        await aPayment(bench);
      }),
    ],
    [
      "counts a day wrong",
      ["E_TOTAL"],
      after((bench) => add(bench, { kind: "close", day: "2026-01-05", n: 3 })),
    ],
    [
      "moves a claim backwards",
      ["E_STATE"],
      after(async (bench) => {
        const { sale } = await aPayment(bench);
        const found = await add(bench, { kind: "claim", amt: 100, cur: "CNY", sale, st: "found" });
        const re = await add(bench, {
          kind: "claim",
          amt: 100,
          cur: "CNY",
          sale,
          st: "verified",
          re: found,
        });
        await add(bench, { kind: "claim", amt: 100, cur: "CNY", sale, st: "notice_posted", re });
      }),
    ],
    [
      "carries what was erased",
      ["E_ERASE"],
      after(async (bench) => {
        const { seq } = await aPayment(bench, {}, {}, { cust: { name: "王" } });
        const digest = digestOf(bench.records[seq]?.d[2] ?? "");
        await add(
          bench,
          { kind: "erase", ref: seq, why: "request", d: [digest] },
          {},
          { staff: "s1" },
        );
      }),
    ],
    [
      "retracts a wrong success and is back where it was",
      [],
      after(async (bench) => {
        const ref = await aRefund(bench, await aPayment(bench));
        await exported(bench, ref);
        const un = await told(bench, ref, "succeeded");
        await add(
          bench,
          { kind: "money", st: "retracted", by: "staff", refs: [ref], un },
          {},
          { staff: "s1" },
        );
        await add(bench, { kind: "money", st: "submitted", by: "staff", refs: [ref] });
      }),
    ],
    [
      "revokes an approver's key: approvals beyond the last ack do not count",
      ["E_KEY_REVOKED"],
      after(async (bench) => {
        await decide(bench, await needing(bench));
        bench.tail.push({ j: await statusOf(bench, bench.phone.kid, -1), t: "status" });
      }),
    ],
    [
      "rewrites history below a witness",
      ["E_PIN_FORK"],
      after(async (bench) => {
        const claims = { head: hashText("before"), iat: start, k: bench.till.kid, s: 4, v: 1 };
        bench.tail.push({ j: await token("refund-wit+jwt", claims, bench.phone), t: "wit" });
      }),
    ],
    [
      "shows a witness of another chain",
      ["E_LINE_TYPE"],
      after(async (bench) => {
        const claims = { head: hashText("x"), iat: start, k: bench.owner.kid, s: 4, v: 1 };
        bench.tail.push({ j: await token("refund-wit+jwt", claims, bench.phone), t: "wit" });
      }),
    ],
    ["carries an honest acknowledgement", [], after((bench) => acknowledge(bench))],
    [
      "keeps an ack's record without its line",
      ["E_ACK"],
      after(async (bench) => {
        await acknowledge(bench);
        bench.tail.pop();
      }),
    ],
    [
      "names a status list that is not here",
      ["E_ACK"],
      after((bench) => acknowledge(bench, { status: hashText("gone") })),
    ],
  ];

  for (const [name, expected, attack] of cases)
    test(`${name}: ${expected.length === 0 ? "no finding" : expected.join(", ")}`, async () => {
      expect([...codesOf(await attack(await aBench()))].sort()).toEqual([...expected].sort());
    });
});
