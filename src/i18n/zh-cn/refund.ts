/** Words of the refund screens; keys begin with "refund.". */
export const refund = {
  "refund.title": "退款",
} as const;
