import type { RefundCase } from "../../../domain/refund/case.ts";
import { t } from "../../language.ts";
import { EvidenceList } from "../evidence/evidence-list.tsx";

/** The files that support a refund, those that were added later too. */
export const CaseEvidence = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const { evidence } = refundCase;
  if (evidence.length === 0) return undefined;
  return (
    <section class="u-tight">
      <h2>{t("refund.papers")}</h2>
      <EvidenceList files={evidence} />
    </section>
  );
};
