import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { base32, type PaymentId } from "../../src/domain/ids.ts";
import { filterBytes, mayHold, newSaleFilter } from "../../src/domain/sale-filter.ts";
import { hashText } from "../../src/ledger/base64url.ts";

const aSale = fc
  .uint8Array({ minLength: 10, maxLength: 10 })
  .map((bytes) => base32(bytes) as PaymentId);

/** Keys as the shop has them: the first ten bytes of hashes. */
const salesFrom = (first: number, count: number): readonly PaymentId[] =>
  Array.from({ length: count }, (_, index) => {
    const bytes = Buffer.from(hashText(`sale ${first + index}`), "base64url");
    return base32(bytes.subarray(0, 10)) as PaymentId;
  });

describe("X9 refundlog §16 the filter of refunded payments", () => {
  test("never lets a refunded payment through", () => {
    fc.assert(
      fc.property(fc.array(aSale, { maxLength: 60 }), (sales) => {
        const filter = newSaleFilter(sales);
        for (const sale of sales) expect(mayHold(filter, sale)).toBe(true);
      }),
    );
  });

  test("holds 1,000 payments in 1.25 kB, ten bits each", () => {
    expect(newSaleFilter(salesFrom(0, 1000)).bits).toHaveLength(1250);
    expect(filterBytes(1000)).toBe(1250);
  });

  test.each([10, 100, 1000])("of %i payments is wrong about 1 %% of the others", (count) => {
    const filter = newSaleFilter(salesFrom(0, count));
    const others = salesFrom(1_000_000, 20_000);
    const wrong = others.filter((sale) => mayHold(filter, sale)).length / others.length;
    expect(wrong).toBeLessThan(0.013);
  });

  test("of no payments holds none", () => {
    expect(salesFrom(0, 500).some((sale) => mayHold(newSaleFilter([]), sale))).toBe(false);
  });
});
