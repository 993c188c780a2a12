import { useSignal, useSignalEffect } from "@preact/signals";

import { standingOf } from "../../../domain/refund/money-track.ts";
import type { RuleOutcome } from "../../../domain/policy/facts.ts";
import type { RuleResult } from "../../../domain/policy/index.ts";
import { instantFromMs } from "../../../domain/instant.ts";
import { countSimilar } from "../../../usecases/record-refund.ts";
import { Tag, type Tone } from "../../components/badge.tsx";
import { Fold } from "../../components/fold.tsx";
import { KeyValues } from "../../components/key-values.tsx";
import { Amount } from "../../components/amount.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { RefundRow } from "../refund/refund-row.tsx";
import type { OnePayment } from "./load-payment.ts";
import { outcomeIcons, ruleText } from "./policy-line.ts";
import type { Review } from "./review.ts";

const tones: Readonly<Record<RuleOutcome, Tone>> = {
  pass: "neutral",
  warn: "warn",
  lead: "warn",
  other: "warn",
  owner: "warn",
  refused: "danger",
};

const order: readonly RuleOutcome[] = ["refused", "owner", "other", "lead", "warn", "pass"];

/** What somebody has to look at stands above what fits. */
const worstFirst = (results: readonly RuleResult[]): readonly RuleResult[] =>
  [...results].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));

/** How many refunds of this amount were recorded elsewhere just now. */
export const useSimilar = (one: OnePayment, minor: number): number => {
  const deps = useDeps();
  const similar = useSignal(0);
  const asked = useSignal(minor);
  asked.value = minor;
  useSignalEffect(() => {
    const amount = { ...one.found.payment.amount, minor: asked.value as Amounted };
    const about = { payment: one.found.payment, now: instantFromMs(deps.now()) };
    countSimilar(deps, amount, about).then((count) => {
      similar.value = count;
    }, reportError);
  });
  return similar.value;
};

type Amounted = OnePayment["found"]["payment"]["amount"]["minor"];

const Earlier = ({ one }: { readonly one: OnePayment }) => {
  const counted = one.cases.filter(
    ({ money }) => money !== undefined && standingOf(money) !== "frees",
  );
  if (counted.length === 0) return undefined;
  return (
    <section class="u-tight">
      <h3>{t("refund.review.earlier")}</h3>
      <Rows>
        {counted.map((refundCase) => (
          <RefundRow key={refundCase.caseId} refundCase={refundCase} />
        ))}
      </Rows>
    </section>
  );
};

/**
 * What will be signed, before it is: balance before and after, every rule with its answer, other refunds of this
 * payment (R40). Folded, because the line above the button says the worst of it already.
 */
export const ReviewPart = ({
  review,
  one,
}: {
  readonly review: Review;
  readonly one: OnePayment;
}) => {
  const { verdict, open } = review;
  const { policy, profile } = one.context;
  const about = { policy: policy.rules, profile, open };
  return (
    <Fold title={t("refund.review", { n: verdict.results.length })}>
      <KeyValues
        pairs={[
          [t("refund.review.before"), <Amount key="before" money={review.before} />],
          [t("refund.review.after"), <Amount key="after" money={review.after} />],
        ]}
      />
      <Earlier one={one} />
      <Rows>
        {worstFirst(verdict.results).map((result) => (
          <Row
            key={result.rule}
            title={ruleText(result, about)}
            end={
              <Tag icon={outcomeIcons[result.outcome]} tone={tones[result.outcome]}>
                {t(`refund.outcome.${result.outcome}`)}
              </Tag>
            }
          />
        ))}
      </Rows>
    </Fold>
  );
};
