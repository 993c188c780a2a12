import { common } from "./zh-cn/common.ts";
import { exporting } from "./zh-cn/export.ts";
import { faults } from "./zh-cn/faults.ts";
import { recon } from "./zh-cn/recon.ts";
import { records } from "./zh-cn/records.ts";
import { refund } from "./zh-cn/refund.ts";
import { scan } from "./zh-cn/scan.ts";
import { settings } from "./zh-cn/settings.ts";
import { start } from "./zh-cn/start.ts";
import { states } from "./zh-cn/states.ts";
import { verify } from "./zh-cn/verify.ts";

/** The language of the merchant and the type of every other dictionary. */
export const zhCn = {
  ...common,
  ...states,
  ...faults,
  ...scan,
  ...refund,
  ...records,
  ...recon,
  ...exporting,
  ...verify,
  ...settings,
  ...start,
} as const;
