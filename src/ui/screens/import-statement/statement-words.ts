import { shippedProfile } from "../../../domain/acquirers/index.ts";
import { findCurrency } from "../../../domain/currency.ts";
import type { BusinessDate } from "../../../domain/instant.ts";
import type { ImportEvent } from "../../../domain/journal-event.ts";
import { money } from "../../../domain/money.ts";
import type { StatementRowKind } from "../../../domain/statements/statement-row.ts";
import type { Format } from "../../format.ts";
import { profileName } from "../acquirers/acquirer-words.ts";
import { t } from "../../language.ts";

/** The channel of an acquirer's statement in words; one that takes every wallet is named itself. */
export const channelOf = (acquirer: string): string => {
  const [channel = "other"] = shippedProfile(acquirer).channels;
  return channel === "other" ? profileName({ id: acquirer }) : t(`channel.${channel}`);
};

const kindKeys = {
  payment: "recon.import.paid",
  refund: "recon.import.refunded",
  revoked: "recon.import.revoked",
  income: "recon.import.income",
  expense: "recon.import.expense",
} as const satisfies Record<StatementRowKind, string>;

/** What a row says happened, in a word. */
export const kindWord = (kind: StatementRowKind): string => t(kindKeys[kind]);

/** `11月20日 至 11月22日`, or the one day. */
export const writePeriod = (first: BusinessDate, last: BusinessDate, format: Format): string =>
  first === last
    ? format.day(first)
    : t("recon.period", { from: format.day(first), to: format.day(last) });

/** An amount of a currency by its code; one this version does not know stays in minor units. */
export const writeMinor = (minor: number, code: string, format: Format): string => {
  const currency = findCurrency(code);
  return currency === undefined
    ? `${format.number(minor)} ${code}`
    : format.money(money(minor, currency));
};

/** What an import adds up to, paid and refunded, a text for each currency. */
export const sumsText = ({ sums }: ImportEvent, format: Format): readonly string[] =>
  Object.entries(sums).map(([currency, [paid, refunded]]) =>
    t("recon.last.sums", {
      paid: writeMinor(paid, currency, format),
      refunded: writeMinor(refunded, currency, format),
    }),
  );

/** The days of an import; undefined where its file names none. */
export const periodText = ({ period }: ImportEvent, format: Format): string | undefined =>
  period && writePeriod(period[0], period[1], format);
