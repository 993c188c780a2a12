import type { Area } from "../area.ts";
import type { recon as zh } from "../zh-cn/recon.ts";

export const recon = {
  "recon.title": "Reconcile",
} satisfies Area<typeof zh>;
