import { common } from "./zh-cn/common.ts";
import { exporting } from "./zh-cn/export.ts";
import { plan } from "./zh-cn/plan.ts";
import { faults } from "./zh-cn/faults.ts";
import { recon } from "./zh-cn/recon.ts";
import { records } from "./zh-cn/records.ts";
import { refund } from "./zh-cn/refund.ts";
import { scan } from "./zh-cn/scan.ts";
import { settings } from "./zh-cn/settings.ts";
import { start } from "./zh-cn/start.ts";
import { states } from "./zh-cn/states.ts";
import { verify } from "./zh-cn/verify.ts";
import { workflow } from "./zh-cn/workflow.ts";
import { people } from "./zh-cn/people.ts";
import { acquirers } from "./zh-cn/acquirers.ts";
import { policy } from "./zh-cn/policy.ts";
import { evidence } from "./zh-cn/evidence.ts";
import { todo } from "./zh-cn/todo.ts";
import { devices } from "./zh-cn/devices.ts";
import { transfer } from "./zh-cn/transfer.ts";
import { phone } from "./zh-cn/phone.ts";
import { proof } from "./zh-cn/proof.ts";
import { erasure } from "./zh-cn/erasure.ts";
import { merge } from "./zh-cn/merge.ts";
import { uploads } from "./zh-cn/uploads.ts";
import { forms } from "./zh-cn/forms.ts";
import { backup } from "./zh-cn/backup.ts";
import { audit } from "./zh-cn/audit.ts";
import { insights } from "./zh-cn/insights.ts";
import { overpaid } from "./zh-cn/overpaid.ts";

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
  ...plan,
  ...verify,
  ...settings,
  ...start,
  ...workflow,
  ...people,
  ...acquirers,
  ...policy,
  ...evidence,
  ...todo,
  ...devices,
  ...transfer,
  ...phone,
  ...proof,
  ...erasure,
  ...merge,
  ...uploads,
  ...forms,
  ...backup,
  ...insights,
  ...audit,
  ...overpaid,
} as const;
