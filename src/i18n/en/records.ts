import type { Area } from "../area.ts";
import type { records as zh } from "../zh-cn/records.ts";

export const records = {
  "records.title": "Records",
} satisfies Area<typeof zh>;
