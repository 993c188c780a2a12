import type { OpenRequest, RequestFacts } from "../../../usecases/read-approval-request.ts";
import { AmountHead } from "../../components/amount.tsx";
import { Banner } from "../../components/banner.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";

const typeOf = ({ mode, type }: RequestFacts): string =>
  mode === "referenced" ? t(`records.type.${type}`) : t(`workflow.mode.${mode}`);

const mono = (text: string) => <span class="u-mono">{text}</span>;

type Pair = readonly [name: string, value: ReturnType<typeof mono> | string];

const leftOf = ({ left }: RequestFacts, format: Format): readonly Pair[] => {
  if (left === undefined) return [];
  const [before, after] = left.map((money) => format.money(money));
  const text = t("phone.answer.left_after", { before: before ?? "", after: after ?? "" });
  return [[t("phone.answer.left"), text]];
};

const pairsOf = ({ facts, approver }: OpenRequest, format: Format): readonly Pair[] => [
  [t("phone.answer.till"), [approver.shop, facts.till.label].join(t("word.separator"))],
  [t("phone.answer.number"), mono(format.groups(facts.refundNo))],
  [t("phone.answer.type"), typeOf(facts)],
  ...(facts.attempt === 1
    ? []
    : [[t("phone.answer.attempt"), String(facts.attempt)] satisfies Pair]),
  [t("phone.answer.recorded"), format.fullTime(facts.recordedAt)],
  ...leftOf(facts, format),
  [t("phone.answer.short"), mono(facts.short)],
  [t("phone.answer.fingerprint"), mono(facts.till.fingerprint)],
];

/** What the signed record says, read from the code itself. */
export const RequestFactsPart = ({ request }: { readonly request: OpenRequest }) => {
  const format = useFormat();
  const { facts } = request;
  return (
    <>
      <AmountHead money={facts.amount}>
        {facts.training
          ? t("phone.answer.practice")
          : t(`phone.answer.about.${request.request.about}`)}
      </AmountHead>
      {request.request.about === "recall" && <p>{t("phone.answer.recall_more")}</p>}
      <Banner
        tone="info"
        icon="shield-check"
        title={t("phone.answer.verified", { label: facts.till.label })}
      >
        {t("phone.answer.verified_more")}
      </Banner>
      <Card>
        <KeyValues pairs={pairsOf(request, format)} />
      </Card>
    </>
  );
};
