import { describe, expect, test } from "vitest";
import type { CaseId, StaffId } from "../../src/domain/ids.ts";
import { instantFromSeconds, type Zone } from "../../src/domain/instant.ts";
import type { JournalEvent, Personal } from "../../src/domain/journal-event.ts";
import { CNY } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";
import { nextRefundNumber } from "../../src/domain/refund-number.ts";
import { documentHash } from "../../src/ledger/document-hash.ts";
import { enrolKey } from "../../src/ledger/enrol.ts";
import { hashText, toBytes } from "../../src/ledger/base64url.ts";
import { emptyEdge } from "../../src/ledger/merkle.ts";
import type { SignedRecord } from "../../src/ledger/record.ts";
import { saleOf } from "../../src/ledger/sale-key.ts";
import { sealRecord, type ChainHead } from "../../src/ledger/seal.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { writeRefundlog, type Omission } from "../../src/ledger/write-refundlog.ts";
import { aKey, random, verify } from "../support/crypto.ts";

const zone = "Asia/Shanghai" as Zone;
const begin = 1_767_600_000;
const xid = "KLba6s7ilXERDUH7OLbMqg";
const prefix = "R7K2Q4";

/** A shop's day as the app itself seals and writes it. */
const anOwnFile = async (omit: readonly Omission[]) => {
  const [root, till, owner] = [await aKey(), await aKey(), await aKey()];
  const records: SignedRecord[] = [];
  let head: ChainHead | undefined;
  const refTo = (seq: number) => ({ device: till.kid, seq });
  const seal = async (event: JournalEvent, staff = "s1", personal?: Personal): Promise<number> => {
    const seq = records.length;
    const clock = [1, seq * 1000] as const;
    const context = { device: till.kid, iat: begin + seq, training: false, app: "t", clock, zone };
    const sealed = await sealRecord(
      { event, ...(personal === undefined ? {} : { personal }) },
      head,
      { ...context, staff: staff as StaffId },
      { ...till, verify, random },
    );
    records.push(sealed.record);
    head = sealed.head;
    return seq;
  };
  const shop = { name: "张记小吃", currency: CNY, zone };
  await seal({ kind: "genesis", jwk: till.jwk, label: "T1", prefix, shop }, "sys");
  const s1 = "s1" as StaffId;
  const person = { kind: "staff", staff: s1, op: "added", jwk: owner.jwk, role: "owner" } as const;
  await seal(person, "sys", { name: "张三" });
  const document = { window_days: 7 };
  const hash = documentHash(document);
  const policy = await seal({ kind: "policy", what: "policy", version: 1, hash, document }, "sys");
  const picture = toBytes("a picture");
  const sha256 = hashText("a picture");
  const key = { name: "transaction_id", number: "4200002086202601051160745961" };
  const paymentId = saleOf("wechatpay", key);
  const evidence = [{ kind: "slip", sha256, size: picture.length, type: "image/png" }] as const;
  const payment = await seal({
    kind: "payment",
    paymentId,
    amount: money(6800, CNY),
    source: "scan",
    state: "paid",
    acquirer: "wechatpay",
    channel: "wechat",
    grade: "B",
    key,
    evidence,
  });
  const refund = await seal(
    {
      kind: "refund",
      caseId: "01KE6KCHGRXBHSAX6EJVS491XD" as CaseId,
      refundNo: nextRefundNumber(prefix, 0).number,
      attempt: 1,
      type: "partial",
      mode: "referenced",
      amount: money(2000, CNY),
      paymentId,
      remaining: [money(6800, CNY).minor, money(4800, CNY).minor],
      acquirer: "wechatpay",
      destination: "original",
      reason: "faulty",
      evidence: [],
      policy: { record: refTo(policy), hash },
      payment: refTo(payment),
      original: { total: money(6800, CNY).minor },
    },
    "s1",
    { text: "口味不对" },
  );
  const at = instantFromSeconds(begin + 60);
  const refunds = [refTo(refund)];
  await seal({ kind: "money", state: "succeeded", by: "cust", refunds, at });
  await seal({ kind: "export", exportId: xid });
  const post = { role: "device", prefix } as const;
  const cert = await enrolKey(root, { device: till.kid, label: "T1", now: begin, post });
  const plan = {
    created: begin + 100,
    device: till.kid,
    from: 0,
    to: records.length - 1,
    xid,
    omit,
    keys: [{ cert, jwk: till.jwk }],
    records,
    edge: emptyEdge,
    tokens: { ack: [], wit: [], cp: [], status: [] },
    findAttachment: async () => picture,
  };
  const report = await verifyRefundlog({
    source: writeRefundlog(plan, till),
    verify,
    roots: new Map([[root.kid, root.jwk]]),
  });
  if (!report.ok) throw new Error("nobody cancelled");
  return report.value;
};

describe("what the app itself seals and writes", () => {
  test("verifies without any finding, and the money stands where the journal says", async () => {
    const report = await anOwnFile([]);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe("ok");
    expect(report.signer).toMatchObject({ kind: "pinned", label: "T1" });
    expect(report.refunds).toMatchObject([{ amt: 2000, money: "succeeded" }]);
    expect(report.balances).toMatchObject([{ paid: 6800, reserved: 2000, remaining: 4800 }]);
    expect(report.chain?.records.length).toBe(7);
  });

  test("any part withheld gives warnings only, and still a chain", async () => {
    const parts: readonly (readonly [Omission, readonly string[]])[] = [
      ["cust", ["W_WITHHELD"]],
      ["ctx", ["W_WITHHELD"]],
      ["det", ["W_WITHHELD"]],
      ["att", ["W_ATT_WITHHELD"]],
    ];
    for (const [part, expected] of parts) {
      const report = await anOwnFile(part === "det" ? ["att", "det"] : [part]);
      expect(report.findings.map(({ code }) => code)).toEqual(expected);
      expect(report.chain).toBeDefined();
    }
  });
});
