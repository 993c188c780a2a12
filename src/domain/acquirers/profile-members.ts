import * as v from "valibot";
import type { JsonObject } from "../journal-event.ts";
import { resultRoles } from "../results/result-mapping.ts";
import { mappableMeanings } from "../results/status-word.ts";
import { columnRoles, directions, mappingUnits, wordLists } from "../statements/mapping.ts";
import { cutText } from "../typed-text.ts";
import { errorActions, errorMeanings, errorStates } from "./error-catalogue.ts";
import { factLevels } from "./fact.ts";
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
  profileFacts,
  settlementModes,
  voidRules,
} from "./profile.ts";

/** Most layouts that one profile keeps, and most words of a list in one. */
export const mostMappings = 20;
const mostWords = 30;

/** Smallest and largest value of every figure that the owner may write. */
export const figureLimits = {
  refundWindowDays: [1, 3650],
  closesAfterDays: [1, 365],
  handbackDays: [1, 365],
  noRecordFinalAfterDays: [1, 365],
  voidCutoffMinutes: [1, 1440],
  partialLimit: [1, 999],
  minIntervalSeconds: [1, 86_400],
  dailyRefunds: [1, 99_999],
  dailyAmount: [1, 99_999_999],
  refundNoMax: [16, 64],
  walletMinutes: [1, 43_200],
  bankDays: [1, 60],
} as const satisfies Readonly<Record<string, readonly [least: number, most: number]>>;

export type FigureName = keyof typeof figureLimits;

const figure = (name: FigureName) => {
  const [least, most] = figureLimits[name];
  return v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
};

const text = (most: number) =>
  v.pipe(
    v.string(),
    v.check((typed) => typed !== "" && typed === cutText(typed, most)),
  );

const listOf = <const T extends v.GenericSchema>(item: T, most: number) =>
  v.pipe(v.array(item), v.maxLength(most));

const entriesOf = <Name extends string, const T>(names: readonly Name[], schema: T) =>
  Object.fromEntries(names.map((name) => [name, schema])) as Readonly<Record<Name, T>>;

const minute = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440));

const ownError = v.strictObject({
  codes: v.pipe(v.array(text(80)), v.minLength(1), v.maxLength(10)),
  meaning: v.picklist(errorMeanings),
  state: v.picklist(errorStates),
  actions: v.pipe(v.array(v.picklist(errorActions)), v.minLength(1), v.maxLength(5)),
  verified: v.boolean(),
});

const cell = text(200);
const word = text(40);

const headerText = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,16}$/));

const mapping = v.strictObject({
  header: headerText,
  columns: v.strictObject(entriesOf(columnRoles, v.exactOptional(cell))),
  unit: v.picklist(mappingUnits),
  direction: v.picklist(directions),
  words: v.strictObject(entriesOf(wordLists, listOf(word, mostWords))),
});

const resultMapping = v.strictObject({
  header: headerText,
  columns: v.strictObject(entriesOf(resultRoles, v.exactOptional(cell))),
  unit: v.picklist(mappingUnits),
  words: v.strictObject(entriesOf(mappableMeanings, v.exactOptional(listOf(word, mostWords)))),
});

/** Texts, integers, booleans and lists of them; which of them make a format is judged where it is changed. */
const layoutDocument = v.custom<JsonObject>(
  (input) =>
    typeof input === "object" &&
    input !== null &&
    !Array.isArray(input) &&
    isRecordable(input) &&
    JSON.stringify(input).length <= longestLayout,
);

const longestLayout = 8000;

const isRecordable = (value: unknown): boolean => {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value === "string" || typeof value === "boolean") return true;
  return typeof value === "object" && value !== null && Object.values(value).every(isRecordable);
};

/** What the owner may change of a profile, member by member. */
export const members = {
  name: text(40),
  settlement: v.picklist(settlementModes),
  d0Refund: v.picklist(d0Refunds),
  balanceSource: v.picklist(balanceSources),
  refundWindowDays: figure("refundWindowDays"),
  refundHours: v.pipe(
    v.strictTuple([minute, minute]),
    v.check(([from, to]) => from < to),
  ),
  closesAfterDays: figure("closesAfterDays"),
  handbackDays: figure("handbackDays"),
  noRecordFinalAfterDays: figure("noRecordFinalAfterDays"),
  voids: v.picklist(voidRules),
  voidCutoffMinutes: figure("voidCutoffMinutes"),
  partials: v.picklist(partialRules),
  partialLimit: figure("partialLimit"),
  minIntervalSeconds: figure("minIntervalSeconds"),
  dailyRefunds: figure("dailyRefunds"),
  dailyAmount: figure("dailyAmount"),
  feeRule: v.picklist(feeRules),
  refundNoMax: figure("refundNoMax"),
  refundNoPrefix: v.pipe(v.string(), v.regex(/^[0-9A-Z]{1,8}$/)),
  resendIdempotent: v.boolean(),
  place: v.picklist(places),
  batchFormat: v.picklist(batchFormats),
  layout: layoutDocument,
  fields: listOf(v.picklist(handFields), handFields.length),
  amountUnit: v.picklist(amountUnits),
  checklist: listOf(v.picklist(preparations), preparations.length),
  ownErrors: listOf(ownError, 50),
  statements: listOf(mapping, mostMappings),
  results: listOf(resultMapping, mostMappings),
};

export const expectedMembers = {
  walletMinutes: figure("walletMinutes"),
  bankDays: figure("bankDays"),
};

export const supportMembers = {
  phone: v.pipe(v.string(), v.regex(/^[0-9+*#()][0-9+*#() -]{2,23}$/)),
  hours: text(60),
};

const fact = v.strictObject({ level: v.picklist(factLevels), source: v.exactOptional(text(120)) });

export const factMembers = Object.fromEntries(profileFacts.map((name) => [name, fact]));

type Schemas = Readonly<Record<string, v.GenericSchema>>;

type Read<M extends Schemas> = { readonly [Name in keyof M]?: v.InferOutput<M[Name]> };

/** The good members of a document; what is unknown or bad is left out, as if nobody had written it. */
export const readMembers = <const M extends Schemas>(schemas: M, from: JsonObject): Read<M> =>
  Object.fromEntries(
    Object.entries(schemas).flatMap(([name, schema]) => {
      const read = Object.hasOwn(from, name) ? v.safeParse(schema, from[name]) : undefined;
      return read?.success === true ? [[name, read.output]] : [];
    }),
  ) as Read<M>;

/** The first member that is there and bad; undefined when all are good. */
export const findBadMember = (schemas: Schemas, of: object): string | undefined =>
  Object.entries(of).find(([name, value]) => {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    return schema !== undefined && value !== undefined && !v.is(schema, value);
  })?.[0];
