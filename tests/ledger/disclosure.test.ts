import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encodeBase64url, toBytes } from "../../src/ledger/base64url.ts";
import {
  digestOf,
  makeDisclosures,
  openDisclosures,
  parseDisclosure,
} from "../../src/ledger/disclosure.ts";
import { countingRandom } from "../support/crypto.ts";

const examples = "../shared/data/vectors/sd-jwt/examples.json";

describe.skipIf(!existsSync(examples))("disclosures of RFC 9901 (needs ../shared/data)", () => {
  it("digests 28 of 28 as published", () => {
    const { disclosures } = JSON.parse(readFileSync(examples, "utf8")) as {
      disclosures: { disclosure: string; sha256_b64u: string }[];
    };
    expect(disclosures.length).toBe(28);
    for (const one of disclosures) expect(digestOf(one.disclosure)).toBe(one.sha256_b64u);
  });
});

const parts = { det: { rsn: "faulty" }, ctx: { staff: "s1" }, cust: { name: "王女士" } };
const aTree = () => makeDisclosures(parts, countingRandom());
const write = (value: unknown) => encodeBase64url(toBytes(JSON.stringify(value)));
const salt = "AAAAAAAAAAAAAAAAAAAAAA";

const faultOf = (text: string) => {
  const parsed = parseDisclosure(text);
  return parsed.ok ? "accepted" : parsed.fault.kind;
};

describe("the tree of disclosures", () => {
  it("names det in the payload, ctx and cust ascending in det, and travels det, ctx, cust", () => {
    const { sd, disclosures } = aTree();
    const opened = openDisclosures({ _sd: sd }, disclosures);
    const below = disclosures.slice(1).map(digestOf).sort();
    expect(opened.faults).toEqual([]);
    expect(opened.absent).toEqual([]);
    expect(sd).toEqual([digestOf(disclosures[0] ?? "")]);
    expect(opened.det).toEqual({ ...parts.det, _sd: below });
    expect(opened.ctx).toEqual(parts.ctx);
    expect(opened.cust).toEqual(parts.cust);
  });

  it("salts each disclosure with its own 16 bytes", () => {
    const { disclosures } = aTree();
    const salts = disclosures.map((text) => {
      const [first] = JSON.parse(Buffer.from(text, "base64url").toString()) as [string];
      expect(Buffer.from(first, "base64url").length).toBe(16);
      return first;
    });
    expect(new Set(salts).size).toBe(3);
  });

  it("has no cust when nothing personal was said", () => {
    const { sd, disclosures } = makeDisclosures({ ...parts, cust: undefined }, countingRandom());
    expect(disclosures.length).toBe(2);
    expect(openDisclosures({ _sd: sd }, disclosures).cust).toBeUndefined();
  });

  it("says which digests are not there when cust, or everything, is withheld", () => {
    const { sd, disclosures } = aTree();
    const [det = "", ctx = "", cust = ""] = disclosures;
    expect(openDisclosures({ _sd: sd }, [det, ctx])).toMatchObject({
      absent: [digestOf(cust)],
      faults: [],
    });
    expect(openDisclosures({ _sd: sd }, [])).toMatchObject({ absent: sd, faults: [] });
  });

  it("finds a disclosure that nobody references, at either level", () => {
    const { sd, disclosures } = aTree();
    const [, ctx = "", cust = ""] = disclosures;
    const kinds = (texts: readonly string[]) =>
      openDisclosures({ _sd: sd }, texts).faults.map((fault) => fault.kind);
    expect(kinds([...disclosures.slice(0, 2), write([salt, "cust", {}])])).toEqual([
      "E_SD_UNREFERENCED",
    ]);
    expect(kinds([ctx, cust])).toEqual(["E_SD_UNREFERENCED"]);
  });

  it("finds one disclosure carried twice, and another order", () => {
    const { sd, disclosures } = aTree();
    const [det = "", ctx = "", cust = ""] = disclosures;
    const kinds = (texts: readonly string[]) =>
      openDisclosures({ _sd: sd }, texts).faults.map((fault) => fault.kind);
    expect(kinds([det, ctx, ctx])).toEqual(["E_SD_DUP"]);
    expect(kinds([det, cust, ctx])).toEqual(["E_SD_FORMAT"]);
    expect(kinds([ctx, det, cust])).toEqual(["E_SD_FORMAT"]);
  });

  it("finds any changed character of any disclosure", () => {
    const { sd, disclosures } = aTree();
    for (const [index, text] of disclosures.entries())
      for (let at = 0; at < text.length; at++) {
        const changed = text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
        const texts = disclosures.map((one, other) => (other === index ? changed : one));
        expect(openDisclosures({ _sd: sd }, texts).faults.length).toBeGreaterThan(0);
      }
  });

  it("refuses a bad triple, salt, name, spelling", () => {
    expect(faultOf(write([salt, "ctx", {}]))).toBe("accepted");
    expect(faultOf(write([salt, "ctx"]))).toBe("E_SD_FORMAT");
    expect(faultOf(write([salt, "ctx", {}, 1]))).toBe("E_SD_FORMAT");
    expect(faultOf(write([salt, "name", {}]))).toBe("E_SD_FORMAT");
    expect(faultOf(write([salt, "ctx", "text"]))).toBe("E_SD_FORMAT");
    expect(faultOf(write(["short", "ctx", {}]))).toBe("E_SD_FORMAT");
    expect(faultOf(write([`${salt}=`, "ctx", {}]))).toBe("E_SD_FORMAT");
    expect(faultOf(write({}))).toBe("E_SD_FORMAT");
    expect(faultOf(`${write([salt, "ctx", {}])}=`)).toBe("E_B64");
    expect(faultOf(encodeBase64url(toBytes(`["${salt}", "ctx",{}]`)))).toBe("E_CANON");
  });
});
