import type { RecordRef } from "../../../domain/ids.ts";
import { readPolicyAt } from "../../../usecases/read-policy.ts";
import { Button } from "../../components/button.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { PolicySaid } from "../policy/policy-said.tsx";

/** The policy that this refund is judged by, held out to the customer; a tap says that they saw it (R21). */
export const PolicySheet = ({
  record,
  onShown,
  onClose,
}: {
  readonly record: RecordRef;
  readonly onShown: () => void;
  readonly onClose: () => void;
}) => {
  const deps = useDeps();
  const current = readyValue(
    useLive(
      () => record,
      (ref) => readPolicyAt(deps, ref),
    ).value,
  );
  return (
    <Sheet title={t("policy.show")} onClose={onClose}>
      {current !== undefined && <PolicySaid current={current} />}
      <Button
        kind="primary"
        icon="check"
        onClick={() => {
          onShown();
          onClose();
        }}
      >
        {t("policy.shown")}
      </Button>
    </Sheet>
  );
};
