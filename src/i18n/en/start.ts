import type { Area } from "../area.ts";
import type { start as zh } from "../zh-cn/start.ts";

export const start = {
  "action.reload": "Reload",
  "action.update": "Update",
  "notice.updated_elsewhere": "Updated in another window; reload (entry kept)",
  "notice.update_ready": "Update ready – after this refund",
  "notice.repaired": "Damage found; {count} records restored from the safety copy",
  "train.shop_name": "Practice shop",
  "train.owner_name": "Practice owner",
  "start.title": "Welcome",
} satisfies Area<typeof zh>;
