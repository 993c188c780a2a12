import { useSignal } from "@preact/signals";

import {
  findSlipStanding,
  type SlipFacts,
  type SlipStanding,
} from "../../../usecases/check-slip.ts";
import type { Deps } from "../../../usecases/deps.ts";
import type { Known } from "../../../usecases/known-keys.ts";
import { witnessSlip } from "../../../usecases/witness-slip.ts";
import { StateBadge } from "../../components/badge.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { FaultLine } from "../../components/field.tsx";
import { Card } from "../../components/key-values.tsx";
import { useMaybeDeps } from "../../deps.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { ChainTrouble } from "../checkpoint/chain-trouble.tsx";

type Checked = {
  readonly deps: Deps;
  readonly slip: SlipFacts;
  /** The till that signed it, where it was not this one. */
  readonly till: Known | undefined;
};

type Of<Kind extends SlipStanding["kind"]> = Extract<SlipStanding, { readonly kind: Kind }>;

const Here = ({ refundCase }: Of<"here">) => {
  const { staff } = useShell();
  const { caseId, money } = refundCase;
  return (
    <Card>
      <div class="slip-standing">
        <h2>{t("verify.slip.now")}</h2>
        {money !== undefined && <StateBadge state={money} />}
        {staff !== undefined && (
          <ButtonLink icon="receipt-text" href={linkTo("refund", { id: caseId })}>
            {t("verify.slip.open")}
          </ButtonLink>
        )}
      </div>
    </Card>
  );
};

/** What the journals here say against a slip: the whole to the people of the shop, one line to customers (X44). */
const Against = ({
  standing,
  slip,
  till,
}: Pick<Checked, "slip" | "till"> & { readonly standing: Of<"cut" | "missing" | "differs"> }) => {
  const { staff } = useShell();
  const { seq } = slip.ref;
  if (staff === undefined || standing.kind === "missing")
    return <FaultLine>{t(`verify.slip.${standing.kind}`)}</FaultLine>;
  if (till !== undefined) {
    const fault = { kind: "chain_forked", label: till.label ?? till.fingerprint, seq } as const;
    return <ChainTrouble fault={fault} />;
  }
  const last = standing.kind === "cut" ? standing.last : seq;
  const kind = standing.kind === "cut" ? "own_chain_cut" : "own_chain_forked";
  const fault = { kind, seq, last } as const;
  return <ChainTrouble fault={fault} />;
};

/** Another till's slip that goes further than anything known of it: worth a note. */
const Elsewhere = ({
  deps,
  slip,
  till,
  standing,
}: Checked & { readonly standing: Of<"elsewhere"> }) => {
  const { staff } = useShell();
  const { busy, fault, run } = useJob();
  const done = useSignal(false);
  const witness = async (): Promise<void> => {
    if (till === undefined) return;
    done.value = await run(async () => {
      const noted = await witnessSlip(deps, slip, till);
      return noted.ok ? undefined : noted.fault;
    });
  };
  return (
    <Card>
      <div class="slip-standing">
        <p class="u-small">{t("verify.slip.elsewhere")}</p>
        {done.value && <p>{t("proof.slip.noted")}</p>}
        <FaultNote fault={fault.value} />
        {staff !== undefined && standing.isAhead && !done.value && (
          <Button icon="shield-check" busy={busy.value} onClick={() => void witness()}>
            {t("proof.slip.note")}
          </Button>
        )}
      </div>
    </Card>
  );
};

const Known = (checked: Checked) => {
  const { deps, slip, till } = checked;
  const live = useLive(
    () => slip,
    (wanted) => findSlipStanding(deps, wanted, till === undefined),
  );
  const standing = readyValue(live.value);
  switch (standing?.kind) {
    case undefined:
      return undefined;
    case "here":
      return <Here {...standing} />;
    case "elsewhere":
      return <Elsewhere {...checked} standing={standing} />;
    case "cut":
    case "missing":
    case "differs":
      return <Against slip={slip} till={till} standing={standing} />;
  }
};

/** How the refund of a good slip stands now; the way to it only for an unlocked person. */
export const Standing = ({
  slip,
  till,
}: {
  readonly slip: SlipFacts;
  readonly till?: Known | undefined;
}) => {
  const deps = useMaybeDeps();
  return deps === undefined ? undefined : <Known deps={deps} slip={slip} till={till} />;
};
