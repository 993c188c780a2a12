/** Words of the records screens; keys begin with "records.". */
export const records = {
  "records.title": "记录",
} as const;
