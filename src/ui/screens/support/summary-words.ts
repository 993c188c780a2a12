import type { SummaryWords } from "../../../domain/case-summary.ts";
import { findChannel } from "../../../domain/channels.ts";
import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";
import { profileName } from "../acquirers/acquirer-words.ts";

const channelText = (code: string, profile: AcquirerProfile): string => {
  const known = findChannel(code) ?? "other";
  const channel = t(`channel.${known}`);
  const direct = profile.channels.includes(known) && profile.name === undefined;
  return direct
    ? channel
    : t("acquirers.summary.channel", { channel, acquirer: profileName(profile) });
};

/** The summary in the language on screen (screens.md §5.8). */
export const summaryWords = (profile: AcquirerProfile, format: Format): SummaryWords => ({
  refund: (no, n) => t("acquirers.summary.refund", { no, n }),
  order: (numbers) => t("acquirers.summary.order", { numbers: numbers.join(t("word.separator")) }),
  number: (name, no) => t(`acquirers.summary.number.${name}`, { no }),
  paid: (amount, about) => t("acquirers.summary.paid", { amount, about }),
  refunded: (amount, time, state) => t("acquirers.summary.refunded", { amount, time, state }),
  answer: (answer, at) =>
    at === undefined
      ? t("acquirers.summary.answer_only", { answer })
      : t("acquirers.summary.answer", { answer, time: format.fullTime(at).slice(5) }),
  meaning: (meaning) => t(`acquirers.error.${meaning}`),
  merchantNo: (no) => t("acquirers.summary.merchant_no", { no }),
  terminalNo: (no) => t("acquirers.summary.terminal_no", { no }),
  state: (state) => t(`state.${state}`),
  channel: ({ channel }) => channelText(channel, profile),
  money: format.money,
  time: format.fullTime,
});
