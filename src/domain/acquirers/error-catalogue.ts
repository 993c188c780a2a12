import type { MoneyResult } from "../journal-event.ts";
import type { Action } from "../rights.ts";

/** What an acquirer's error means, in words of the dictionaries. */
export const errorMeanings = [
  "balance_short",
  "too_often",
  "system_error",
  "setup",
  "bad_value",
  "over_rest",
  "number_reused",
  "no_such_order",
  "not_paid",
  "no_such_refund",
  "payer_account",
  "past_window",
  "not_refundable",
  "frozen",
  "card_void",
  "timed_out",
  "unclear",
  "portal_role",
  "portal_log_in",
  "portal_check",
  "no_fund_bill",
  "unlisted",
] as const;

export type ErrorMeaning = (typeof errorMeanings)[number];

/** What a person can do about it (refund-model.md §9); the first of an entry is the one to try first. */
export const errorActions = [
  "retry_same",
  "topup",
  "wait",
  "query",
  "fix_setup",
  "new_case",
  "new_number",
  "abnormal_refund",
  "other_way",
  "call",
  "stop",
] as const;

export type ErrorAction = (typeof errorActions)[number];

/** States of the money that an answer can prove; `exported` stays when the portal never took the refund. */
export const errorStates = [
  "needs_action",
  "unknown",
  "abnormal",
  "failed",
  "closed",
  "exported",
] as const satisfies readonly (MoneyResult | "exported")[];

export type ErrorState = (typeof errorStates)[number];

/** One line of an acquirer's error catalogue. */
export type AcquirerError = {
  /** Codes and texts as the acquirer writes them; compared without case, width and spaces. */
  readonly codes: readonly string[];
  readonly meaning: ErrorMeaning;
  readonly state: ErrorState;
  readonly actions: readonly ErrorAction[];
  readonly verified: boolean;
};

/** An answer that no catalogue lists: ask before anything else, the owner may add it. */
export const unlistedError: AcquirerError = {
  codes: [],
  meaning: "unlisted",
  state: "unknown",
  actions: ["query", "call"],
  verified: true,
};

/** Words of portals that every acquirer's page may show (upload-files.md §7). */
export const portalErrors: readonly AcquirerError[] = [
  {
    codes: ["基本账户余额不足，请充值后重新发起", "余额不足"],
    meaning: "balance_short",
    state: "needs_action",
    actions: ["topup", "retry_same"],
    verified: false,
  },
  {
    codes: ["你没有操作此功能的权限", "你不是超级管理员", "请联系本商户员工管理员修改权限"],
    meaning: "portal_role",
    state: "exported",
    actions: ["fix_setup"],
    verified: false,
  },
  {
    codes: ["登录超时，请重新登录"],
    meaning: "portal_log_in",
    state: "exported",
    actions: ["fix_setup"],
    verified: false,
  },
  {
    codes: ["安全验证"],
    meaning: "portal_check",
    state: "exported",
    actions: ["fix_setup"],
    verified: false,
  },
  {
    codes: ["当前商户号还未开通资金账户"],
    meaning: "no_fund_bill",
    state: "exported",
    actions: ["stop"],
    verified: false,
  },
];

const wide = (text: string): string => text.normalize("NFKC").toUpperCase();

const plain = (text: string): string => wide(text).replace(/[\s,.，。]/g, "");

/** Alipay's codes are told with and without the name of their interface. */
const bare = (code: string): string => wide(code).replace(/^ACQ\./, "");

const isWord = (code: string): boolean => /^[A-Z0-9_]+$/.test(code);

const shortestText = 4;

/** A bare figure is an amount as likely as a code: it counts alone, or where a code is announced. */
const namesFigure = (answer: string, figure: string): boolean =>
  new RegExp(`(?:CODE|代码|错误码)\\D{0,3}${figure}(?!\\d)`).test(answer);

const isNamed = (code: string, answer: string): boolean => {
  const word = bare(code);
  if (plain(word) === "") return false;
  if (plain(word) === plain(bare(answer.trim()))) return true;
  if (!isWord(word))
    return plain(code).length >= shortestText && plain(answer).includes(plain(code));
  if (/^\d+$/.test(word)) return namesFigure(wide(answer), word);
  return Array.from(wide(answer).matchAll(/[A-Z0-9_]+/g), ([one]) => one).includes(word);
};

const longestNamed = ({ codes }: AcquirerError, answer: string): number =>
  codes.reduce(
    (longest, code) => (isNamed(code, answer) ? Math.max(longest, bare(code).length) : longest),
    0,
  );

/** The entry that fits an answer with its longest code or text. */
export const findIn = (
  errors: readonly AcquirerError[],
  answer: string,
): AcquirerError | undefined => {
  const lengths = errors.map((error) => longestNamed(error, answer));
  const longest = Math.max(0, ...lengths);
  return longest === 0 ? undefined : errors[lengths.indexOf(longest)];
};

/** What an answer means: by its code, else by words of it, the longest that fits; undefined when none is listed. */
export const findError = (
  errors: readonly AcquirerError[],
  answer: string,
): AcquirerError | undefined =>
  plain(answer) === "" ? undefined : findIn([...errors, ...portalErrors], answer);

/** Whether the same number may go out again; after a final answer no retry is offered (X18). */
export const mayRetry = ({ actions }: AcquirerError): boolean => actions.includes("retry_same");

/** The right that a step needs in this app; the others are done at the acquirer, by whoever it lets. */
export const rightFor: Readonly<Partial<Record<ErrorAction, Action>>> = {
  retry_same: "export",
  new_case: "refund",
  new_number: "new_attempt",
  other_way: "refund_elsewhere",
  call: "log_contact",
};
