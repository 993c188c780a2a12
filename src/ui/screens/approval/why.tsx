import type { RefundCase } from "../../../domain/refund/case.ts";
import { readResults, ruleNames } from "../../../domain/policy/index.ts";
import { t } from "../../language.ts";

/** Why somebody else has to allow a refund: the rules that asked for it, by their names, and how high. */
export const Why = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const { need, rules = {} } = refundCase;
  if (need === undefined) return undefined;
  const outcomes = new Map(readResults(rules).map(({ rule, outcome }) => [rule, outcome]));
  return (
    <ul class="case-advice">
      {need.why.map((code) => {
        const rule = ruleNames.find((one) => one === code);
        if (rule === undefined) return <li key={code}>{code}</li>;
        const outcome = outcomes.get(rule);
        const level = outcome === "owner" || outcome === "other" ? outcome : "lead";
        return (
          <li key={code}>
            {[t(`workflow.why.${rule}`), t(`refund.needs.${level}`)].join(t("word.separator"))}
          </li>
        );
      })}
    </ul>
  );
};
