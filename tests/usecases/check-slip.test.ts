import { beforeEach, describe, expect, it } from "vitest";

import { writePaperReceipt, writeScreenReceipt } from "../../src/ledger/receipt-text.ts";
import { findRecord } from "../../src/storage/queries.ts";
import { checkSlip, findSlipStanding, type SlipFacts } from "../../src/usecases/check-slip.ts";
import {
  aCaseId,
  anOpenTill,
  newBrowser,
  payment,
  refund,
  tamper,
  valueOf,
  wipeDatabase,
  write,
  type Till,
} from "../storage/a-till.ts";
import { aKey, verify } from "../support/crypto.ts";

beforeEach(newBrowser);

const refundSeq = 4;

const aTillWithRefund = async (): Promise<Till> => {
  const till = await anOpenTill();
  valueOf(await write(till, [payment(1)]));
  const plan = { number: 1, payment: 1, minor: 500, left: 10_000, counter: 0 };
  valueOf(await write(till, [refund(till, plan)]));
  return till;
};

const jwtAt = async (till: Till, seq: number): Promise<string> => {
  const record = await findRecord(till.journal.db, { device: till.key.kid, seq });
  if (record === undefined) throw new Error("no such record");
  return record.jwt;
};

const ownOf = (till: Till) => ({ device: till.key.kid, jwk: till.key.jwk, verify });

const goodSlip = async (till: Till): Promise<SlipFacts> => {
  const check = await checkSlip(ownOf(till), await jwtAt(till, refundSeq));
  if (check.kind !== "good") throw new Error(`the slip is ${check.kind}`);
  return check.slip;
};

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const withOther = (text: string, at: number): string => {
  const next = alphabet[(alphabet.indexOf(text.charAt(at)) + 1) % 64] ?? "A";
  return text.slice(0, at) + next + text.slice(at + 1);
};

describe("checkSlip", () => {
  it("X36 reads an untouched slip of this device and finds its signature good", async () => {
    const till = await aTillWithRefund();
    const slip = await goodSlip(till);
    expect(slip).toMatchObject({
      amount: { minor: 500, currency: "CNY" },
      training: false,
      ref: { device: till.key.kid, seq: refundSeq },
    });
    expect(slip.fingerprint.split(" ")).toHaveLength(8);
    expect(slip.short).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  });

  it("reads a link, base45 of narrow paper and a token with disclosures as the same slip", async () => {
    const till = await aTillWithRefund();
    const jwt = await jwtAt(till, refundSeq);
    const slip = await goodSlip(till);
    const forms = [
      writeScreenReceipt(jwt, "https://a.example/"),
      writePaperReceipt(jwt),
      `${jwt}~`,
    ];
    for (const text of [...forms, ` ${jwt}\n`])
      expect(await checkSlip(ownOf(till), text)).toEqual({ kind: "good", slip });
  });

  it("X36 an altered character anywhere is never good; in payload or signature it is altered or unreadable", async () => {
    const till = await aTillWithRefund();
    const jwt = await jwtAt(till, refundSeq);
    const bodyAt = jwt.indexOf(".") + 1;
    for (let at = 0; at < jwt.length; at++) {
      if (jwt.charAt(at) === ".") continue;
      const { kind } = await checkSlip(ownOf(till), withOther(jwt, at));
      expect(kind, `position ${at}`).not.toBe("good");
      if (at >= bodyAt) expect(["altered", "unreadable"], `position ${at}`).toContain(kind);
    }
  });

  it("X36 an amount made larger is altered", async () => {
    const till = await aTillWithRefund();
    const [header, payload = "", signature] = (await jwtAt(till, refundSeq)).split(".");
    const larger = Buffer.from(payload, "base64url").toString().replace('"amt":500', '"amt":900');
    const forged = [header, Buffer.from(larger).toString("base64url"), signature].join(".");
    expect(await checkSlip(ownOf(till), forged)).toMatchObject({
      kind: "altered",
      slip: { amount: { minor: 900 } },
    });
  });

  it("cannot check another device's slip and names its fingerprint, also before a shop is open", async () => {
    const till = await aTillWithRefund();
    const jwt = await jwtAt(till, refundSeq);
    const other = await aKey();
    const slip = await goodSlip(till);
    for (const own of [undefined, { device: other.kid, jwk: other.jwk, verify }])
      expect(await checkSlip(own, jwt)).toEqual({ kind: "unknown_device", slip });
  });

  it("tells a record that is no refund", async () => {
    const till = await aTillWithRefund();
    expect(await checkSlip(ownOf(till), await jwtAt(till, 3))).toEqual({ kind: "not_a_refund" });
    expect(await checkSlip(ownOf(till), till.key.kid)).toEqual({ kind: "unreadable" });
  });

  it("tells half a slip", async () => {
    const till = await aTillWithRefund();
    const jwt = await jwtAt(till, refundSeq);
    for (const text of ["", "RL1:ABC", jwt.slice(0, 200), jwt.slice(0, -10)])
      expect(["unreadable", "altered"]).toContain((await checkSlip(ownOf(till), text)).kind);
  });
});

describe("findSlipStanding", () => {
  it("finds the refund of a slip as it stands now", async () => {
    const till = await aTillWithRefund();
    const standing = await findSlipStanding(till, await goodSlip(till));
    expect(standing).toMatchObject({
      kind: "here",
      refundCase: { caseId: aCaseId(1), money: "ready" },
    });
  });

  it("tells that the record is gone", async () => {
    const till = await aTillWithRefund();
    const slip = await goodSlip(till);
    expect(await findSlipStanding(await wipeDatabase(till), slip)).toEqual({ kind: "missing" });
  });

  it("tells that another record stands at its number", async () => {
    const till = await aTillWithRefund();
    const slip = await goodSlip(till);
    await tamper(till, async (raw) => {
      const row = (await raw.table("records").get([till.key.kid, refundSeq])) as object;
      await raw.table("records").put({ ...row, hash: "x" });
    });
    expect(await findSlipStanding(till, slip)).toEqual({ kind: "differs" });
  });
});
