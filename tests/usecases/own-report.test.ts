import { expect, it } from "vitest";

import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import { lastDays, readInsightReport } from "../../src/usecases/read-insights.ts";
import { readRisks } from "../../src/usecases/read-risks.ts";
import { aStaff, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { fileOf, mergeInto } from "../support/merging.ts";
import { newCaseId } from "../support/money-steps.ts";
import { refundNow, submitNow } from "../support/refunds.ts";
import { aRotation } from "../support/rotation.ts";
import { aSecondTill } from "../support/second-till.ts";

const refundAndDecline = async (deps: Deps): Promise<void> => {
  await refundNow(deps);
  const asked = { caseId: newCaseId(deps), reason: "other", offers: [], note: "顾客" } as const;
  valueOf(await declineRequest(deps, undefined, asked));
};

/** What somebody of the same pseudonym as the owner sees, who may see nobody else's refunds. */
const seenBy = async (deps: Deps, role: "clerk" | "owner") => {
  const person = deps.staff();
  if (person === undefined) throw new Error("nobody is here");
  const here = actingAs(deps, aStaff({ staff: person.staff, role }));
  const days = lastDays(deps, 7);
  const { count } = valueOf(await readRisks(here, days));
  const report = valueOf(await readInsightReport(here, days));
  return { risks: count, refunds: report.count, declined: report.declined };
};

it("R56 F66 shows who may see only themself nothing of another till's person with the same pseudonym", async () => {
  const shop = await aShop();
  const second = await aSecondTill(shop);
  await refundAndDecline(second.deps);
  valueOf(await mergeInto(shop.deps, await fileOf(second.deps)));
  expect(await seenBy(shop.deps, "owner")).toEqual({ risks: 1, refunds: 1, declined: 1 });
  expect(await seenBy(shop.deps, "clerk")).toEqual({ risks: 0, refunds: 0, declined: 0 });
});

it("R56 still shows them what they did here under a key that was replaced", async () => {
  const shop = await aShop();
  await refundAndDecline(shop.deps);
  await submitNow(shop.deps);
  const rotation = await aRotation(shop);
  valueOf(await rotation.rotate());
  const next = await rotation.reopened();
  expect(await seenBy(next, "clerk")).toEqual({ risks: 1, refunds: 1, declined: 1 });
});
