import { describe, expect, test } from "vitest";
import { encodeBase64url, decodeBase64url } from "../../src/ledger/base64url.ts";
import { fingerprint } from "../../src/ledger/keys.ts";
import { readCertificates, readRoots } from "../../src/verifier/trust-text.ts";
import { aKey } from "../support/crypto.ts";
import { aBareBench, addGenesis, writeFile } from "../ledger/rules-bench.ts";

const aFile = async () => {
  const bench = await aBareBench();
  await addGenesis(bench);
  const source = await writeFile(bench, { exporter: "sys" });
  return { bench, source, certificates: await readCertificates(source) };
};

describe("what a person knows of the shop's root", () => {
  test("the certificates of a file are read without reading its records", async () => {
    const { bench, certificates } = await aFile();
    expect(certificates).toEqual(bench.keys.map(({ cert }) => cert));
  });

  test("a fingerprint finds the root in what it signed, however it is typed", async () => {
    const { bench, certificates } = await aFile();
    const roots = new Map([[bench.root.kid as string, bench.root.jwk]]);
    const printed = fingerprint(bench.root.kid);
    const typed = [
      printed,
      printed.toLowerCase(),
      ` ${printed.replaceAll(" ", "-")}\n`,
      printed.replaceAll("0", "O").replaceAll("1", "l"),
      bench.root.kid,
    ];
    for (const text of typed)
      expect(readRoots(text, certificates)).toEqual({ ok: true, value: roots });
  });

  test("a fingerprint of another shop finds nothing", async () => {
    const { certificates, bench } = await aFile();
    const missing = { ok: false, fault: { kind: "trust_not_in_file" } };
    expect(readRoots(fingerprint((await aKey()).kid), certificates)).toEqual(missing);
    expect(readRoots(fingerprint(bench.root.kid), [])).toEqual(missing);
  });

  test("a certificate that only names the root's fingerprint does not get its trust", async () => {
    const { bench, certificates } = await aFile();
    const forged = certificates.map((certificate) => `${certificate.slice(0, -8)}AAAAAAAA`);
    const read = readRoots(fingerprint(bench.root.kid), forged);
    expect(read).toEqual({ ok: false, fault: { kind: "trust_not_in_file" } });
  });

  test("a trust file and a key card give the root itself", async () => {
    const { bench } = await aFile();
    const { kid, jwk } = bench.root;
    const roots = new Map([[kid as string, jwk]]);
    const file = JSON.stringify({ roots: { [kid]: jwk } });
    expect(readRoots(file, [])).toEqual({ ok: true, value: roots });
    const point = [jwk.x, jwk.y].map((text) => Buffer.from(decodeBase64url(text) ?? []));
    const card = `RLK1:${bench.keys[0]?.cert ?? ""}~x~${encodeBase64url(Buffer.concat(point))}`;
    expect(readRoots(card, [])).toEqual({ ok: true, value: roots });
  });

  test("a trust file that names a key by another's kid is refused, as are plain words", async () => {
    const { bench } = await aFile();
    const wrong = JSON.stringify({ roots: { [bench.till.kid]: bench.root.jwk } });
    for (const text of [wrong, "{}", "hello", "RLK1:a~b~c"])
      expect(readRoots(text, [])).toEqual({ ok: false, fault: { kind: "trust_unreadable" } });
  });

  test("no text is no root, and no fault", () => {
    expect(readRoots(" \n", [])).toEqual({ ok: true, value: new Map() });
  });
});
