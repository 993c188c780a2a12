import { describe, expect, it } from "vitest";

import { firstOwner } from "../../src/domain/ids.ts";
import { remaining } from "../../src/domain/payment.ts";
import { getBatch } from "../../src/storage/queries.ts";
import { listRecallers, recallLeftBatch } from "../../src/usecases/recall-left-batch.ts";
import { recordLookedUp } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { sendOff } from "../support/crew.ts";
import { aShop } from "../support/deps.ts";
import { findingsOf } from "../support/journal-watch.ts";
import { join, ownerPin } from "../support/people.ts";
import { caseAt, paymentAt } from "../support/refunds.ts";
import { askFor, draftOf, paid } from "../support/rights-cell.ts";

const proof = "平台上没有这个批次";
const byOwner = { approver: firstOwner, pin: ownerPin, proof };

describe("a shop of one", () => {
  it("M9 X28 takes a file back alone, and every check names it as self-approved", async () => {
    const { deps } = await aShop();
    const caseId = await askFor(deps, await paid(deps, 3_000));
    valueOf(await recallLeftBatch(deps, await sendOff(deps), byOwner));
    expect((await caseAt(deps, caseId)).money).toBe("ready");
    expect(await findingsOf(deps)).toEqual(["F_SELF_APPROVED 7"]);
  });

  it("M9 X28 does not once somebody else could allow it", async () => {
    const { deps } = await aShop();
    await askFor(deps, await paid(deps, 3_000));
    const lead = await join(deps, { role: "lead" });
    const batchId = await sendOff(deps);
    const batch = await getBatch(deps.journal.db, batchId);
    if (batch === undefined) throw new Error("no batch");
    expect((await listRecallers(deps, batch)).map(({ staff }) => staff.staff)).toEqual([
      lead.staff,
    ]);
    expect(faultOf(await recallLeftBatch(deps, batchId, byOwner)).kind).toBe("own_request");
  });
});

it("R1 a payment told unpaid is found paid, and only then gives a refund", async () => {
  const { deps } = await aShop();
  const target = await paid(deps, 3_000, { state: "unpaid" });
  const { paymentId } = target.payment;
  expect(faultOf(await recordRefund(deps, target, draftOf(deps)))).toEqual({
    kind: "gate_closed",
    gate: { kind: "blocked", why: "unpaid" },
  });
  valueOf(await recordLookedUp(deps, paymentId, "paid"));
  expect((await paymentAt(deps, paymentId)).state).toBe("paid");
  expect(faultOf(await recordLookedUp(deps, paymentId, "unpaid")).kind).toBe("not_unknown");
  const caseId = await askFor(deps, target);
  expect(await caseAt(deps, caseId)).toMatchObject({ money: "ready" });
  expect(remaining(await paymentAt(deps, paymentId)).minor).toBe(0);
});
