/** Words of the scan screens; keys begin with "scan.". */
export const scan = {
  "scan.title": "扫码退款",
} as const;
