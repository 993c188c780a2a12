import { compactVerify } from "jose";
import { describe, expect, it } from "vitest";
import { CNY } from "../../src/domain/currency.ts";
import type { CaseId, Hash, PaymentId, StaffId } from "../../src/domain/ids.ts";
import type { Zone } from "../../src/domain/instant.ts";
import type { JournalEvent, RefundEvent } from "../../src/domain/journal-event.ts";
import { money } from "../../src/domain/money.ts";
import { nextRefundNumber } from "../../src/domain/refund-number.ts";
import { openDisclosures } from "../../src/ledger/disclosure.ts";
import { hashJwt, verifyJws } from "../../src/ledger/jws.ts";
import { edgeOf, leafHash } from "../../src/ledger/merkle.ts";
import { parseRecordLine, writeRecordLine } from "../../src/ledger/record-line.ts";
import {
  sealClaims,
  sealRecord,
  type ChainHead,
  type Seal,
  type SealContext,
} from "../../src/ledger/seal.ts";
import { aKey, countingRandom, random, verify, type TestKey } from "../support/crypto.ts";

const zone = "Asia/Shanghai" as Zone;
const hash = "A".repeat(43) as Hash;

const sealOf = (key: TestKey): Seal => ({ jwk: key.jwk, sign: key.sign, verify, random });

const contextOf = (key: TestKey, changes: Partial<SealContext> = {}): SealContext => ({
  device: key.kid,
  iat: 1_767_600_037,
  training: false,
  app: "1.0.0+3f2c1a9",
  clock: [1, 37_000],
  staff: "s1" as StaffId,
  zone,
  ...changes,
});

const genesisOf = (key: TestKey): JournalEvent => ({
  kind: "genesis",
  jwk: key.jwk,
  label: "T7",
  prefix: "R7K2Q4",
  shop: { name: "张记小吃", currency: CNY, zone },
});

const aRefund = (key: TestKey, minor: number): RefundEvent => ({
  kind: "refund",
  caseId: "01KE6KCHGRXBHSAX6EJVS491XD" as CaseId,
  refundNo: nextRefundNumber("R7K2Q4", 0).number,
  attempt: 1,
  type: "exchange",
  mode: "referenced",
  amount: money(minor, CNY),
  paymentId: "QVD0TY2P6JR08TDF" as PaymentId,
  remaining: [money(6800, CNY).minor, money(6800 - minor, CNY).minor],
  acquirer: "wechatpay",
  destination: "original",
  reason: "faulty",
  evidence: [],
  policy: { record: { device: key.kid, seq: 0 }, hash },
});

const gap = { kind: "gap", from: "2026-01-05T00:00:00Z", why: "clock" } as JournalEvent;

const begin = async (): Promise<{ key: TestKey; seal: Seal; head: ChainHead }> => {
  const key = await aKey();
  const seal = sealOf(key);
  const { head } = await sealRecord({ event: genesisOf(key) }, undefined, contextOf(key), seal);
  return { key, seal, head };
};

const payloadOf = (jwt: string): { [name: string]: unknown } =>
  JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString()) as {
    [name: string]: unknown;
  };

describe("sealing", () => {
  it("begins a chain at 0 with the device's own kid before it", async () => {
    const key = await aKey();
    const event = genesisOf(key);
    const { record, head } = await sealRecord({ event }, undefined, contextOf(key), sealOf(key));
    expect(record).toMatchObject({ device: key.kid, seq: 0, kind: "genesis" });
    expect(payloadOf(record.jwt)).toMatchObject({ seq: 0, prev: key.kid, v: 1, kind: "genesis" });
    expect(record.hash).toBe(hashJwt(record.jwt));
    expect(head).toMatchObject({ seq: 0, hash: record.hash, totals: {} });
  });

  it("links each record to the one before, and keeps the tree's edge", async () => {
    const { key, seal, head: first } = await begin();
    let head = first;
    const jwts: string[] = [];
    for (let n = 1; n <= 9; n++) {
      const sealed = await sealRecord({ event: gap }, head, contextOf(key), seal);
      expect(payloadOf(sealed.record.jwt)).toMatchObject({ seq: n, prev: head.hash });
      jwts.push(sealed.record.jwt);
      head = sealed.head;
    }
    const { record } = await sealRecord({ event: gap }, head, contextOf(key), seal);
    expect(record.seq).toBe(10);
    expect(head.edge.hashes.slice(1)).toEqual(edgeOf(jwts.slice(-2).map(leafHash)).hashes);
  });

  it("makes an SD-JWT that jose verifies and whose disclosures open", async () => {
    const { key, seal, head } = await begin();
    const personal = { name: "王女士", text: "口味不对" };
    const told = { event: aRefund(key, 2000), personal };
    const { record, recorded } = await sealRecord(told, head, contextOf(key), seal);
    await expect(compactVerify(record.jwt, { ...key.jwk })).resolves.toBeDefined();
    const checked = await verifyJws(record.jwt, "refund+sd-jwt", () => key.jwk, verify);
    const opened = openDisclosures(checked.ok ? checked.value.payload : {}, record.disclosures);
    expect(opened).toMatchObject({ faults: [], absent: [], cust: personal });
    expect(opened.ctx).toEqual({
      app: "1.0.0+3f2c1a9",
      clk: [1, 37_000],
      staff: "s1",
      tz: zone,
      tot: { CNY: 2000 },
    });
    expect(recorded).toEqual({
      ref: { device: key.kid, seq: 1 },
      hash: record.hash,
      at: "2026-01-05T08:00:37Z",
      staff: "s1",
      zone,
      training: false,
      clockBack: false,
      event: told.event,
      personal,
    });
  });

  it("adds up refunds but not training, in all later heads and in the day's close", async () => {
    const { key, seal, head: first } = await begin();
    const step = (head: ChainHead, minor: number, training: boolean) =>
      sealRecord({ event: aRefund(key, minor) }, head, contextOf(key, { training }), seal);
    const real = await step(first, 2000, false);
    const practice = await step(real.head, 500, true);
    expect(payloadOf(practice.record.jwt)["trn"]).toBe(true);
    const again = await step(practice.head, 300, false);
    expect([real, practice, again].map((one) => one.head.totals)).toEqual([
      { CNY: 2000 },
      { CNY: 2000 },
      { CNY: 2300 },
    ]);
    const close = { core: { kind: "close", day: "2026-01-05", n: 2 }, det: {} } as const;
    const closed = await sealClaims({ claims: close }, again.head, contextOf(key), seal);
    const opened = openDisclosures(payloadOf(closed.record.jwt), closed.record.disclosures);
    expect(opened.ctx).toMatchObject({ tot: { CNY: 2300 } });
  });

  it("says when the clock went back", async () => {
    const { key, seal, head } = await begin();
    const earlier = contextOf(key, { iat: head.iat - 1 });
    const { recorded } = await sealRecord({ event: gap }, head, earlier, seal);
    expect(recorded.clockBack).toBe(true);
  });

  it("never signs a shape that a verifier would refuse", async () => {
    const { key, seal, head } = await begin();
    let signed = 0;
    const counting: Seal = { ...seal, sign: (bytes) => ((signed += 1), seal.sign(bytes)) };
    const tooLong = { event: gap, personal: { text: "好".repeat(501) } };
    await expect(sealRecord(tooLong, head, contextOf(key), counting)).rejects.toThrow("cust text");
    const { paymentId: _, ...unreferenced } = aRefund(key, 1);
    await expect(
      sealRecord({ event: unreferenced }, head, contextOf(key), counting),
    ).rejects.toThrow("sale and rem");
    expect(signed).toBe(0);
  });

  it("hands out no record whose own signature does not verify", async () => {
    const { key, seal, head } = await begin();
    const other = await aKey();
    const broken: Seal = { ...seal, sign: other.sign };
    await expect(sealRecord({ event: gap }, head, contextOf(key), broken)).rejects.toThrow("E_SIG");
  });

  it("begins with genesis and never repeats it", async () => {
    const { key, seal, head } = await begin();
    await expect(sealRecord({ event: gap }, undefined, contextOf(key), seal)).rejects.toThrow();
    await expect(
      sealRecord({ event: genesisOf(key) }, head, contextOf(key), seal),
    ).rejects.toThrow();
  });

  it("is read back from its line, byte for byte", async () => {
    const { key, seal, head } = await begin();
    const fixed: Seal = { ...seal, random: countingRandom() };
    const told = { event: gap, personal: { text: "补记" } };
    const { record } = await sealRecord(told, head, contextOf(key), fixed);
    const line = writeRecordLine(record);
    expect(parseRecordLine(line)).toEqual({ ok: true, value: record });
    expect(parseRecordLine(`${line}\n`).ok).toBe(false);
    expect(parseRecordLine(line.replace('"t":"rec"', '"t":"ack"'))).toMatchObject({
      fault: { kind: "E_LINE_TYPE" },
    });
  });
});
