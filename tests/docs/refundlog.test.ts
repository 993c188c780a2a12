// @vitest-environment happy-dom
// @vitest-environment-options {"settings":{"handleDisabledFileLoadingAsSuccess":true}}
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { findings } from "../../src/ledger/findings.ts";
import { hashJwt } from "../../src/ledger/jws.ts";
import { fingerprint, shortCode } from "../../src/ledger/keys.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { readRoots } from "../../src/verifier/trust-text.ts";
import { newVerify } from "../../src/verifier/es256.ts";
import { readPage, readText, rowsUnder, textOf } from "./page.ts";

const page = readPage("public/docs/refundlog.html");
const file = "public/docs/example.refundlog";

const decode = (part: string | undefined): string =>
  Buffer.from(part ?? "", "base64url").toString("utf8");

type Line = { readonly t: string; readonly j: string; readonly d: readonly string[] };

const lines = readText(file)
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);
const record = lines.filter(({ t }) => t === "rec")[4];
if (record === undefined) throw new Error("the example has lost its record 4");
const hash = hashJwt(record.j);

const trust = readText("public/docs/example.trust.json");

const rootsOf = (text: string) => {
  const roots = readRoots(text, []);
  if (!roots.ok) throw new Error(roots.fault.kind);
  return roots.value;
};

const check = async (bytes: Uint8Array) => {
  const report = await verifyRefundlog({
    source: bytes,
    verify: newVerify(),
    roots: rootsOf(trust),
  });
  if (!report.ok) throw new Error("nobody cancels this");
  return report.value;
};

describe("the table of codes", () => {
  test("has every code of this version with the app's own words, and no other", () => {
    const rows = rowsUnder(page, "codes").map((cells) =>
      cells.map((cell) => cell.textContent.replaceAll(/\s+/g, " ").trim()),
    );
    const wanted = Object.entries(findings).map(([code, { en, zh }]) => [code, en, zh]);
    expect(rows.map(([code, , en, zh]) => [code, en, zh])).toEqual(wanted);
    expect(rows.filter(([, raisedBy = ""]) => raisedBy === "")).toEqual([]);
  });
});

describe("the worked example", () => {
  test("is a valid file under its trust file", async () => {
    const report = await check(new Uint8Array(readFileSync(file)));
    expect(report.findings).toEqual([]);
    expect(report.records.length).toBe(8);
  });

  test("fails when one character of a record is changed", async () => {
    const at = lines.indexOf(record);
    const changed = record.j.replace(".eyJ", ".eyK");
    const text = readText(file).split("\n");
    text[at] = (text[at] ?? "").replace(record.j, changed);
    const report = await check(new TextEncoder().encode(text.join("\n")));
    expect(report.verdict).toBe("invalid");
  });

  test("stands in the page as it stands in the file", () => {
    const [header, payload] = record.j.split(".").map(decode);
    const shown = (id: string): string => textOf(page, id).trim();
    expect(shown("example-core")).toBe(`${header}\n${payload}`);
    expect(shown("example-jwt")).toBe(record.j);
    expect(shown("example-disclosures")).toBe(record.d.map(decode).join("\n"));
    expect(shown("example-key")).toContain(`h = ${hash}`);
    expect(shown("example-manifest")).toBe(decode(lines.at(-1)?.j.split(".")[1]));
    expect(page.body.textContent).toContain(`${record.j.length} characters`);
    expect(page.body.textContent).toContain(shortCode(hash));
  });

  test("shows the fingerprints by which people trust it", () => {
    const kid = decode(record.j.split(".")[0]).split('"kid":"')[1]?.slice(0, 43) ?? "";
    const [root = ""] = rootsOf(trust).keys();
    const shown = textOf(page, "example-fingerprints").trim();
    expect(shown).toBe(`shop key    ${fingerprint(root)}\ndevice key  ${fingerprint(kid)}`);
  });
});

const folder = mkdtempSync(join(tmpdir(), "by-hand-"));
afterAll(() => rmSync(folder, { recursive: true }));

const hasTools = ["bash", "jq", "openssl"].every((tool) => spawnSync("which", [tool]).status === 0);

describe.skipIf(!hasTools)("the script that verifies by hand (needs bash, jq and openssl)", () => {
  test("finds signature, links and digests of the example in order", () => {
    copyFileSync(file, join(folder, "example.refundlog"));
    const script = textOf(page, "by-hand-script");
    const run = spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" });
    const said = run.stdout.split("\n");
    expect(run.status).toBe(0);
    expect(said[0]).toBe("Verified OK");
    expect(said[1]).toBe(decode(record.j.split(".")[1]));
    expect(said).toContain(hash);
    const manifest = decode(lines.at(-1)?.j.split(".")[1]);
    const digest = /"sha256":"([^"]+)"/.exec(manifest)?.[1] ?? "";
    expect(said.filter((line) => line === digest)).toHaveLength(1);
    const next = decode(lines.filter(({ t }) => t === "rec")[5]?.j.split(".")[1]);
    expect(next).toContain(`"prev":"${hash}"`);
  });

  test("refuses the example when its signed text is changed", () => {
    const name = join(folder, "example.refundlog");
    copyFileSync(file, name);
    const script = textOf(page, "by-hand-script").replace(">in.txt", ">in.txt; printf x >>in.txt");
    const run = spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" });
    expect(run.stdout).not.toContain("Verified OK");
  });
});
