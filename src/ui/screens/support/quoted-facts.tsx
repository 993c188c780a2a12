import type { ComponentChildren } from "preact";

import { acquirerNumber } from "../../../domain/acquirers/number-rule.ts";
import type { Quoted } from "../../../domain/acquirers/profile.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { Amount } from "../../components/amount.tsx";
import { KeyValues } from "../../components/key-values.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { numberOf } from "../new-refund/order.tsx";

/** The number as the acquirer knows it, where its own prefix is told. */
const refundNumber = ({ refundCase, profile }: CaseFile): string => {
  const { refundNo } = latestAttempt(refundCase);
  const known = acquirerNumber(profile, refundNo);
  return known.ok ? known.value : refundNo;
};

const textOf = (file: CaseFile, quoted: Quoted, format: Format): string | undefined => {
  const { payment } = file;
  switch (quoted) {
    case "merchant_no":
      return payment?.merchantNo;
    case "term_no":
      return payment?.terminalNo;
    case "order_no":
      return payment && numberOf(payment);
    case "refund_no":
      return refundNumber(file);
    case "ref_no":
      return payment?.numbers["ref_no"];
    case "amount":
      return undefined;
    case "time":
      return payment?.paidAt && format.fullTime(payment.paidAt);
  }
};

const valueOf = (file: CaseFile, quoted: Quoted, format: Format): ComponentChildren | undefined => {
  if (quoted === "amount") return <Amount money={latestAttempt(file.refundCase).amount} />;
  const text = textOf(file, quoted, format);
  if (text === undefined || quoted === "time") return text;
  return <bdi class="u-mono">{format.groups(visibleText(text).text)}</bdi>;
};

/** What this acquirer's support asks for first, as far as it is known here. */
export const QuotedFacts = ({ file }: { readonly file: CaseFile }) => {
  const format = useFormat();
  const pairs = file.profile.support.quote.flatMap((quoted) => {
    const value = valueOf(file, quoted, format);
    return value === undefined ? [] : [[t(`acquirers.quote.${quoted}`), value] as const];
  });
  return <KeyValues pairs={pairs} />;
};
