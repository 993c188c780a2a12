import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { GoodsLine } from "../../../domain/journal-event.ts";
import { money } from "../../../domain/money.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import { StateBadge } from "../../components/badge.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";

/** Every request of the case, where there was more than one. */
export const Attempts = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const format = useFormat();
  const { attempts } = refundCase;
  if (attempts.length < 2) return undefined;
  return (
    <section class="u-tight">
      <h2>{t("workflow.attempts")}</h2>
      <Rows>
        {attempts.map((attempt) => (
          <Row
            key={attempt.number}
            title={t("records.history.attempt", { n: attempt.number })}
            facts={[
              t("word.tail", { tail: format.tail(attempt.refundNo) }),
              attempt.answer === undefined ? undefined : (
                <bdi key="answer">{visibleText(attempt.answer).text}</bdi>
              ),
            ]}
            amount={attempt.amount}
            end={<StateBadge state={attempt.money} short />}
          />
        ))}
      </Rows>
    </section>
  );
};

const LineRow = ({
  line,
  refundCase,
}: {
  readonly line: GoodsLine;
  readonly refundCase: RefundCase;
}) => (
  <Row
    title={
      <bdi>{line.name === undefined ? t("refund.goods_unknown") : visibleText(line.name).text}</bdi>
    }
    facts={[
      t("workflow.goods.quantity", { n: line.quantity }),
      line.condition === undefined ? undefined : t(`workflow.condition.${line.condition}`),
    ]}
    amount={line.amount === undefined ? undefined : money(line.amount, refundCase.amount.currency)}
  />
);

/** Goods that come back or were refunded, and goods that go out in exchange. */
export const CaseGoods = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const { lines = [], replacement = [], type } = refundCase;
  return (
    <>
      {lines.length > 0 && (
        <section class="u-tight">
          <h2>{t(type === "exchange" ? "refund.exchange.returned" : "workflow.refusal.goods")}</h2>
          <Rows>
            {lines.map((line) => (
              <LineRow key={line.index} line={line} refundCase={refundCase} />
            ))}
          </Rows>
        </section>
      )}
      {replacement.length > 0 && (
        <section class="u-tight">
          <h2>{t("refund.exchange.replacement")}</h2>
          <Rows>
            {replacement.map((line) => (
              <LineRow key={line.index} line={line} refundCase={refundCase} />
            ))}
          </Rows>
        </section>
      )}
    </>
  );
};
