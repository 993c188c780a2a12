/** Words of the verify screens; keys begin with "verify.". */
export const verify = {
  "verify.title": "验证",
} as const;
