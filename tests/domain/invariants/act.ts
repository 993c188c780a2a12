import * as fc from "fast-check";

/** What may happen in a shop, and how often; `next` is whatever comes next for some refund. */
const often = {
  next: 32,
  refund: 14,
  decide: 2,
  reopen: 1,
  decline: 1,
  withdraw: 2,
  goods: 2,
  export: 2,
  deliver: 2,
  upload: 1,
  recall: 2,
  allow_recall: 2,
  report: 4,
  row: 3,
  resend: 1,
  retract: 1,
  retry: 2,
  void_failed: 1,
  notice: 1,
  contact: 1,
  pay: 1,
  look_up: 1,
  statement: 2,
  person: 2,
  policy: 2,
  profile: 2,
  setting: 1,
  nothing: 1,
} as const;

export type ActKind = keyof typeof often;

const kinds = (Object.keys(often) as readonly ActKind[]).flatMap((kind) =>
  Array.from({ length: often[kind] }, () => kind),
);

/** How the clock moves before an act: by seconds, back to the day the walk began, or to an edge of a window. */
export type ClockMove =
  | { readonly kind: "by"; readonly seconds: number }
  | { readonly kind: "home" }
  | {
      readonly kind: "edge";
      readonly of: "channel" | "shop" | "batch";
      readonly seconds: number;
    };

/** One act; its numbers are folded onto whatever stands in the books when it happens. */
export type Act = {
  readonly kind: ActKind;
  readonly who: number;
  readonly which: number;
  readonly how: number;
  readonly more: number;
  readonly minor: number;
  readonly clock: ClockMove;
};

const by = (arbitrary: fc.Arbitrary<number>): fc.Arbitrary<ClockMove> =>
  arbitrary.map((seconds) => ({ kind: "by", seconds }));

const year = 366 * 86_400;

const clock: fc.Arbitrary<ClockMove> = fc.oneof(
  { weight: 16, arbitrary: by(fc.nat(900)) },
  { weight: 2, arbitrary: by(fc.nat(3 * 86_400)) },
  { weight: 1, arbitrary: by(fc.integer({ min: -2 * year, max: 2 * year })) },
  { weight: 1, arbitrary: by(fc.integer({ min: -60 * year, max: 60 * year })) },
  { weight: 4, arbitrary: fc.constant({ kind: "home" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("edge" as const),
      of: fc.constantFrom("channel", "shop", "batch"),
      seconds: fc.constantFrom(-1, 0, 1),
    }),
  },
);

const anyAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.nat(9_999),
  which: fc.nat(9_999),
  how: fc.nat(9_999),
  more: fc.nat(9_999),
  minor: fc.oneof(fc.integer({ min: -1, max: 400 }), fc.integer({ min: 1, max: 11_000 })),
  clock,
});

/** A whole walk: whether it is practice, and all that happens in it. */
export type Plot = { readonly training: boolean; readonly acts: readonly Act[] };

/** Walks as long as a busy day; one in ten is practice. */
export const anyPlot: fc.Arbitrary<Plot> = fc.record({
  training: fc.nat(9).map((dice) => dice === 0),
  acts: fc.array(anyAct, { minLength: 30, maxLength: 110, size: "max" }),
});

/** The n-th of a list, counted around; undefined when it is empty. */
export const pick = <T>(list: readonly T[], which: number): T | undefined =>
  list[which % list.length];
