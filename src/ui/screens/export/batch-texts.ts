import { findChannel } from "../../../domain/channels.ts";
import { findReason } from "../../../domain/reasons.ts";
import type { Translate } from "../../../i18n/index.ts";
import type { BatchTexts } from "../../../usecases/choose-batch.ts";

/** Words inside upload files: acquirers read Chinese, whatever stands on screen. */
export const batchTexts = (chinese: Translate): BatchTexts => ({
  reason: (code) => chinese(`reason.${findReason(code) ?? "other"}`),
  channel: (code) => chinese(`channel.${findChannel(code) ?? "other"}`),
});
