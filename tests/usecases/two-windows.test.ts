import { describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import type { CaseId } from "../../src/domain/ids.ts";
import { remaining } from "../../src/domain/payment.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { getCase, getPayment } from "../../src/storage/queries.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareBatch } from "../../src/usecases/export-batch.ts";
import { ledgerHandedOut, prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { openShop } from "../../src/usecases/open-shop.ts";
import { unlock } from "../../src/usecases/unlock.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop, someRows } from "../support/deps.ts";
import {
  newCaseId,
  importOf,
  found,
  refund,
  options,
  quiet,
  verdictOf,
  checkFile,
  exported,
  arrived,
} from "../support/money-steps.ts";

describe("two windows", () => {
  it("F29 the signed file ends in its own export record, whatever another window adds", async () => {
    const { deps } = await aShop();
    const { cases } = await exported(deps);
    const exclusively: Deps["exclusively"] = async (work) => {
      const done = await deps.exclusively(work);
      await arrived(deps, cases[0] as CaseId); // the other window gets the lock at once
      return done;
    };
    const file = await prepareLedgerFile({ ...deps, exclusively }, { scope: "all", ...quiet });
    const made = valueOf(file);
    expect(await verdictOf(deps, made.file.bytes)).toEqual([]);
    await ledgerHandedOut(deps, made);
    const rest = valueOf(await prepareLedgerFile(deps, { scope: "new", ...quiet }));
    expect(rest.from).toBe(made.to + 1);
    expect(await verdictOf(deps, rest.file.bytes)).toEqual([]);
  });

  it("F58 five windows trying PINs at once share their tries", async () => {
    const { deps } = await aShop();
    const [person] = await deps.journal.db.staff.toArray();
    if (person === undefined) throw new Error("nobody");
    const tries = ["1", "2", "3", "4", "5"].map((pin) => unlock(deps, person.staff, pin));
    await Promise.all(tries);
    expect(faultOf(await unlock(deps, person.staff, "739182")).kind).toBe("wait");
  });

  it("F4 a shop that was opened in another window is not opened over", async () => {
    const { deps, setUp } = await aShop();
    const shop = { name: "第二家", currency: CNY, zone: deps.calendar.zone };
    const opened = await openShop(setUp, { shop, ownerName: "小林", pin: "739182" });
    expect(faultOf(opened).kind).toBe("head_moved");
    expect(await deps.journal.db.devices.count()).toBe(1);
    expect((await findEnrolment(deps.journal.db))?.device).toBe(deps.device);
    expect(await checkAtStart(deps.journal)).toMatchObject({ kind: "ready" });
  });

  it("M7 a refund withdrawn while its file is made is in no batch", async () => {
    const { deps } = await aShop();
    valueOf(await importOf(deps, someRows(deps)));
    const caseId = newCaseId(deps);
    const [row] = someRows(deps);
    valueOf(await importOf(deps, row === undefined ? [] : [row], "second"));
    valueOf(await refund(deps, await found(deps, row?.transactionId ?? ""), "full", caseId));
    const [withdrawn, batch] = await Promise.all([
      withdrawRefund(deps, caseId, "customer"),
      prepareBatch(deps, "wechat-batch-txt", options),
    ]);
    expect(withdrawn.ok).toBe(true);
    expect(faultOf(batch).kind).toBe("nothing_to_export");
    const { paymentId } = (await getCase(deps.journal.db, caseId)) ?? {};
    const payment = paymentId && (await getPayment(deps.journal.db, paymentId));
    expect(payment && remaining(payment).minor).toBe(row?.minor);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("F16 a store that another window took over is a fault in words, not an exception", async () => {
    const { deps } = await aShop();
    const { cases } = await exported(deps);
    deps.journal.db.superseded = true;
    deps.journal.db.close();
    expect(faultOf(await arrived(deps, cases[0] as CaseId)).kind).toBe("newer_schema");
  });
});
