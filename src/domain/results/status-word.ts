import type { MoneyResult } from "../journal-event.ts";

/** What a portal's word says of one refund; `refused` needs its reason, `nothing` says that a batch was dealt with. */
export type StatusMeaning =
  | Extract<MoneyResult, "succeeded" | "processing" | "failed" | "closed" | "abnormal">
  | "refused"
  | "nothing";

/** The meanings that the owner may give to a portal's words. */
export const mappableMeanings = [
  "succeeded",
  "processing",
  "failed",
  "closed",
  "abnormal",
] as const satisfies readonly StatusMeaning[];

export type MappableMeaning = (typeof mappableMeanings)[number];

export type StatusWords = { readonly [meaning in MappableMeaning]?: readonly string[] };

/** Words as the channels' documents and pages have them (refund-model.md §8, upload-files.md §5). */
const knownWords: Readonly<Record<StatusMeaning, readonly string[]>> = {
  succeeded: ["SUCCESS", "REFUND_SUCCESS", "退款成功", "退货成功", "已退款", "退款到账", "已到账"],
  processing: [
    "PROCESSING",
    "REFUND_INPROGRESS",
    "处理中",
    "退款中",
    "退款处理中",
    "待处理",
    "待审核",
    "待清算",
    "审核通过",
    "已受理",
    "受理成功",
    "已提交",
    "提交成功",
    "申请成功",
    "退款申请已提交成功",
  ],
  failed: [],
  closed: ["CLOSED", "REFUND_CLOSED", "REFUND_CANCELED", "退款关闭", "已关闭"],
  abnormal: ["ABNORMAL", "退款异常"],
  refused: ["FAIL", "FAILED", "REFUND_FAIL", "失败", "退款失败", "退货失败", "处理失败", "已拒绝"],
  nothing: ["已处理", "处理完成", "处理成功", "已完成", "部分失败"],
};

const plain = (word: string): string => word.normalize("NFKC").replace(/\s/g, "").toUpperCase();

const meaningIn = <M extends StatusMeaning>(
  meanings: readonly M[],
  lists: Readonly<Partial<Record<M, readonly string[]>>>,
  word: string,
): M | undefined =>
  meanings.find((meaning) => (lists[meaning] ?? []).some((one) => plain(one) === word));

const meanings: readonly StatusMeaning[] = [...mappableMeanings, "refused", "nothing"];

/** Words of having taken a refund in, or of being at it: whoever says so, they never mean that it arrived. */
const isAcceptance = (word: string): boolean =>
  /受理|提交|申请|审核|待|中$|ACCEPT|SUBMIT|PENDING/.test(word);

/** What is known to mean something else is not made an arrival by anybody. */
const mayMeanArrival = (word: string): boolean =>
  !isAcceptance(word) && (meaningIn(meanings, knownWords, word) ?? "succeeded") === "succeeded";

/** A bare "done" counts only under a column that speaks of the refund itself. */
const bareSuccess: ReadonlySet<string> = new Set(["成功", "OK", "SUCCEEDED"]);
const isOfRefund = (column: string): boolean =>
  /退款|退货|refund/i.test(column) && !/申请/.test(column);

/** What a status cell says; the owner's words first; undefined for a word nobody has explained. */
export const readStatus = (
  word: string,
  { column, words }: { readonly column: string; readonly words: StatusWords },
): StatusMeaning | undefined => {
  const said = plain(word);
  if (said === "") return undefined;
  const own = meaningIn(mappableMeanings, words, said);
  if (own !== undefined && (own !== "succeeded" || mayMeanArrival(said))) return own;
  if (bareSuccess.has(said)) return isOfRefund(column) ? "succeeded" : undefined;
  return meaningIn(meanings, knownWords, said);
};

/** A word of acceptance that somebody wants to count as arrived. */
export const findWrongArrival = (words: StatusWords): string | undefined =>
  words.succeeded?.find((word) => !mayMeanArrival(plain(word)));
