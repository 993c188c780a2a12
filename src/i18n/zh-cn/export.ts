/** Words of the export screens; keys begin with "export.". */
export const exporting = {
  "export.title": "导出",
} as const;
