import { generate, correction, mode } from "lean-qr";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { base32, type DeviceId, type PaymentId } from "../../src/domain/ids.ts";
import { instantFromSeconds } from "../../src/domain/instant.ts";
import { mayHold, newSaleFilter } from "../../src/domain/sale-filter.ts";
import { encodeBase64url, hashText } from "../../src/ledger/base64url.ts";
import { encodeBase45 } from "../../src/ledger/receipt-text.ts";
import { startOf } from "../../src/ledger/known-heads.ts";
import { parseTillFilter, writeTillFilter } from "../../src/ledger/sale-filter-code.ts";
import { createPipeline } from "../../src/workers/decode-frame.ts";
import { aPicture } from "../workers/code-picture.ts";
import { valueOf } from "../support/a.ts";

const aSale = fc
  .uint8Array({ minLength: 10, maxLength: 10 })
  .map((bytes) => base32(bytes) as PaymentId);
const sales = (count: number): readonly PaymentId[] =>
  Array.from({ length: count }, (_, index) => {
    const bytes = Buffer.from(hashText(`sale ${index}`), "base64url");
    return base32(bytes.subarray(0, 10)) as PaymentId;
  });

const root = startOf(hashText("root"));
const device = hashText("till") as string as DeviceId;
const at = instantFromSeconds(1_790_000_000);
const textOf = (of: readonly PaymentId[]): string =>
  writeTillFilter({ root, device, at, filter: newSaleFilter(of) });

const number = (text: string): number =>
  Array.from(text).reduce(
    (value, digit) => value * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(digit),
    0,
  );

const unreadable = { ok: false, fault: { kind: "filter_unreadable" } };

describe("X9 refundlog §16 the filter of refunded payments as one code", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(fc.array(aSale, { maxLength: 80 }), (of) => {
        const read = valueOf(parseTillFilter(textOf(of)));
        expect({ ...read, filter: undefined }).toEqual({ root, device, at, filter: undefined });
        expect(of.every((sale) => mayHold(read.filter, sale))).toBe(true);
        expect(read.filter.count).toBe(of.length);
      }),
    );
  });

  test("is written for ever as the specification says", () => {
    expect(textOf(sales(3))).toBe(
      "RLF1:1590C9+K2B 2NWN5.99BW BL9B190C49OU:89CO7E1S-J*-4GAQX:PC4TM%RMM6BIM88GJH07P4000312%M0+44 N2-E200",
    );
    const { bits } = newSaleFilter(sales(3));
    const size = bits.length * 8;
    const wanted = sales(3).flatMap((sale) => {
      const [a, b] = [number(sale.slice(0, 8)), number(sale.slice(8))];
      return [0, 1, 2, 3, 4, 5, 6].map((i) => (a + i * b + i ** 3) % size);
    });
    const set = Array.from({ length: size }, (_, bit) => bit).filter(
      (bit) => (((bits[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1,
    );
    expect(new Set(set)).toEqual(new Set(wanted));
  });

  test("of 1,000 payments is one code of version 26, and our own reader reads it", () => {
    const text = textOf(sales(1000));
    const code = generate(mode.alphaNumeric(text), { minCorrectionLevel: correction.L });
    expect((code.size - 17) / 4).toBe(26);
    const modules = {
      width: code.size,
      height: code.size,
      isBlack: (x: number, y: number) => code.get(x, y),
    };
    const picture = aPicture(1280, 720, [{ modules, left: 330, top: 40, scale: 5 }]);
    const seen = createPipeline().decode(picture, { kind: "still" });
    expect(seen.map((one) => one.text)).toEqual([text]);
  });

  test("F81 a cut, lengthened or all-black code is told as unreadable", () => {
    const text = textOf(sales(30));
    const black = new Uint8Array(47 + 38).fill(255);
    black.set([0, 30], 45);
    for (const wrong of ["", "RLF1:", text.slice(0, -3), `${text}000`, text.replace("F", "G")])
      expect(parseTillFilter(wrong)).toEqual(unreadable);
    expect(parseTillFilter(`RLF1:${encodeBase45(black)}`)).toEqual(unreadable);
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (rest) => {
        expect(parseTillFilter(`RLF1:${rest}`).ok).toBe(false);
      }),
    );
  });

  test("carries no number and no amount: only bits of hashes", () => {
    const [sale = "" as PaymentId] = sales(1);
    expect(textOf([sale])).not.toContain(sale);
    expect(encodeBase64url(newSaleFilter([sale]).bits)).toHaveLength(22);
  });
});
