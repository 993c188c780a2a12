import type { PaymentId } from "./ids.ts";

/**
 * A Bloom filter of refunded payments (refundlog.md §16): one till tells another which ones it has refunded, in one code.
 * What is in it is always found; about one payment in a hundred that is not in it looks as if it were.
 */
export type SaleFilter = {
  readonly bits: Uint8Array;
  /** How many payments are in it. */
  readonly count: number;
};

/** Ten bits for each payment, and seven of them set: the best number for ten. */
const bitsEach = 10;
const marksEach = 7;
const leastBytes = 16;

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const half = 8;

/** 40 bits of a payment key, which is a hash already: nothing has to be hashed again. */
const numberIn = (sale: PaymentId, from: number): number =>
  Array.from(sale.slice(from, from + half)).reduce(
    (value, digit) => value * 32 + Math.max(0, crockford.indexOf(digit)),
    0,
  );

const marksOf = (sale: PaymentId, size: number): readonly number[] => {
  const [first, step] = [numberIn(sale, 0), numberIn(sale, half)];
  return Array.from(
    { length: marksEach },
    (_, index) => (first + index * step + index ** 3) % size,
  );
};

/** So many bytes hold that many payments. */
export const filterBytes = (count: number): number =>
  Math.max(leastBytes, Math.ceil((count * bitsEach) / 8));

/** The filter of these payments. */
export const newSaleFilter = (sales: readonly PaymentId[]): SaleFilter => {
  const bits = new Uint8Array(filterBytes(sales.length));
  for (const sale of sales)
    for (const mark of marksOf(sale, bits.length * 8))
      bits[mark >> 3] = (bits[mark >> 3] ?? 0) | (1 << (mark & 7));
  return { bits, count: sales.length };
};

/** Whether the payment is in it, or looks as if it were. */
export const mayHold = ({ bits }: SaleFilter, sale: PaymentId): boolean =>
  marksOf(sale, bits.length * 8).every(
    (mark) => (((bits[mark >> 3] ?? 0) >> (mark & 7)) & 1) === 1,
  );
