import { beforeEach, describe, expect, it } from "vitest";

import type { DeviceId, PaymentId } from "../../src/domain/ids.ts";
import { addSeconds, instantFromMs } from "../../src/domain/instant.ts";
import { newSaleFilter } from "../../src/domain/sale-filter.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { startOf } from "../../src/ledger/known-heads.ts";
import { parseTillFilter, writeTillFilter } from "../../src/ledger/sale-filter-code.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import {
  maybeRefundedElsewhere,
  takeSaleFilter,
  writeOwnFilter,
} from "../../src/usecases/sale-filters.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { aStaff, faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { caseAt, paymentAt, payNow, refundNow } from "../support/refunds.ts";
import { mayHold } from "../../src/domain/sale-filter.ts";

let deps: Deps;
const otherTill = hashText("the other till") as string as DeviceId;

type Of = {
  readonly sales: readonly PaymentId[];
  readonly device?: DeviceId;
  readonly ago?: number;
};

/** A code as another till of this shop would show it. */
const codeOf = async ({ sales, device = otherTill, ago = 60 }: Of): Promise<string> => {
  const root = (await findEnrolment(deps.journal.db))?.root;
  if (root === undefined) throw new Error("no root");
  const at = addSeconds(instantFromMs(deps.now()), -ago);
  return writeTillFilter({
    root: startOf(thumbprint(root)),
    device,
    at,
    filter: newSaleFilter(sales),
  });
};

const take = async (of: Of) => takeSaleFilter(deps, await codeOf(of));

const isWarned = async (paymentId: PaymentId): Promise<boolean> =>
  maybeRefundedElsewhere(deps, await paymentAt(deps, paymentId), instantFromMs(deps.now()));

beforeEach(async () => {
  ({ deps } = await aShop());
});

describe("X9 a till shows which payments it refunded", () => {
  it("holds every refunded payment, and none that was only recorded or withdrawn", async () => {
    const [refunded, paid, withdrawn] = [
      await payNow(deps),
      await payNow(deps),
      await payNow(deps),
    ];
    await refundNow(deps, { of: refunded });
    const caseId = await refundNow(deps, { of: withdrawn });
    valueOf(await withdrawRefund(deps, caseId, "mistake"));
    const own = await writeOwnFilter(deps);
    const { filter, device } = valueOf(parseTillFilter(own.text));
    expect(own.count).toBe(1);
    expect(device).toBe(deps.device);
    expect([refunded, paid, withdrawn].map((sale) => mayHold(filter, sale))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("X9 another till that scanned it", () => {
  it("asks for a second look before the refund of such a payment, and blocks nothing", async () => {
    const [elsewhere, here] = [await payNow(deps), await payNow(deps)];
    const taken = valueOf(await take({ sales: [elsewhere] }));
    expect(taken).toMatchObject({ count: 1 });
    const clerk: Deps = { ...deps, staff: () => aStaff({ role: "clerk" }) };
    const asked = await caseAt(deps, await refundNow(clerk, { of: elsewhere }));
    expect(asked.need?.why).toContain("other_till");
    expect(asked.money).toBe("pending_approval");
    const plain = await caseAt(deps, await refundNow(clerk, { of: here }));
    expect(plain.need?.why ?? []).not.toContain("other_till");
  });

  it("lets a shop of one go on, with the answer of the rule in the record", async () => {
    const elsewhere = await payNow(deps);
    valueOf(await take({ sales: [elsewhere] }));
    const mine = await caseAt(deps, await refundNow(deps, { of: elsewhere }));
    expect(mine.money).toBe("ready");
  });

  it("replaces the till's older code, and forgets it after a week", async () => {
    const [first, second] = [await payNow(deps), await payNow(deps)];
    valueOf(await take({ sales: [first], ago: 3600 }));
    expect(await isWarned(first)).toBe(true);
    valueOf(await take({ sales: [second] }));
    expect([await isWarned(first), await isWarned(second)]).toEqual([false, true]);
    const later = addSeconds(instantFromMs(deps.now()), 8 * 24 * 3600);
    expect(await maybeRefundedElsewhere(deps, await paymentAt(deps, second), later)).toBe(false);
  });

  it("keeps the codes of several tills beside each other", async () => {
    const [one, two] = [await payNow(deps), await payNow(deps)];
    valueOf(await take({ sales: [one] }));
    valueOf(await take({ sales: [two], device: hashText("a third till") as string as DeviceId }));
    expect([await isWarned(one), await isWarned(two)]).toEqual([true, true]);
  });

  it("stops asking when that till's records are here and newer than its code", async () => {
    const sale = await payNow(deps);
    valueOf(await take({ sales: [sale] }));
    const own = await deps.journal.db.heads.get(deps.device);
    if (own === undefined) throw new Error("no head");
    const iat = Math.floor(deps.now() / 1000);
    await deps.journal.db.heads.put({ ...own, device: otherTill, iat });
    expect(await isWarned(sale)).toBe(false);
  });

  it("refuses its own code, another shop's, one from the future and one of last week", async () => {
    expect(faultOf(await take({ sales: [], device: deps.device }))).toEqual({ kind: "filter_own" });
    expect(faultOf(await take({ sales: [], ago: -3600 }))).toEqual({ kind: "filter_in_future" });
    expect(faultOf(await take({ sales: [], ago: 8 * 24 * 3600 }))).toEqual({
      kind: "filter_too_old",
    });
    const foreign = writeTillFilter({
      root: startOf(hashText("another shop")),
      device: otherTill,
      at: instantFromMs(deps.now()),
      filter: newSaleFilter([]),
    });
    expect(faultOf(await takeSaleFilter(deps, foreign))).toEqual({ kind: "filter_of_other_shop" });
    expect(faultOf(await takeSaleFilter(deps, "RLF1:"))).toEqual({ kind: "filter_unreadable" });
  });
});
