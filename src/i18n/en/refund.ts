import type { Area } from "../area.ts";
import type { refund as zh } from "../zh-cn/refund.ts";

export const refund = {
  "refund.title": "Refund",
} satisfies Area<typeof zh>;
