/** How a portal's result file is named in its import record: it tells of refunds alone, never of payments. */
export const resultFormat = "refund_result";
