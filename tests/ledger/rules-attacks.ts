import { encodeBase64url, hashText, toBytes } from "../../src/ledger/base64url.ts";
import { writeStrict, type JsonObject } from "../../src/ledger/canonical.ts";
import { digestOf } from "../../src/ledger/disclosure.ts";
import { withLowS } from "../../src/ledger/jws.ts";
import type { VerifyReport } from "../../src/ledger/verify-report.ts";
import type { TestKey } from "../support/crypto.ts";
import {
  add,
  claimsOf,
  judge,
  rootAt,
  start,
  token,
  writeFile,
  type Bench,
  type FileOptions,
} from "./rules-bench.ts";
import { anAttachment, aPayment, aRefund } from "./rules-shop.ts";

/** Does something to a bench and judges the file that comes out. */
export type Attack = (bench: Bench) => Promise<VerifyReport>;

/** Judges the file of a bench after something was done to it. */
export const after =
  (act: (bench: Bench) => Promise<unknown>, options: FileOptions = {}): Attack =>
  async (bench) => {
    await act(bench);
    return await judge(bench, await writeFile(bench, options));
  };

export const withFile =
  (options: (bench: Bench) => FileOptions | Promise<FileOptions>): Attack =>
  async (bench) =>
    judge(bench, await writeFile(bench, await options(bench)));

export const withBytes =
  (change: (bytes: Uint8Array) => Uint8Array): Attack =>
  async (bench) =>
    judge(bench, change(await writeFile(bench)));

export const withText = (change: (text: string) => string): Attack =>
  withBytes((bytes) => toBytes(change(Buffer.from(bytes).toString())));

export const withLine = (line: JsonObject): Attack =>
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
export const withRecord = (j: (bench: Bench) => Promise<string> | string): Attack =>
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

export const withHeader = (change: (bench: Bench) => JsonObject): Attack =>
  withRecord((bench) =>
    forge(
      { ...recordHeader(bench), ...change(bench) },
      claimsOf(bench, bench.records.length - 1),
      bench.till,
    ),
  );

export const refunded =
  (core: JsonObject, det: JsonObject = {}, paid: JsonObject = {}): Attack =>
  async (bench) => {
    const payment = await aPayment(bench, paid);
    await aRefund(bench, payment, core, det);
    return judge(bench, await writeFile(bench));
  };

/** A refund that waits for the owner. */
export const needing = async (bench: Bench, by = "other", staff = "s2"): Promise<number> => {
  const payment = await aPayment(bench);
  return await aRefund(bench, { ...payment, at: { staff } }, {}, { need: { by, why: ["limit"] } });
};

export const withPin =
  (pin: (bench: Bench) => Promise<string>): Attack =>
  async (bench) => {
    const source = await writeFile(bench);
    return judge(bench, source, { pins: [await pin(bench)] });
  };

export const checkpointOf = (bench: Bench, over: JsonObject = {}, key = bench.till) => {
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
export const acknowledge = async (bench: Bench, over: JsonObject = {}, core: JsonObject = {}) => {
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

export const statusOf = (bench: Bench, kid: string, seq: number, h = bench.records[3]?.hash) =>
  token(
    "refund-status+jwt",
    { iat: start, list: [{ h, kid, seq, why: "lost" }], v: 1 },
    bench.office,
  );

export const withAttachment =
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
export const withoutCust = async (bench: Bench): Promise<{ seq: number; digest: string }> => {
  const seq = (await aPayment(bench, {}, {}, { cust: { name: "王" } })).seq;
  const record = bench.records[seq];
  if (record === undefined) throw new Error("just added");
  const digest = digestOf(record.d[2] ?? "");
  bench.records[seq] = { ...record, d: record.d.slice(0, 2) };
  return { seq, digest };
};

export const changeDisclosures = (change: (d: readonly string[]) => readonly string[]): Attack =>
  withFile(() => ({
    records: (all) => all.map(({ j, d }, seq) => ({ j, d: seq === 3 ? change(d) : d })),
  }));

/** The signature of one record under the content of another. */
export const withContentOf = (content: string, signature: string): string =>
  [...content.split(".").slice(0, 2), signature.split(".")[2]].join(".");
