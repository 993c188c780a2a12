import type { Area } from "../area.ts";
import type { verify as zh } from "../zh-cn/verify.ts";

export const verify = {
  "verify.title": "Verify",
} satisfies Area<typeof zh>;
