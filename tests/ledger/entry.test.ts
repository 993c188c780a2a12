import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import type { Hash } from "../../src/domain/ids.ts";
import * as ledger from "../../src/ledger/index.ts";
import type { Jwk } from "../../src/ledger/record.ts";
import { newVerify } from "../../src/verifier/es256.ts";
import { aKey } from "../support/crypto.ts";

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const toHash = (hex: string): Hash => Buffer.from(hex, "hex").toString("base64url") as Hash;

/** Leaves and answers of the reference implementation of certificate transparency (merkle_tree_test.cc). */
const leaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => ledger.leafHash(fromHex(hex)));

const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
].map(toHash);

const rootAt = (size: number): Hash => roots[size] ?? ledger.rootOf(ledger.emptyEdge);

const inclusions = [
  {
    index: 0,
    size: 8,
    proof: [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  },
  {
    index: 5,
    size: 8,
    proof: [
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  },
  {
    index: 2,
    size: 3,
    proof: ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
  },
];

const consistencies = [
  {
    old: 6,
    size: 8,
    proof: [
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  },
  {
    old: 2,
    size: 5,
    proof: [
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  },
];

describe("the stable entry of the ledger", () => {
  it("offers these names; a name is only added, never taken away or given another meaning", () => {
    expect(Object.keys(ledger).toSorted()).toEqual(
      [
        ..."appendLeaf canonicalize decodeBase64url digestOf edgeOf emptyEdge encodeBase64url".split(
          " ",
        ),
        ..."findings fingerprint hashBytes hashJwt hashText isStrictSignature leafHash makeJws".split(
          " ",
        ),
        ..."openDisclosures parseDisclosure parseJwk parseJws parseReceipt parseStrict".split(" "),
        ..."parseStrictBytes proveConsistency proveInclusion rootOf severityOf splitPins".split(
          " ",
        ),
        ..."thumbprint verdictOf verifyConsistency verifyInclusion verifyJws verifyRefundlog".split(
          " ",
        ),
        ..."verifyTogether withLowS writeStrict".split(" "),
      ].toSorted(),
    );
  });

  it("refundlog §6 has the roots of certificate transparency over leaves of any bytes", () => {
    for (const [size, root] of roots.entries())
      expect(ledger.rootOf(ledger.edgeOf(leaves.slice(0, size)))).toBe(root);
  });

  it("refundlog §6 makes and takes its published proofs that a leaf is there", () => {
    for (const { index, size, proof } of inclusions) {
      const known = proof.map(toHash);
      expect(ledger.proveInclusion(leaves.slice(0, size), index)).toEqual(known);
      const leaf = leaves[index] ?? rootAt(0);
      expect(ledger.verifyInclusion({ leaf, index, size }, rootAt(size), known)).toBe(true);
      expect(ledger.verifyInclusion({ leaf, index, size }, rootAt(size), known.slice(1))).toBe(
        false,
      );
    }
  });

  it("refundlog §6 makes and takes its published proofs that nothing was taken back", () => {
    for (const { old, size, proof } of consistencies) {
      const known = proof.map(toHash);
      expect(ledger.proveConsistency(leaves.slice(0, size), old)).toEqual(known);
      const [older, newer] = [old, size].map((one) => ({ size: one, root: rootAt(one) }));
      if (older === undefined || newer === undefined) throw new Error("two trees");
      expect(ledger.verifyConsistency(older, newer, known)).toBe(true);
      expect(ledger.verifyConsistency({ ...older, root: rootAt(1) }, newer, known)).toBe(false);
    }
  });

  it("refundlog §3 signs and verifies a token, and refuses it for another purpose or by another key", async () => {
    const [key, other] = [await aKey(), await aKey()];
    const token = await ledger.makeJws("refund-cp+jwt", { v: 1 }, key);
    const find = (kid: string): Jwk | undefined => (kid === key.kid ? key.jwk : undefined);
    const good = await ledger.verifyJws(token, "refund-cp+jwt", find, newVerify());
    expect(good).toMatchObject({ ok: true, value: { payload: { v: 1 } } });
    const verdicts = await Promise.all([
      ledger.verifyJws(token, "refund+sd-jwt", find, newVerify()),
      ledger.verifyJws(token, "refund-cp+jwt", () => undefined, newVerify()),
      ledger.verifyJws(token, "refund-cp+jwt", () => other.jwk, newVerify()),
    ]);
    expect(verdicts.map((one) => one.ok || one.fault.kind)).toEqual([
      "E_TYP",
      "E_KEY_UNKNOWN",
      "E_SIG",
    ]);
  });

  it("refundlog §17 verifies the published example, whole and beside itself", async () => {
    const trust = JSON.parse(readFileSync("public/docs/example.trust.json", "utf8")) as {
      readonly roots: Readonly<Record<string, Jwk>>;
    };
    const report = await ledger.verifyRefundlog({
      source: readFileSync("public/docs/example.refundlog"),
      verify: newVerify(),
      roots: new Map(Object.entries(trust.roots)),
      keepsRecords: true,
    });
    if (!report.ok) throw new Error("nobody cancels this");
    expect(report.value.findings).toEqual([]);
    expect(ledger.verifyTogether([report.value, report.value])).toEqual([]);
  });

  it("refundlog §3 writes and reads only what is canonical", () => {
    expect(ledger.canonicalize({ b: 1e21, a: "€" })).toBe('{"a":"€","b":1e+21}');
    expect(() => ledger.writeStrict({ a: 0.5 })).toThrow();
    expect(ledger.parseStrict('{"b":1,"a":2}')).toMatchObject({
      ok: false,
      fault: { kind: "E_CANON" },
    });
    expect(ledger.decodeBase64url("AB")).toBeUndefined();
  });
});
