import { remaining } from "../../../domain/payment.ts";
import type { Match } from "../../../usecases/search-payments.ts";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { channelText, goodsOf, numberOf } from "../new-refund/order.tsx";

/** The address of a refund of what was found: a payment of the journal by its id, a statement row by its number. */
const hrefOf = ({ found: { payment, version } }: Match): string => {
  const number = numberOf(payment);
  return version !== undefined && number !== undefined
    ? linkTo("new_refund", { c: number })
    : linkTo("new_refund", { p: payment.paymentId });
};

const whyText = ({ because }: Match): string =>
  because.kind === "factor"
    ? t("scan.find.why.factor", { factor: because.factor })
    : t(`scan.find.why.${because.kind}`);

const MatchRow = ({ match }: { readonly match: Match }) => {
  const format = useFormat();
  const { payment } = match.found;
  const number = numberOf(payment);
  return (
    <Row
      href={hrefOf(match)}
      title={<bdi>{goodsOf(payment)}</bdi>}
      facts={[
        payment.paidAt === undefined ? undefined : format.time(payment.paidAt),
        channelText(payment.channel),
        number === undefined ? undefined : t("word.tail", { tail: format.tail(number) }),
        whyText(match),
      ]}
      amount={payment.amount}
      end={t("scan.find.left", { amount: format.money(remaining(payment)) })}
    />
  );
};

/** Matches as they come in, each with its reason; none has a way on. */
export const FindResults = ({
  matches,
  onWiden,
}: {
  readonly matches: readonly Match[] | undefined;
  readonly onWiden: (() => void) | undefined;
}) => {
  if (matches === undefined) return <p class="u-small">{t("scan.find.start")}</p>;
  if (matches.length === 0)
    return (
      <Empty icon="search" text={t("scan.find.none")}>
        {onWiden !== undefined && <Button onClick={onWiden}>{t("scan.find.widen")}</Button>}
      </Empty>
    );
  return (
    <section class="u-tight">
      <h2>{t("scan.find.results")}</h2>
      <Rows>
        {matches.map((match) => (
          <MatchRow key={match.found.payment.paymentId} match={match} />
        ))}
      </Rows>
    </section>
  );
};
