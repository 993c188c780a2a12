import * as fc from "fast-check";
import type { Currency } from "../../src/domain/currency.ts";
import type { DeviceId, Hash, PaymentId } from "../../src/domain/ids.ts";
import { instantFromSeconds, type BusinessDate } from "../../src/domain/instant.ts";
import type { Personal } from "../../src/domain/journal-event.ts";
import { money, type MinorUnits } from "../../src/domain/money.ts";

export const letters = (alphabet: string, minLength: number, maxLength = minLength) =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength, maxLength });

export const lower = "abcdefghijklmnopqrstuvwxyz0123456789";
export const hash = letters(`${lower}ABC-_`, 43) as fc.Arbitrary<Hash>;
export const device = letters(`${lower}ABC-_`, 43) as fc.Arbitrary<DeviceId>;
export const code = letters(`${lower}_.`, 1, 32);
export const identifier = letters("!~AZaz09-:/+.", 1, 64);
export const words = fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 40 });
export const seq = fc.integer({ min: 0, max: 9_999_999 });
export const minor = fc.integer({
  min: 0,
  max: 99_999_999,
}) as fc.Arbitrary<MinorUnits>;
export const currency = fc.constantFrom("CNY", "JPY", "KWD") as fc.Arbitrary<Currency>;
export const amount = fc
  .tuple(fc.integer({ min: 1, max: 99_999_999 }), currency)
  .map(([n, cur]) => money(n, cur));
export const instant = fc.integer({ min: 946_684_800, max: 4_102_444_800 }).map(instantFromSeconds);
export const day = instant.map((at) => at.slice(0, 10) as BusinessDate);
export const sale = letters("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 16) as fc.Arbitrary<PaymentId>;
export const jwk = fc.record({
  crv: fc.constant("P-256" as const),
  kty: fc.constant("EC" as const),
  x: hash,
  y: hash,
});
export const numbers = fc.dictionary(code, words, { maxKeys: 5, noNullPrototype: true });
export const sums = fc.dictionary(currency, fc.tuple(fc.nat(), fc.nat()), {
  noNullPrototype: true,
});

export const evidence = fc.record({
  kind: fc.constantFrom("voucher", "photo", "slip", "other"),
  sha256: hash,
  size: fc.nat(),
  type: fc.constantFrom("image/jpeg", "text/plain"),
});
export const evidenceList = fc.array(evidence, { minLength: 1, maxLength: 3 });
const line = fc.record(
  {
    index: fc.nat(),
    quantity: fc.constantFrom("1", "1.5", "0.0001"),
    amount: minor,
    name: words,
    sku: identifier,
    condition: fc.constantFrom("resell", "damaged"),
  },
  { requiredKeys: ["index", "quantity"] },
);
export const lines = fc.array(line, { minLength: 1, maxLength: 3 });

export const personal: fc.Arbitrary<Personal> = fc.record(
  {
    name: words,
    phone: words,
    mail: words,
    address: words,
    account: words,
    payer: words,
    text: words,
    evidence: evidenceList,
  },
  { requiredKeys: [] },
);
