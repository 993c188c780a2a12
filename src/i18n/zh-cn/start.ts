/** Words of the start screens; keys begin with "start.". */
export const start = {
  "start.title": "欢迎",
} as const;
