import { given } from "../given.ts";
import { fail, ok, type Result } from "../result.ts";
import { cleanText } from "../typed-text.ts";
import { baseProfile, isSame } from "./edited-profile.ts";
import { findProfileFault, type ProfileFault } from "./profile-fault.ts";
import {
  amountUnits,
  balanceSources,
  batchFormats,
  d0Refunds,
  feeRules,
  handFields,
  partialRules,
  places,
  preparations,
  settlementModes,
  voidRules,
  type AcquirerProfile,
  type ProfileFact,
} from "./profile.ts";

/** What the form of a profile holds, by the names of its fields. */
export type ProfileEntry = {
  readonly text: (name: string) => string;
  /** The ticked ones of a list. */
  readonly ticks: (name: string) => readonly string[];
};

const plain = (typed: string): string => cleanText(typed.normalize("NFKC"));

/** Undefined where nothing is written; what is no number is one that no member takes. */
const figureOf = (typed: string): number | undefined => {
  const text = plain(typed);
  if (text === "") return undefined;
  return /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
};

/** `22:30` as minutes after midnight. */
const minuteOf = (typed: string): number | undefined => {
  const text = plain(typed);
  if (text === "") return undefined;
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 ? minutes : Number.NaN;
};

const two = (value: number): string => String(value).padStart(2, "0");

/** Minutes after midnight as a clock shows them: `22:30`. */
export const writeMinute = (minutes: number): string =>
  `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

const hoursOf = ({ text }: ProfileEntry): AcquirerProfile["refundHours"] => {
  const [from, to] = [minuteOf(text("hoursFrom")), minuteOf(text("hoursTo"))];
  return from === undefined && to === undefined
    ? undefined
    : [from ?? Number.NaN, to ?? Number.NaN];
};

const chosen = <T extends string>(from: readonly T[], value: string, otherwise: T): T =>
  from.find((one) => one === value) ?? otherwise;

const ticked = <T extends string>(from: readonly T[], values: readonly string[]): readonly T[] =>
  from.filter((one) => values.includes(one));

/** The order of the shipped list stays where nothing was ticked on or off. */
const tickedOf = <T extends string>(
  before: readonly T[],
  from: readonly T[],
  values: readonly string[],
): readonly T[] => {
  const now = ticked(from, values);
  const kept = before.filter((one) => now.includes(one));
  return [...kept, ...now.filter((one) => !kept.includes(one))];
};

const optionalFigures = ({ text }: ProfileEntry): Partial<AcquirerProfile> => ({
  ...given("refundWindowDays", figureOf(text("refundWindowDays"))),
  ...given("closesAfterDays", figureOf(text("closesAfterDays"))),
  ...given("handbackDays", figureOf(text("handbackDays"))),
  ...given("noRecordFinalAfterDays", figureOf(text("noRecordFinalAfterDays"))),
  ...given("voidCutoffMinutes", minuteOf(text("voidCutoffMinutes"))),
  ...given("partialLimit", figureOf(text("partialLimit"))),
  ...given("minIntervalSeconds", figureOf(text("minIntervalSeconds"))),
  ...given("dailyRefunds", figureOf(text("dailyRefunds"))),
  ...given("dailyAmount", figureOf(text("dailyAmount"))),
  ...given("refundNoPrefix", plain(text("refundNoPrefix")).toUpperCase() || undefined),
});

const rulesOf = (
  before: AcquirerProfile,
  { text, ticks }: ProfileEntry,
): Pick<
  AcquirerProfile,
  | "settlement"
  | "d0Refund"
  | "balanceSource"
  | "voids"
  | "partials"
  | "feeRule"
  | "resendIdempotent"
  | "place"
  | "batchFormat"
  | "amountUnit"
  | "fields"
  | "checklist"
> => ({
  settlement: chosen(settlementModes, text("settlement"), before.settlement),
  d0Refund: chosen(d0Refunds, text("d0Refund"), before.d0Refund),
  balanceSource: chosen(balanceSources, text("balanceSource"), before.balanceSource),
  voids: chosen(voidRules, text("voids"), before.voids),
  partials: chosen(partialRules, text("partials"), before.partials),
  feeRule: chosen(feeRules, text("feeRule"), before.feeRule),
  resendIdempotent: text("resendIdempotent") === "yes",
  place: chosen(places, text("place"), before.place),
  batchFormat: chosen(batchFormats, text("batchFormat"), before.batchFormat),
  amountUnit: chosen(amountUnits, text("amountUnit"), before.amountUnit),
  fields: tickedOf(before.fields, handFields, ticks("fields")),
  checklist: tickedOf(before.checklist, preparations, ticks("checklist")),
});

/** What no form changes. */
const keptOf = (before: AcquirerProfile) => ({
  id: before.id,
  channels: before.channels,
  errors: before.errors,
  ownErrors: before.ownErrors,
  notes: before.notes,
  facts: before.facts,
  ...given("copyOf", before.copyOf),
  ...given("statements", before.statements),
  ...given("results", before.results),
  ...given("refundNoPrefixLength", before.refundNoPrefixLength),
});

const entered = (before: AcquirerProfile, entry: ProfileEntry): AcquirerProfile => {
  const { text } = entry;
  const hours = hoursOf(entry);
  return {
    ...keptOf(before),
    ...optionalFigures(entry),
    ...rulesOf(before, entry),
    ...given("layout", text("batchFormat") === before.batchFormat ? before.layout : undefined),
    ...given("name", plain(text("name")) || before.name),
    ...given("refundHours", hours),
    refundNoMax: figureOf(text("refundNoMax")) ?? Number.NaN,
    expected: {
      walletMinutes: figureOf(text("walletMinutes")) ?? Number.NaN,
      bankDays: figureOf(text("bankDays")) ?? Number.NaN,
    },
    support: {
      quote: before.support.quote,
      ...given("phone", plain(text("phone")) || undefined),
      ...given("hours", plain(text("hours")) || undefined),
    },
  };
};

/** Members besides its own that a fact speaks of. */
const alsoIn: Readonly<Partial<Record<ProfileFact, keyof AcquirerProfile>>> = {
  partials: "partialLimit",
  dailyRefunds: "dailyAmount",
  refundNoMax: "refundNoPrefix",
};

const saysSame = (fact: ProfileFact, one: AcquirerProfile, other: AcquirerProfile): boolean => {
  const also = alsoIn[fact];
  return isSame(one[fact], other[fact]) && (also === undefined || isSame(one[also], other[also]));
};

/** What the owner wrote is the merchant's word; what is as shipped again has its first source again. */
const withOwnFacts = (before: AcquirerProfile, after: AcquirerProfile): AcquirerProfile => {
  const shipped = baseProfile(after);
  const facts = Object.entries(after.facts).map(([name, fact]) => {
    const about = name as ProfileFact;
    if (saysSame(about, before, after)) return [name, fact];
    return [name, saysSame(about, shipped, after) ? shipped.facts[about] : { level: "merchant" }];
  });
  return { ...after, facts: Object.fromEntries(facts) as AcquirerProfile["facts"] };
};

/** The profile as its form leaves it, or the member that is wrong. */
export const parseProfileForm = (
  before: AcquirerProfile,
  entry: ProfileEntry,
): Result<AcquirerProfile, ProfileFault> => {
  const after = withOwnFacts(before, entered(before, entry));
  const fault = findProfileFault(after);
  return fault === undefined ? ok(after) : fail(fault);
};
