/** Words of the recon screens; keys begin with "recon.". */
export const recon = {
  "recon.title": "对账",
} as const;
