// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";

import { shortCode } from "../../src/ledger/keys.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { findHandedOut, saveHandedOut } from "../../src/storage/handed-out.ts";
import { findRecord } from "../../src/storage/queries.ts";
import type { TokenRow } from "../../src/storage/rows.ts";
import { checkAtStart, type StartOutcome } from "../../src/storage/start-up.ts";
import type { Format } from "../../src/ui/format.ts";
import { findingsOf } from "../../src/ui/screens/rescue/findings.ts";
import { applyAck } from "../../src/usecases/apply-ack.ts";
import { checkSlip, findSlipStanding, keepSlipProof } from "../../src/usecases/check-slip.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { ledgerHandedOut, prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { makeCheckpoint } from "../../src/usecases/make-checkpoint.ts";
import { signAck } from "../../src/usecases/sign-ack.ts";
import { takeStatement } from "../../src/usecases/take-statement.ts";
import { recordWitness } from "../../src/usecases/witness-chain.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { speakChinese } from "../support/chinese.ts";
import { quiet } from "../support/money-steps.ts";
import { caseAt, refundNow } from "../support/refunds.ts";
import { twinOf, twoTills, type TwoTills } from "../support/two-tills.ts";

await speakChinese();

let tills: TwoTills;
let till: Deps;
/** The till as it was before its last refund. */
let earlier: Deps;
let slip: string;
let slipSeq: number;

beforeEach(async () => {
  tills = await twoTills();
  till = tills.other;
  await refundNow(till);
  earlier = await twinOf(till);
  const { attempts } = await caseAt(till, await refundNow(till));
  const record = await findRecord(
    till.journal.db,
    attempts[0]?.record ?? { device: till.device, seq: -1 },
  );
  if (record === undefined) throw new Error("no slip");
  slip = record.jwt;
  slipSeq = record.seq;
});

/** The same signed texts lie in the store that came back: a device that was rolled back in part. */
const bring = async (kind: TokenRow["kind"]): Promise<void> => {
  const rows = await till.journal.db.tokens.toArray();
  await earlier.journal.db.tokens.bulkPut(rows.filter((row) => row.kind === kind));
};

const start = (deps: Deps): Promise<StartOutcome> => checkAtStart(deps.journal, deps.device);

const format = { number: String, fullTime: String } as unknown as Format;

const said = (outcome: StartOutcome): string => {
  const { title, advice, facts } = findingsOf(outcome, format);
  return [title, advice, ...facts.flat()].join(" ");
};

const makers: Readonly<Record<string, () => Promise<unknown>>> = {
  ack: async () => {
    const { file } = valueOf(await prepareLedgerFile(till, { scope: "all", ...quiet }));
    const roots = new Map([[tills.root.kid, tills.root.jwk]]);
    const report = valueOf(
      await verifyRefundlog({ source: file.bytes, verify: till.verify, roots }),
    );
    const verified = { file: new Blob([file.bytes]), report };
    const signed = valueOf(await signAck(tills.one, verified, tills.shop.recoveryCode));
    valueOf(await applyAck(till, signed.token));
    await bring("ack");
  },
  wit: async () => {
    const { token } = valueOf(await makeCheckpoint(till));
    const { statement } = valueOf(await recordWitness(tills.one, token));
    valueOf(await takeStatement(till, statement));
    await bring("wit");
  },
  cp: async () => {
    valueOf(await makeCheckpoint(till));
    await bring("cp");
  },
  export: async () => {
    await ledgerHandedOut(till, valueOf(await prepareLedgerFile(till, { scope: "all", ...quiet })));
    const out = await findHandedOut(till.journal.db);
    if (out !== undefined) await saveHandedOut(earlier.journal.db, out);
  },
  slip: async () => {
    const check = await checkSlip(earlier, slip);
    if (check.kind === "good") await keepSlipProof(earlier, check.slip, slip);
  },
};

const words: Readonly<Record<string, string>> = {
  ack: "总部或店主的回执",
  wit: "另一台收款设备的见证",
  cp: "本机出示过的交接码",
  export: "导出过的签名包",
  slip: "顾客手里的凭条",
};

describe("the start of a till whose last records are gone", () => {
  it.each(Object.keys(makers))(
    "F71 refundlog §7 is stopped by one pin: %s, and says so",
    async (kind) => {
      await makers[kind]?.();
      const outcome = await start(earlier);
      expect(outcome).toMatchObject({ kind: "partly_lost", by: kind });
      const text = said(outcome);
      expect(text).toContain(words[kind]);
      expect(text).toContain("吊销本机");
      expect(text).toMatch(/缺少最后 \d+ 条记录/);
    },
  );

  it.each(["ack", "wit", "cp", "export"])("goes on where the chain bears %s out", async (kind) => {
    await makers[kind]?.();
    expect((await start(till)).kind).not.toMatch(/lost|truths/);
  });

  it("F71 of which others took its numbers is stopped by a slip, as two histories", async () => {
    await refundNow(earlier);
    await refundNow(earlier);
    await makers["slip"]?.();
    const outcome = await start(earlier);
    expect(outcome).toEqual({ kind: "two_truths", device: till.device, seq: slipSeq, by: "slip" });
    expect(said(outcome)).toContain("顾客手里的凭条");
  });
});

describe("a slip that comes back", () => {
  it("refundlog §6 is found, cut off or another one, and nothing is kept of one that is found", async () => {
    const check = await checkSlip(till, slip);
    if (check.kind !== "good") throw new Error(check.kind);
    expect(check.slip.short).toBe(shortCode(check.slip.hash));
    expect(await findSlipStanding(till, check.slip)).toMatchObject({ kind: "here" });
    await keepSlipProof(till, check.slip, slip);
    expect(await till.journal.db.tokens.count()).toBe(0);
    const last = (await earlier.journal.db.heads.get(till.device))?.seq;
    expect(await findSlipStanding(earlier, check.slip)).toEqual({
      kind: "cut",
      seq: slipSeq,
      last,
    });
    await refundNow(earlier);
    expect(await findSlipStanding(earlier, check.slip)).toEqual({ kind: "differs" });
  });
});

describe("a statement that comes back to a till that was rolled back", () => {
  it("F71 refundlog §6 tells the cut and the fork, and is not kept", async () => {
    const { token } = valueOf(await makeCheckpoint(till));
    const { statement } = valueOf(await recordWitness(tills.one, token));
    expect(faultOf(await takeStatement(earlier, statement)).kind).toBe("own_chain_cut");
    await refundNow(earlier);
    expect(faultOf(await takeStatement(earlier, statement)).kind).toBe("own_chain_forked");
    expect(await earlier.journal.db.tokens.count()).toBe(0);
  });

  it("F71 the witness refuses its checkpoint as a fork when it went on by itself", async () => {
    valueOf(await recordWitness(tills.one, valueOf(await makeCheckpoint(till)).token));
    await refundNow(earlier);
    expect(
      faultOf(await recordWitness(tills.one, valueOf(await makeCheckpoint(earlier)).token)),
    ).toMatchObject({
      kind: "chain_forked",
      label: "T2",
    });
    expect((await tills.one.journal.db.tokens.toArray()).map(({ kind }) => kind)).toEqual([
      "cp",
      "cp",
    ]);
  });
});
