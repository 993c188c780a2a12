import type { Area } from "../area.ts";
import type { settings as zh } from "../zh-cn/settings.ts";

export const settings = {
  "settings.title": "More",
} satisfies Area<typeof zh>;
