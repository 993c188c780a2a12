import type { MoneyResult } from "../journal-event.ts";
import type { ReadRow } from "./statement-row.ts";

type Said = Extract<MoneyResult, "succeeded" | "failed" | "closed" | "abnormal" | "processing">;

/** 退款状态 of WeChat's trade bills; FAIL and CHANGE are older spellings (refund-model.md §8). */
const wechatWords: ReadonlyMap<string, Said> = new Map(
  Object.entries<Said>({
    SUCCESS: "succeeded",
    REVOKED: "succeeded",
    PROCESSING: "processing",
    CHANGE: "abnormal",
    FAIL: "failed",
    CLOSED: "closed",
  }),
);

/**
 * What a row says became of a refund by the time its file was made; undefined where it has no word for it. A fund bill
 * shows that money left the merchant, not that it arrived; Alipay lists a refund, UnionPay clears it, once it is done, and
 * of a file that somebody explained only rows were kept whose word means done.
 */
export const saidOf = ({ acquirer, flowNo, status }: ReadRow): Said | undefined => {
  if (flowNo !== undefined) return "processing";
  if (acquirer === "wechatpay") return wechatWords.get(status);
  return status === "" ? undefined : "succeeded";
};
