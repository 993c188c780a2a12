import * as fc from "fast-check";
import type { AcquirerProfile } from "../../../src/domain/acquirers/profile.ts";
import { given } from "../../../src/domain/given.ts";
import { instantFromSeconds, secondsOf, type Instant } from "../../../src/domain/instant.ts";
import type { EvidenceFile, GoodsLine } from "../../../src/domain/journal-event.ts";
import type { BalanceClaim, Payment } from "../../../src/domain/payment.ts";
import type { PolicyFacts } from "../../../src/domain/policy/facts.ts";
import type { RoleLimits, ShopPolicy } from "../../../src/domain/policy/shop-policy.ts";
import { eligibilities, reasonCodes } from "../../../src/domain/reasons.ts";
import { aCaseId, aPayment, at, claimFacts, cny, units } from "../../support/a.ts";
import { aProfile, zoneOf } from "./facts.ts";

const allZones = Intl.supportedValuesOf("timeZone").map(zoneOf);

const minor = fc.oneof(fc.nat(99_999_999), fc.nat(20_001), fc.constantFrom(0, 1, 99_999_999));
const days = fc.oneof(fc.nat(30), fc.nat(3_650));
const word = fc.string({
  unit: fc.constantFrom("定", "制", "鲜", "花", "茶", "a", "B"),
  minLength: 1,
  maxLength: 4,
});

const roleLimits: fc.Arbitrary<RoleLimits> = fc.record(
  { amount: minor, days, refunds: fc.integer({ min: 1, max: 999 }) },
  { requiredKeys: [] },
);

const plainText = fc.string({
  unit: fc.constantFrom("7", "天", "可", "退", " a", "，"),
  maxLength: 30,
});

/** Any policy that an owner may keep. */
export const anyPolicy: fc.Arbitrary<ShopPolicy> = fc.record({
  windowDays: days,
  coolingOffDays: days,
  typedTwiceFrom: minor,
  photoFrom: minor,
  receiptRequired: fc.boolean(),
  unusedRequired: fc.boolean(),
  excludedGoods: fc.uniqueArray(word, { maxLength: 4 }),
  limits: fc.record({ clerk: roleLimits, lead: roleLimits }),
  eligible: fc.dictionary(fc.constantFrom(...reasonCodes), fc.constantFrom(...eligibilities), {
    noNullPrototype: true,
  }),
  text: fc
    .record({ zh: plainText, en: plainText })
    .map(({ zh, en }) => ({ zh: zh.trim(), en: en.trim() })),
});

const anyProfile: fc.Arbitrary<AcquirerProfile> = fc
  .record(
    {
      settlement: fc.constantFrom("D0", "D1", "T1", "unknown" as const),
      d0Refund: fc.constantFrom("unknown", "blocked", "needs_float" as const),
      partials: fc.constantFrom("many", "once", "none", "unknown" as const),
      refundWindowDays: fc.integer({ min: 1, max: 3_650 }),
      partialLimit: fc.integer({ min: 1, max: 999 }),
      minIntervalSeconds: fc.nat(3_600),
    },
    { requiredKeys: ["settlement", "d0Refund", "partials"] },
  )
  .map(aProfile);

const seconds = (text: string): number => secondsOf(at(text));

/** Any time from before computers to the end of four-digit years, most of them near now. */
export const anyInstant: fc.Arbitrary<Instant> = fc
  .oneof(
    {
      weight: 5,
      arbitrary: fc.integer({
        min: seconds("2024-01-01T00:00:00Z"),
        max: seconds("2028-12-31T23:59:59Z"),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.integer({
        min: seconds("1900-01-01T00:00:00Z"),
        max: seconds("9900-01-01T00:00:00Z"),
      }),
    },
  )
  .map(instantFromSeconds);

const quantity = fc.constantFrom("0", "0.5", "1", "2", "3.25", "999999999.9999");

type Line = {
  readonly quantity: string;
  readonly name: string;
  readonly worth: number | undefined;
};

const toLine = ({ quantity: many, name, worth }: Line): GoodsLine => ({
  index: 1,
  quantity: many,
  name,
  ...given("amount", worth === undefined ? undefined : units(worth)),
});

const anyLine: fc.Arbitrary<GoodsLine> = fc
  .record({ quantity, name: word, worth: fc.option(minor, { nil: undefined }) })
  .map(toLine);

const numbered = (lines: readonly GoodsLine[]): readonly GoodsLine[] =>
  lines.map((line, place) => Object.assign({}, line, { index: place + 1 }));

const anyClaim: fc.Arbitrary<BalanceClaim> = fc
  .record({
    number: fc.nat(60),
    minor,
    standing: fc.constantFrom("reserves", "spends", "frees" as const),
  })
  .map(({ number, minor: worth, standing }) =>
    Object.assign(
      { caseId: aCaseId(number), attempt: 1, amount: cny(worth), standing },
      claimFacts,
    ),
  );

type Found = Pick<Payment, "grade" | "state" | "claims"> & {
  readonly paid: number;
  readonly external: number;
  readonly paidAt: Instant | undefined;
  readonly lines: readonly GoodsLine[] | undefined;
};

const toPayment = ({ paid, external, paidAt, lines, ...rest }: Found): Payment => {
  const { paidAt: _, ...payment } = aPayment({
    ...rest,
    amount: cny(paid),
    external: units(external),
  });
  return { ...payment, ...given("paidAt", paidAt), ...given("lines", lines) };
};

/** Any payment, over-refunded ones, unpriced ones and ones of an unknown time among them. */
export const anyPayment: fc.Arbitrary<Payment> = fc
  .record({
    paid: minor,
    external: fc.oneof(fc.constant(0), minor),
    grade: fc.constantFrom("A", "B", "C", "D", "E" as const),
    state: fc.constantFrom("paid", "unknown", "unpaid", "closed", "voided", "transfer" as const),
    paidAt: fc.option(anyInstant, { nil: undefined }),
    lines: fc.option(fc.array(anyLine, { maxLength: 4 }).map(numbered), { nil: undefined }),
    claims: fc.oneof(fc.array(anyClaim, { maxLength: 4 }), fc.array(anyClaim, { maxLength: 60 })),
  })
  .map(toPayment);

const anyRequester: fc.Arbitrary<PolicyFacts["requester"]> = fc.record(
  {
    role: fc.constantFrom("clerk", "lead", "owner", "auditor" as const),
    active: fc.boolean(),
    grants: fc.subarray(["approve", "export", "policy"]),
    limit: minor.map(units),
  },
  { requiredKeys: ["role", "active", "grants"] },
);

const files: readonly EvidenceFile["kind"][] = [
  "voucher",
  "screenshot",
  "form",
  "photo",
  "id",
  "slip",
];

/** Any facts at all, whether they go together or not: rules answer everything. */
export const anyFacts: fc.Arbitrary<PolicyFacts> = fc.record({
  payment: fc.option(anyPayment, { nil: undefined, freq: 10 }),
  amount: minor.map(cny),
  mode: fc.constantFrom("referenced", "unreferenced", "void" as const),
  destination: fc.constantFrom("original", "original", "cash", "store_credit", "other" as const),
  reason: fc.constantFrom(...reasonCodes),
  evidence: fc.subarray([...files]),
  lines: fc.array(anyLine, { maxLength: 3 }).map(numbered),
  policy: anyPolicy,
  profile: anyProfile,
  calendar: fc.record({ zone: fc.constantFrom(...allZones), cutoffMinutes: fc.nat(1_439) }),
  now: anyInstant,
  requester: anyRequester,
  similar: fc.nat(3),
  maybeElsewhere: fc.boolean(),
  deviceLimit: fc.nat(50_000).map(cny),
});
