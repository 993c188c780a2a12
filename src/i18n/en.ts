import { common } from "./en/common.ts";
import { exporting } from "./en/export.ts";
import { plan } from "./en/plan.ts";
import { faults } from "./en/faults.ts";
import { recon } from "./en/recon.ts";
import { records } from "./en/records.ts";
import { refund } from "./en/refund.ts";
import { scan } from "./en/scan.ts";
import { settings } from "./en/settings.ts";
import { start } from "./en/start.ts";
import { states } from "./en/states.ts";
import { verify } from "./en/verify.ts";
import type { Messages } from "./index.ts";
import { workflow } from "./en/workflow.ts";
import { people } from "./en/people.ts";
import { acquirers } from "./en/acquirers.ts";
import { policy } from "./en/policy.ts";
import { evidence } from "./en/evidence.ts";
import { todo } from "./en/todo.ts";
import { devices } from "./en/devices.ts";
import { transfer } from "./en/transfer.ts";
import { phone } from "./en/phone.ts";
import { proof } from "./en/proof.ts";
import { erasure } from "./en/erasure.ts";
import { merge } from "./en/merge.ts";
import { uploads } from "./en/uploads.ts";
import { forms } from "./en/forms.ts";
import { backup } from "./en/backup.ts";
import { audit } from "./en/audit.ts";
import { insights } from "./en/insights.ts";
import { overpaid } from "./en/overpaid.ts";

export const en: Messages = {
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
};
