/** Words of the settings screens; keys begin with "settings.". */
export const settings = {
  "settings.title": "更多",
} as const;
