import { writeRef } from "../../../domain/ids.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { Staff } from "../../../domain/staff.ts";
import { CaseBadge } from "../../components/badge.tsx";
import { Fold } from "../../components/fold.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { evidenceText, historyText, nameOf, reasonText } from "./case-words.ts";

/** Every record of the case, newest first, in words. */
export const CaseHistory = ({
  refundCase,
  people,
}: {
  readonly refundCase: RefundCase;
  readonly people: readonly Staff[];
}) => {
  const format = useFormat();
  return (
    <Fold title={t("records.history.title", { n: refundCase.history.length })}>
      <Rows>
        {[...refundCase.history].reverse().map((entry) => (
          <Row
            key={writeRef(entry.ref)}
            title={historyText(entry)}
            facts={[
              format.time(entry.at),
              nameOf(people, entry.staff),
              evidenceText(entry),
              entry.told.kind === "money" ? entry.told.reference : undefined,
              entry.told.kind === "contact" && entry.told.next !== undefined
                ? t("todo.contact.next_at", { time: format.time(entry.told.next) })
                : undefined,
              entry.text === undefined ? undefined : (
                <bdi key="text">{visibleText(entry.text).text}</bdi>
              ),
              entry.erased === true && t("erasure.erased"),
            ]}
            end={t("records.history.place", { seq: entry.ref.seq })}
          />
        ))}
      </Rows>
    </Fold>
  );
};

/** What else was refunded of the same payment. */
export const OtherRefunds = ({ others }: { readonly others: readonly RefundCase[] }) => {
  const format = useFormat();
  if (others.length === 0) return undefined;
  return (
    <section class="u-tight">
      <h2>{t("records.others")}</h2>
      <Rows>
        {others.map((other) => (
          <Row
            key={other.caseId}
            title={reasonText(other.reason)}
            facts={[format.time(other.createdAt)]}
            amount={other.amount}
            end={<CaseBadge refundCase={other} short />}
            href={linkTo("refund", { id: other.caseId })}
          />
        ))}
      </Rows>
    </section>
  );
};
