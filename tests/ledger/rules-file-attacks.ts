import { encodeBase64url, hashText, toBytes } from "../../src/ledger/base64url.ts";
import { makeDisclosure } from "../../src/ledger/disclosure.ts";
import type { FindingCode } from "../../src/ledger/findings.ts";
import { aKey, random } from "../support/crypto.ts";
import {
  after,
  withFile,
  withBytes,
  withText,
  withLine,
  withRecord,
  withHeader,
  withPin,
  checkpointOf,
  statusOf,
  withoutCust,
  changeDisclosures,
  withContentOf,
  type Attack,
} from "./rules-attacks.ts";
import { enrol, judge, start, writeFile } from "./rules-bench.ts";
import { aBench, aPayment } from "./rules-shop.ts";

/** Codes of bytes, lines, tokens, keys, chain and pins: one file each. */
export const fileAttacks: Readonly<Partial<Record<FindingCode, Attack>>> = {
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
};
