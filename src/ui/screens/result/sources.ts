import type { EvidenceSource, MoneyResult } from "../../../domain/journal-event.ts";
import type { ResultReport } from "../../../domain/refund/decide-result.ts";
import { tellers } from "../../../domain/refund/money-track.ts";

/** Where a person can have seen a result. */
export type Source = ResultReport["by"];

/** What a person can have looked at; rows and files come by importing them. */
export const sources: readonly Source[] = ["portal", "slip", "support", "cust"];

const isSource = (source: EvidenceSource): source is Source =>
  sources.some((one) => one === source);

/** Where a result can have been seen; everywhere while none was picked. */
export const sourcesOf = (result: MoneyResult | undefined): readonly Source[] =>
  result === undefined ? sources : tellers(result).filter(isSource);
