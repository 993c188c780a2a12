import { beforeEach, describe, expect, it } from "vitest";

import { remaining } from "../../src/domain/payment.ts";
import { gunzip, gzip } from "../../src/platform/gzip.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { newReceiver, openTransfer } from "../../src/usecases/receive-records.ts";
import { prepareTransfer, writeOwnHeads } from "../../src/usecases/send-records.ts";
import {
  maybeRefundedElsewhere,
  takeSaleFilter,
  writeOwnFilter,
} from "../../src/usecases/sale-filters.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { cny, faultOf, valueOf } from "../support/a.ts";
import { mergeDevice, sameSale } from "../support/merging.ts";
import { quiet } from "../support/money-steps.ts";
import { caseAt, paymentAt, refundNow } from "../support/refunds.ts";
import { twoTills, type TwoTills } from "../support/two-tills.ts";

const order = "4200000123202611220000000042";

let tills: TwoTills;

const part = (minor: number) => ({ amount: { kind: "partial", amount: cny(minor) } }) as const;

const refundPart = async (deps: Deps, minor: number) =>
  refundNow(deps, { of: await sameSale(deps, order), ...part(minor) });

/** One till shows, the other films with a third of the codes missed, and takes in what came. */
const exchange = async (from: Deps, to: Deps, have?: string) => {
  const { parts } = valueOf(await prepareTransfer(from, { have, gzip, ...quiet }));
  const receiver = newReceiver();
  for (let seqNum = 1; seqNum < 5000; seqNum++) {
    const step = seqNum % 3 === 0 ? undefined : receiver.take(parts.part(seqNum));
    if (step?.kind !== "complete") continue;
    const file = valueOf(await openTransfer(step.packed, gunzip));
    return valueOf(await mergeDevice(to, file));
  }
  throw new Error("never complete");
};

beforeEach(async () => {
  tills = await twoTills();
});

describe("X9 refundlog §16 two tills without a network", () => {
  it("share one balance after both showed their codes", async () => {
    const { one, other } = tills;
    const { paymentId } = await caseAt(one, await refundPart(one, 3_000));
    await refundPart(other, 2_000);
    if (paymentId === undefined) throw new Error("of a payment");
    await exchange(other, one);
    await exchange(one, other);
    expect(remaining(await paymentAt(one, paymentId))).toEqual(cny(5_000));
    expect(remaining(await paymentAt(other, paymentId))).toEqual(cny(5_000));
  });

  it("send the second time only what the other lacks", async () => {
    const { one, other } = tills;
    const { paymentId } = await caseAt(other, await refundPart(other, 2_000));
    const first = await exchange(other, one);
    if (paymentId === undefined) throw new Error("of a payment");
    await refundNow(other, { of: paymentId, ...part(1_000) });
    const second = await exchange(other, one, await writeOwnHeads(one));
    expect(second.known).toBe(0);
    expect(second.fresh).toBeLessThan(first.fresh);
    const again = await prepareTransfer(other, {
      have: await writeOwnHeads(one),
      gzip,
      ...quiet,
    });
    expect(faultOf(again)).toEqual({ kind: "nothing_to_send" });
  });

  it("X9 warn each other by one code, until the records themselves are there", async () => {
    const { one, other } = tills;
    await refundPart(other, 2_000);
    const sale = await sameSale(one, order);
    const { text } = await writeOwnFilter(other);
    expect(valueOf(await takeSaleFilter(one, text))).toMatchObject({ count: 1 });
    const isWarned = async () =>
      maybeRefundedElsewhere(one, await paymentAt(one, sale), instantFromMs(one.now()));
    expect(await isWarned()).toBe(true);
    await exchange(other, one);
    expect(await isWarned()).toBe(false);
  });
});
