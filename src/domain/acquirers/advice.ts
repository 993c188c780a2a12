import { alipayErrors } from "./alipay-errors.ts";
import { findError, findIn, unlistedError, type AcquirerError } from "./error-catalogue.ts";
import type { AcquirerProfile } from "./profile.ts";
import { wechatErrors } from "./wechatpay-errors.ts";

type Rules = Pick<
  AcquirerProfile,
  "channels" | "errors" | "ownErrors" | "noRecordFinalAfterDays" | "resendIdempotent"
>;

/** An acquirer of every wallet may hand on a wallet's own code; nobody confirmed that it does. */
const findOfWallet = ({ channels }: Rules, answer: string): AcquirerError | undefined => {
  if (channels.some((channel) => channel !== "other")) return undefined;
  const found = findIn([...wechatErrors, ...alipayErrors], answer);
  return found === undefined ? undefined : { ...found, verified: false };
};

/** A refund that the acquirer does not know may be taken for closed once its profile says so (M19). */
const closeIfFinal = (error: AcquirerError, rules: Rules, waited: number): AcquirerError => {
  const { noRecordFinalAfterDays: days } = rules;
  return error.meaning === "no_such_refund" && days !== undefined && waited >= days
    ? { ...error, state: "closed", actions: ["new_number"] }
    : error;
};

/** While nobody knows the outcome, only an acquirer that pays a number once may get it again (M15). */
const withoutUnsafeRetry = (error: AcquirerError, { resendIdempotent }: Rules): AcquirerError => {
  if (error.state !== "unknown" || resendIdempotent) return error;
  const safe = error.actions.filter((action) => action !== "retry_same");
  return { ...error, actions: safe.length > 0 ? safe : unlistedError.actions };
};

/**
 * What to make of an acquirer's answer: the owner's own entries first, then the catalogue, else "not listed".
 * `waited` is how many days ago the refund was submitted.
 */
export const adviceFor = (profile: Rules, answer: string, waited = 0): AcquirerError => {
  const found =
    findIn(profile.ownErrors, answer) ??
    findError(profile.errors, answer) ??
    findOfWallet(profile, answer) ??
    unlistedError;
  return withoutUnsafeRetry(closeIfFinal(found, profile, waited), profile);
};
