import * as v from "valibot";
import type { JsonObject } from "./journal-event.ts";
import { findCardNumbers } from "./pan-guard.ts";
import { fail, ok, type Result } from "./result.ts";
import { cleanText } from "./typed-text.ts";
import { originOf, type TargetFault } from "./upload-target.ts";

/** What a shop may change about itself later, as the journal keeps it in a `policy` record of what `setting`. */
export type ShopSetting = {
  /** Where the merchant's own copies go; empty when there is none. */
  readonly mail: string;
  readonly phone: string;
  readonly address: string;
  /** Minutes after midnight at which a new business day begins. */
  readonly cutoffMinutes: number;
  /** Minutes without a touch or key after which the device locks. */
  readonly lockMinutes: number;
  /** The most that this device refunds of any payment, in percent of what was paid; 100 for no quota (X10). */
  readonly sharePercent: number;
  /** Where this device may send its files to, as a policy names it; empty when it sends nothing. */
  readonly uploadOrigin: string;
};

export const defaultSetting: ShopSetting = {
  mail: "",
  phone: "",
  address: "",
  cutoffMinutes: 0,
  lockMinutes: 3,
  sharePercent: 100,
  uploadOrigin: "",
};

export type SettingFault =
  | { readonly kind: "mail_wrong" }
  | { readonly kind: "setting_too_long"; readonly longest: number }
  | { readonly kind: "card_number_in_text" }
  | { readonly kind: "cutoff_wrong" }
  | { readonly kind: "lock_minutes_wrong" }
  | { readonly kind: "share_wrong" }
  | TargetFault;

/** Longest mail address, phone number or address of a shop. */
export const longestSetting = 200;

const mailPattern = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

const text = v.pipe(v.string(), v.maxLength(longestSetting));
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const isOrigin = (typed: string): boolean => {
  const origin = originOf(typed);
  return origin.ok && origin.value === typed;
};

const members = {
  mail: v.union([v.literal(""), v.pipe(text, v.regex(mailPattern))]),
  phone: text,
  address: text,
  cutoffMinutes: whole(0, 1439),
  lockMinutes: whole(1, 30),
  sharePercent: whole(0, 100),
  uploadOrigin: v.union([v.literal(""), v.pipe(text, v.check(isOrigin))]),
};

const shape = v.object({
  mail: v.fallback(members.mail, defaultSetting.mail),
  phone: v.fallback(members.phone, defaultSetting.phone),
  address: v.fallback(members.address, defaultSetting.address),
  cutoffMinutes: v.fallback(members.cutoffMinutes, defaultSetting.cutoffMinutes),
  lockMinutes: v.fallback(members.lockMinutes, defaultSetting.lockMinutes),
  sharePercent: v.fallback(members.sharePercent, defaultSetting.sharePercent),
  uploadOrigin: v.fallback(members.uploadOrigin, defaultSetting.uploadOrigin),
});

/** The setting in a document of the journal; whatever is missing or wrong there has its default. */
export const parseSetting = (document: JsonObject): ShopSetting => {
  const read = v.safeParse(shape, { ...defaultSetting, ...document });
  return read.success ? read.output : defaultSetting;
};

/** A device that sends nothing says nothing of it. */
export const writeSetting = ({ uploadOrigin, ...setting }: ShopSetting): JsonObject =>
  uploadOrigin === "" ? setting : { ...setting, uploadOrigin };

/** Why an edited setting cannot be kept; undefined when it can. */
export const findSettingFault = (setting: ShopSetting): SettingFault | undefined => {
  const texts = [setting.mail, setting.phone, setting.address];
  if (texts.some((one) => one.length > longestSetting))
    return { kind: "setting_too_long", longest: longestSetting };
  if (!v.is(members.mail, setting.mail)) return { kind: "mail_wrong" };
  if (texts.some((one) => findCardNumbers(one).length > 0)) return { kind: "card_number_in_text" };
  if (!v.is(members.cutoffMinutes, setting.cutoffMinutes)) return { kind: "cutoff_wrong" };
  if (!v.is(members.lockMinutes, setting.lockMinutes)) return { kind: "lock_minutes_wrong" };
  if (!v.is(members.sharePercent, setting.sharePercent)) return { kind: "share_wrong" };
  return v.is(members.uploadOrigin, setting.uploadOrigin)
    ? undefined
    : { kind: "upload_address_wrong" };
};

/** What the form about the shop changes; where files are sent is set elsewhere. */
export type EditedSetting = Omit<ShopSetting, "uploadOrigin">;

/** The setting as a form holds it; the cut-off as a clock shows it. */
export type TypedSetting = { readonly [Name in keyof EditedSetting]: string };

const parseCutoff = (typed: string): number | undefined => {
  const match = /^(\d{2}):(\d{2})$/.exec(typed);
  if (match === null) return undefined;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
};

const two = (value: number): string => String(value).padStart(2, "0");

/** Minutes after midnight as a clock shows them: `04:30`. */
export const writeCutoff = (cutoffMinutes: number): string =>
  `${two(Math.floor(cutoffMinutes / 60))}:${two(cutoffMinutes % 60)}`;

const parseWhole = (typed: string): number | undefined => {
  const digits = typed.normalize("NFKC").trim();
  return /^\d{1,4}$/.test(digits) ? Number(digits) : undefined;
};

/** Reads a form about the shop. */
export const parseTypedSetting = (typed: TypedSetting): Result<EditedSetting, SettingFault> => {
  const cutoffMinutes = parseCutoff(typed.cutoffMinutes);
  if (cutoffMinutes === undefined) return fail({ kind: "cutoff_wrong" });
  const lockMinutes = parseWhole(typed.lockMinutes);
  if (lockMinutes === undefined) return fail({ kind: "lock_minutes_wrong" });
  const sharePercent = parseWhole(typed.sharePercent);
  if (sharePercent === undefined) return fail({ kind: "share_wrong" });
  const setting: EditedSetting = {
    mail: cleanText(typed.mail),
    phone: cleanText(typed.phone),
    address: cleanText(typed.address),
    cutoffMinutes,
    lockMinutes,
    sharePercent,
  };
  const fault = findSettingFault({ ...defaultSetting, ...setting });
  return fault === undefined ? ok(setting) : fail(fault);
};
