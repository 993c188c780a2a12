import type { Area } from "../area.ts";
import type { start as zh } from "../zh-cn/start.ts";

export const start = {
  "start.title": "Welcome",
} satisfies Area<typeof zh>;
