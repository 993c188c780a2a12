import { findSlipStanding, type SlipFacts } from "../../../usecases/check-slip.ts";
import { CaseBadge } from "../../components/badge.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/key-values.tsx";
import { FaultLine } from "../../components/field.tsx";
import { useMaybeDeps } from "../../deps.tsx";
import type { Deps } from "../../../usecases/deps.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";

const Known = ({ deps, slip }: { readonly deps: Deps; readonly slip: SlipFacts }) => {
  const { staff } = useShell();
  const live = useLive(
    () => slip,
    (wanted) => findSlipStanding(deps, wanted),
  );
  const standing = readyValue(live.value);
  if (standing === undefined) return undefined;
  if (standing.kind !== "here") return <FaultLine>{t(`verify.slip.${standing.kind}`)}</FaultLine>;
  const { refundCase } = standing;
  return (
    <Card>
      <div class="slip-standing">
        <h2>{t("verify.slip.now")}</h2>
        <CaseBadge refundCase={refundCase} />
        {staff !== undefined && (
          <ButtonLink icon="receipt-text" href={linkTo("refund", { id: refundCase.caseId })}>
            {t("verify.slip.open")}
          </ButtonLink>
        )}
      </div>
    </Card>
  );
};

/** How the refund of a good slip stands now; the way to it only for an unlocked person. */
export const Standing = ({ slip }: { readonly slip: SlipFacts }) => {
  const deps = useMaybeDeps();
  return deps === undefined ? undefined : <Known deps={deps} slip={slip} />;
};
