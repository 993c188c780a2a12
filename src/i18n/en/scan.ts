import type { Area } from "../area.ts";
import type { scan as zh } from "../zh-cn/scan.ts";

export const scan = {
  "scan.title": "Scan to refund",
} satisfies Area<typeof zh>;
