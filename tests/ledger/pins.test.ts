import { describe, expect, test } from "vitest";
import { hashText } from "../../src/ledger/base64url.ts";
import { readPin, splitPins } from "../../src/ledger/pins.ts";
import { writePaperReceipt } from "../../src/ledger/receipt-text.ts";
import { readKey, type RingKey } from "../../src/ledger/trust-ring.ts";
import type { Trust } from "../../src/ledger/verify-tokens.ts";
import { verify } from "../support/crypto.ts";
import { judge, rootAt, rootsOf, start, token, writeFile, type Bench } from "./rules-bench.ts";
import { aBench, anApproval, aPayment, aRefund } from "./rules-shop.ts";

const trustOf = async (bench: Bench): Promise<Trust> => {
  const ring = new Map<string, RingKey>();
  for (const line of bench.keys) {
    const { key } = await readKey(line, rootsOf(bench), verify);
    if (key !== undefined) ring.set(key.kid, key);
  }
  return { ring, roots: rootsOf(bench), verify };
};

describe("pins", () => {
  test("a customer's receipt, bare, as a link or from narrow paper, fixes its record", async () => {
    const bench = await aBench();
    const seq = await aRefund(bench, await aPayment(bench));
    const { j = "", hash } = bench.records[seq] ?? {};
    const pin = { device: bench.till.kid, seq, hash, root: undefined };
    const trust = await trustOf(bench);
    expect(await readPin(trust, j, bench.till.kid)).toEqual(pin);
    expect(await readPin(trust, `https://refund.example/#v=${j}`, bench.till.kid)).toEqual(pin);
    expect(await readPin(trust, writePaperReceipt(j), bench.till.kid)).toEqual(pin);
    expect(await readPin(trust, `${j.slice(0, -2)}AA`, bench.till.kid)).toBe("invalid");
    expect(await readPin(trust, j, bench.office.kid)).toBe("foreign");
  });

  test("witness, checkpoint, ack, manifest and approval fix the record they name", async () => {
    const bench = await aBench();
    const seq = await aRefund(bench, await aPayment(bench));
    const { hash = "" } = bench.records[seq] ?? {};
    const root = rootAt(bench, seq);
    const { till, phone, office } = bench;
    const dev = till.kid;
    const at = { head: hash, iat: start, v: 1 };
    const file = { att: 0, bytes: 1, edge: [], from: 0, rec: 1, sha256: hash };
    const xid = "KLba6s7ilXERDUH7OLbMqg";
    const tokens = [
      await token("refund-wit+jwt", { ...at, k: dev, s: seq }, phone),
      await token("refund-cp+jwt", { ...at, nonce: "n", root, seq }, till),
      await token("refund-ack+jwt", { ...at, dev, root, seq }, office),
      await token("refund-export+jwt", { ...at, ...file, root, to: seq, xid }, till),
      await anApproval(bench, seq),
    ];
    const trust = await trustOf(bench);
    for (const text of tokens)
      expect(await readPin(trust, text, dev)).toMatchObject({ device: dev, seq, hash });
  });

  test("a witness of itself, an ack by an approver and plain words are no pins", async () => {
    const bench = await aBench();
    const trust = await trustOf(bench);
    const { kid } = bench.till;
    const at = { head: hashText("x"), iat: start, v: 1 };
    const own = await token("refund-wit+jwt", { ...at, k: kid, s: 1 }, bench.till);
    const root = hashText("r");
    const ack = await token("refund-ack+jwt", { ...at, dev: kid, root, seq: 1 }, bench.phone);
    for (const text of [own, ack, "hello", "", "a.b.c", "e30.e30.e30"])
      expect(await readPin(trust, text, kid)).toBe("invalid");
  });

  test("a noted mark `kid seq hash` bears the chain out or finds the cut tail", async () => {
    const bench = await aBench();
    const hash = bench.records[6]?.hash ?? "";
    const source = await writeFile(bench);
    const good = await judge(bench, source, { pins: [`${bench.till.kid} 6 ${hash}`] });
    expect(good.findings).toEqual([]);
    expect(good.pinnedTo).toBe(6);
    const beyond = await judge(bench, source, { pins: [`${bench.till.kid} 60 ${hash}`] });
    expect(beyond.findings).toEqual([{ code: "E_PIN_BEYOND_HEAD", seq: 60 }]);
    const other = await judge(bench, source, { pins: [`${bench.office.kid} 6 ${hash}`] });
    expect(other.findings).toEqual([]);
    expect(other.foreignPins).toBe(1);
  });

  test("pins stand one a line, blank lines do not count", () => {
    expect(splitPins(" a \r\n\n b\n")).toEqual(["a", "b"]);
  });
});
