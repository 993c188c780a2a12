import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "vite";
import { fingerprint } from "../../src/ledger/keys.ts";
import { aBench, aPayment, aRefund, exported, told } from "../ledger/rules-shop.ts";
import { writeFile, type Bench } from "../ledger/rules-bench.ts";
import { describeDevice } from "../../src/usecases/describe-device.ts";
import { prepareDisputePack } from "../../src/usecases/dispute-pack.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { quiet } from "../support/money-steps.ts";
import { refundNow } from "../support/refunds.ts";

const folder = mkdtempSync(join(tmpdir(), "refundlog-verify-"));
const at = (name: string): string => join(folder, name);

type Run = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

const run = (...words: readonly string[]): Run =>
  spawnSync(process.execPath, [at("verify.mjs"), ...words], { encoding: "utf8" });

let bench: Bench;

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: "silent",
    ssr: { noExternal: true },
    build: {
      ssr: "src/verifier/node.ts",
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: "verify.mjs" } },
    },
  });
  bench = await aBench();
  const payment = await aPayment(bench);
  const ref = await aRefund(bench, payment);
  await exported(bench, ref);
  writeFileSync(at("known.refundlog"), await writeFile(bench));
  await told(bench, ref, "succeeded");
  writeFileSync(at("good.refundlog"), await writeFile(bench));
  writeFileSync(at("part.refundlog"), await writeFile(bench, { from: 11 }));
  const good = readFileSync(at("good.refundlog"), "utf8");
  writeFileSync(at("cut.refundlog"), good.slice(0, -100));
  const trust = { roots: { [bench.root.kid]: bench.root.jwk } };
  writeFileSync(at("trust.json"), JSON.stringify(trust));
  const other = await aBench();
  other.refunds = 500;
  await aRefund(other, await aPayment(other));
  writeFileSync(at("other.refundlog"), await writeFile(other));
  const trusts = { roots: { ...trust.roots, [other.root.kid]: other.root.jwk } };
  writeFileSync(at("trusts.json"), JSON.stringify(trusts));
  writeFileSync(at("fingerprint.txt"), fingerprint(bench.root.kid));
  writeFileSync(at("pins.txt"), `${bench.till.kid} 900 ${bench.root.kid}\n`);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe("node refundlog-verify.mjs", () => {
  test("ends with 0 for a valid file, trusted by file or by fingerprint", () => {
    for (const trust of ["trust.json", "fingerprint.txt"]) {
      const { status, stdout } = run("--trust", at(trust), at("good.refundlog"));
      expect(status).toBe(0);
      expect(stdout).toContain("有效；无法排除末尾被删 / Valid; a cut tail cannot be excluded");
    }
  });

  test("ends with 1 and the findings for a damaged file, an unknown key and a pin beyond the end", () => {
    const cut = run("--trust", at("trust.json"), at("cut.refundlog"));
    expect(cut.status).toBe(1);
    expect(cut.stdout).toContain("E_FILE_TRUNCATED");
    const unknown = run(at("good.refundlog"));
    expect(unknown.status).toBe(1);
    expect(unknown.stdout).toContain(fingerprint(bench.root.kid));
    const pinned = run("--trust", at("trust.json"), "--pins", at("pins.txt"), at("good.refundlog"));
    expect(pinned.status).toBe(1);
    expect(pinned.stdout).toContain("E_PIN_BEYOND_HEAD");
  });

  test("joins a part to what was known before", () => {
    const alone = run("--json", "--trust", at("trust.json"), at("part.refundlog"));
    expect(JSON.parse(alone.stdout)).toMatchObject({ verdict: "warnings", from: 11 });
    const base = ["--base", at("known.refundlog")];
    const joined = run("--json", "--trust", at("trust.json"), ...base, at("part.refundlog"));
    expect(joined.status).toBe(0);
    expect(JSON.parse(joined.stdout)).toMatchObject({ verdict: "ok", findings: [] });
  });

  test("X9 judges files of several devices together: each by itself, then what only all of them show", () => {
    const trust = ["--trust", at("trusts.json")];
    const calm = run(...trust, at("known.refundlog"), at("good.refundlog"));
    expect(calm.status).toBe(0);
    expect(calm.stdout).toContain("The files do not contradict each other");
    const found = run(...trust, at("good.refundlog"), at("other.refundlog"));
    expect(found.status).toBe(1);
    expect(found.stdout).toContain("F_DUP_REFUND_DEVICES");
    const { stdout } = run("--json", ...trust, at("good.refundlog"), at("other.refundlog"));
    const all = JSON.parse(stdout) as { readonly files: readonly unknown[] };
    expect(all.files).toHaveLength(2);
    expect(all).toMatchObject({
      verdict: "findings",
      together: [{ code: "F_DUP_REFUND_DEVICES" }, { code: "F_DUP_REFUND_DEVICES" }],
    });
    const base = ["--base", at("known.refundlog")];
    expect(run(...base, at("good.refundlog"), at("other.refundlog")).status).toBe(2);
  });

  test("R57 takes a dispute pack of a shop as it leaves, and the fingerprint that its paper prints", async () => {
    const { deps } = await aShop();
    await refundNow(deps, { note: "another customer" });
    const caseId = await refundNow(deps);
    const pack = valueOf(await prepareDisputePack(deps, { caseId, customer: true }, quiet));
    writeFileSync(at("dispute.refundlog"), pack.bytes);
    writeFileSync(at("root.txt"), (await describeDevice(deps)).rootFingerprint ?? "");
    const { status, stdout } = run("--trust", at("root.txt"), at("dispute.refundlog"));
    expect(stdout).toContain("有效，有 1 处提醒 / Valid with 1 remark");
    expect(stdout).toContain("W_WITHHELD");
    expect(status).toBe(0);
    writeFileSync(
      at("dispute.refundlog"),
      Buffer.from(pack.bytes).toString("utf8").replace("rec", "cer"),
    );
    expect(run("--trust", at("root.txt"), at("dispute.refundlog")).status).toBe(1);
  });

  test("ends with 2 when it cannot work: no file, no such file, bad trust, bad base", () => {
    expect(run().status).toBe(2);
    expect(run("a", "b").status).toBe(2);
    expect(run("--unknown", at("good.refundlog")).status).toBe(2);
    expect(run(at("missing.refundlog")).status).toBe(2);
    expect(run("--trust", at("pins.txt"), at("good.refundlog")).status).toBe(2);
    const cut = run(
      "--trust",
      at("trust.json"),
      "--base",
      at("cut.refundlog"),
      at("good.refundlog"),
    );
    expect(cut.status).toBe(2);
    expect(cut.stderr).toContain("--base");
  });
});
