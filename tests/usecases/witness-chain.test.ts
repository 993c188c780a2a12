import { beforeEach, describe, expect, it } from "vitest";

import { verifyRefundlog } from "../../src/ledger/verify.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { ledgerHandedOut, prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { readDeviceFile } from "../../src/usecases/merge-device.ts";
import { makeCheckpoint, newNonce } from "../../src/usecases/make-checkpoint.ts";
import { takeStatement } from "../../src/usecases/take-statement.ts";
import { readCheckpoint, recordWitness } from "../../src/usecases/witness-chain.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { aMergeJob, blobOf, fileOf } from "../support/merging.ts";
import { quiet } from "../support/money-steps.ts";
import { refundNow } from "../support/refunds.ts";
import { anotherTill, meet, twinOf, twoTills, type TwoTills } from "../support/two-tills.ts";

let tills: TwoTills;
let one: Deps;
let other: Deps;

beforeEach(async () => {
  tills = await twoTills();
  ({ one, other } = tills);
});

const exportOf = async (deps: Deps, scope: "new" | "all" = "all") =>
  valueOf(await prepareLedgerFile(deps, { scope, ...quiet })).file.bytes;

const check = async (source: Uint8Array, pins: readonly string[] = []) => {
  const roots = new Map([[tills.root.kid, tills.root.jwk]]);
  return valueOf(await verifyRefundlog({ source, verify: one.verify, roots, pins }));
};

const errorsOf = ({ findings }: Awaited<ReturnType<typeof check>>) =>
  findings.map(({ code }) => code).filter((code) => code.startsWith("E_"));

const typesOf = (bytes: Uint8Array): readonly string[] =>
  new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly t: string }).t);

describe("a checkpoint between two tills", () => {
  it("X9 refundlog §6 is witnessed, stated, taken back, and both files verify with it", async () => {
    await refundNow(one);
    const shown = valueOf(await makeCheckpoint(one, await newNonce(other)));
    expect(shown.place).toBe("T1-000004");
    const seen = valueOf(await readCheckpoint(other, shown.token));
    expect(seen).toMatchObject({ seq: 4, last: -1, isLive: true, isKnown: false });
    expect(seen.till.label).toBe("T1");
    const { statement } = valueOf(await recordWitness(other, shown.token));
    expect(valueOf(await takeStatement(one, statement))).toMatchObject({
      seq: 4,
      by: { label: "T2" },
    });
    const file = await exportOf(one);
    expect(typesOf(file).filter((type) => type !== "rec")).toEqual([
      "head",
      "key",
      "key",
      "wit",
      "cp",
      "end",
    ]);
    const report = await check(file);
    expect(errorsOf(report)).toEqual([]);
    expect(report.pinnedTo).toBe(4);
    expect(errorsOf(await check(await exportOf(other)))).toEqual([]);
  });

  it("refundlog §12 an incremental file carries what speaks of its own records only", async () => {
    await refundNow(one);
    await recordWitness(other, valueOf(await makeCheckpoint(one)).token);
    const first = valueOf(await prepareLedgerFile(one, { scope: "all", ...quiet }));
    await ledgerHandedOut(one, first);
    await refundNow(one);
    await makeCheckpoint(one);
    const next = await exportOf(one, "new");
    expect(typesOf(next).filter((type) => type === "cp")).toHaveLength(1);
    expect(errorsOf(await check(next))).toEqual([]);
  });

  it("is recorded once, however often it is scanned", async () => {
    const { token } = valueOf(await makeCheckpoint(one));
    await recordWitness(other, token);
    const before = (await other.journal.db.heads.get(other.device))?.seq;
    valueOf(await recordWitness(other, token));
    expect((await other.journal.db.heads.get(other.device))?.seq).toBe(before);
    expect(valueOf(await readCheckpoint(other, token))).toMatchObject({
      isKnown: true,
      isLive: false,
    });
  });

  it("refundlog §6 is live once: the one-time number is used up by the checkpoint that was witnessed", async () => {
    const nonce = await newNonce(other);
    const { token } = valueOf(await makeCheckpoint(one, nonce));
    await refundNow(one);
    const again = valueOf(await makeCheckpoint(one, nonce));
    valueOf(await recordWitness(other, token));
    expect(valueOf(await readCheckpoint(other, again.token)).isLive).toBe(false);
    valueOf(await recordWitness(other, again.token));
    const fresh = valueOf(await makeCheckpoint(one, await newNonce(other)));
    expect(valueOf(await readCheckpoint(other, fresh.token)).isLive).toBe(true);
  });

  it("refundlog §6 an older one is told as a chain that was rolled back", async () => {
    const early = valueOf(await makeCheckpoint(one));
    await refundNow(one);
    valueOf(await recordWitness(other, valueOf(await makeCheckpoint(one)).token));
    expect(faultOf(await recordWitness(other, early.token))).toEqual({
      kind: "chain_rolled_back",
      label: "T1",
      seq: 2,
      last: 4,
    });
  });

  it("is not believed from a key that nobody vouched for, and says which", async () => {
    const stranger = await anotherTill(tills.shop, { label: "T3", prefix: "T3T3T3" });
    const { token } = valueOf(await makeCheckpoint(stranger));
    expect(faultOf(await readCheckpoint(other, token))).toMatchObject({ kind: "signer_unknown" });
    await meet(other, stranger, tills.root);
    expect(valueOf(await readCheckpoint(other, token)).till.label).toBe("T3");
    const foreign = valueOf(await makeCheckpoint((await aShop()).deps));
    expect(faultOf(await readCheckpoint(other, foreign.token)).kind).toBe("signer_unknown");
  });

  it("is refused when a character was changed, when it is this till's own, and when it is no checkpoint", async () => {
    const { token } = valueOf(await makeCheckpoint(one));
    const changed = `${token.slice(0, -10)}AAAA${token.slice(-6)}`;
    expect(["code_altered", "code_unreadable"]).toContain(
      faultOf(await readCheckpoint(other, changed)).kind,
    );
    expect(faultOf(await readCheckpoint(one, token))).toEqual({ kind: "checkpoint_own" });
    const { statement } = valueOf(await recordWitness(other, token));
    expect(faultOf(await readCheckpoint(one, statement)).kind).toBe("code_unreadable");
    expect(faultOf(await takeStatement(one, token)).kind).toBe("code_unreadable");
    expect(faultOf(await takeStatement(other, statement)).kind).toBe("statement_not_ours");
  });
});

describe("a till that came back from an older copy", () => {
  it("F71 X9 E_PIN_BEYOND_HEAD its file is not merged by whoever has seen more of it", async () => {
    const earlier = await twinOf(one);
    await refundNow(one);
    valueOf(await recordWitness(other, valueOf(await makeCheckpoint(one)).token));
    const fault = faultOf(await readDeviceFile(other, blobOf(await fileOf(earlier)), aMergeJob()));
    expect(fault.kind).toBe("invalid");
    const codes = fault.kind === "invalid" ? fault.report.findings.map(({ code }) => code) : [];
    expect(codes).toContain("E_PIN_BEYOND_HEAD");
    expect(await other.journal.db.heads.get(one.device)).toBeUndefined();
    valueOf(await readDeviceFile(other, blobOf(await fileOf(one)), aMergeJob()));
  });
});
