import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { CaseBadge } from "../../components/badge.tsx";
import { Row } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { reasonText } from "./case-words.ts";

/** A refund in a list of others: reason, when, end of its number, amount and state; leads to it. */
export const RefundRow = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const format = useFormat();
  return (
    <Row
      title={reasonText(refundCase.reason)}
      facts={[
        format.time(refundCase.createdAt),
        t("word.tail", { tail: format.tail(latestAttempt(refundCase).refundNo) }),
      ]}
      amount={refundCase.amount}
      end={<CaseBadge refundCase={refundCase} short />}
      href={linkTo("refund", { id: refundCase.caseId })}
    />
  );
};
