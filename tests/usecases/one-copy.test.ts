import { beforeEach, describe, expect, it, vi } from "vitest";

import { checkAtStart } from "../../src/storage/start-up.ts";
import { goOnWithOneCopy } from "../../src/usecases/accept-one-copy.ts";
import { describeJournal } from "../../src/usecases/describe-device.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { copyOf } from "../support/dying-copy.ts";
import { asClerk, refundNow } from "../support/refunds.ts";
import type { CaseId } from "../../src/domain/ids.ts";

let deps: Deps;
let caseId: CaseId;
let heard: number[];

const sign = () => tellCustomer(deps, caseId, { via: "screen", language: "zh" });
const lastSeq = async () => (await deps.journal.db.heads.get(deps.device))?.seq;
const exportAll = () =>
  prepareLedgerFile(deps, {
    scope: "all",
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });

beforeEach(async () => {
  heard = [];
  deps = { ...(await aShop()).deps, onSaved: (copies) => void heard.push(copies) };
  caseId = await refundNow(deps);
  heard = [];
});

describe("X37 F8 signing", () => {
  it("goes on for one record in one copy, and stops at the second, with nothing written", async () => {
    copyOf(deps).fault = { kind: "quota" };
    valueOf(await sign());
    const seq = await lastSeq();
    expect(faultOf(await sign())).toEqual({ kind: "copy_missing" });
    expect(await lastSeq()).toBe(seq);
    expect(heard).toEqual([1, 0]);
  });

  it("begins again by itself once the copy works, and the copy lacks nothing", async () => {
    copyOf(deps).fault = { kind: "quota" };
    valueOf(await sign());
    faultOf(await sign());
    expect(await describeJournal(deps)).toMatchObject({ copies: 1, isStopped: true });
    copyOf(deps).fault = undefined;
    expect((await checkAtStart(deps.journal, deps.device)).kind).toBe("copy_fixed");
    expect(await describeJournal(deps)).toMatchObject({ copies: 2, isStopped: false });
    expect(valueOf(await sign()).copies).toBe(2);
  });

  it("lets a file leave while it is stopped", async () => {
    copyOf(deps).fault = { kind: "quota" };
    valueOf(await sign());
    valueOf(await exportAll());
    expect(faultOf(await sign())).toEqual({ kind: "copy_missing" });
  });

  it("goes on with one copy when the owner accepts it, until the copy works again", async () => {
    copyOf(deps).fault = { kind: "quota" };
    valueOf(await sign());
    expect(faultOf(await goOnWithOneCopy(asClerk(deps)))).toMatchObject({ kind: "not_entitled" });
    expect(faultOf(await sign())).toEqual({ kind: "copy_missing" });
    valueOf(await goOnWithOneCopy(deps));
    valueOf(await sign());
    expect(valueOf(await sign()).copies).toBe(1);
    copyOf(deps).fault = undefined;
    expect(valueOf(await sign()).copies).toBe(2);
    copyOf(deps).fault = { kind: "quota" };
    valueOf(await sign());
    expect(faultOf(await sign())).toEqual({ kind: "copy_missing" });
  });

  it("F16 is told by a fault when the store does not answer what the copy lacks", async () => {
    const { meta } = deps.journal.db;
    const asked = vi.spyOn(meta, "get").mockRejectedValue(new Error("seek failure"));
    const seq = await lastSeq();
    expect(faultOf(await sign())).toEqual({ kind: "corrupt", message: "seek failure" });
    asked.mockRestore();
    expect(await lastSeq()).toBe(seq);
    valueOf(await sign());
  });

  it("is not stopped in a browser that has no files for a copy", async () => {
    copyOf(deps).fault = { kind: "no_opfs" };
    valueOf(await sign());
    expect(valueOf(await sign()).copies).toBe(1);
  });
});
