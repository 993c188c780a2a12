import type { Area } from "../area.ts";
import type { exporting as zh } from "../zh-cn/export.ts";

export const exporting = {
  "export.title": "Export",
} satisfies Area<typeof zh>;
