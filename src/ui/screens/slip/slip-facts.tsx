import type { SlipFacts } from "../../../usecases/check-slip.ts";
import { AmountHead } from "../../components/amount.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { useShell } from "../../shell-context.tsx";

const usePairs = (slip: SlipFacts) => {
  const format = useFormat();
  return [
    [
      t("verify.slip.refund_no"),
      <span key="no" class="u-mono">
        {format.groups(slip.refundNo)}
      </span>,
    ],
    [t("verify.slip.recorded"), format.fullTime(slip.recordedAt)],
    [
      t("verify.slip.short"),
      <span key="short" class="u-mono">
        {slip.short}
      </span>,
    ],
    [
      t("verify.slip.fingerprint"),
      <span key="key" class="u-mono">
        {slip.fingerprint}
      </span>,
    ],
  ] as const;
};

/** The amount of a slip, with the warning of practice. */
export const SlipAmount = ({ slip }: { readonly slip: SlipFacts }) => (
  <AmountHead money={slip.amount}>
    {slip.training ? t("verify.slip.practice") : t("verify.slip.amount")}
  </AmountHead>
);

/** What a slip says besides its amount. */
export const SlipFactsCard = ({
  slip,
  ours,
}: {
  readonly slip: SlipFacts;
  /** Signed on this device: the shop is this one. */
  readonly ours: boolean;
}) => {
  const { shop } = useShell();
  const name = ours && shop.name !== "" ? shop.name : t("verify.slip.shop_unknown");
  return (
    <Card>
      <KeyValues
        pairs={[[t("verify.slip.shop"), <bdi key="shop">{name}</bdi>], ...usePairs(slip)]}
      />
    </Card>
  );
};

/** What an altered slip claims, folded away so that nobody takes it for true. */
export const Claims = ({ slip }: { readonly slip: SlipFacts }) => {
  const format = useFormat();
  return (
    <Fold title={t("verify.slip.claims")}>
      <KeyValues
        pairs={[[t("verify.slip.amount"), format.money(slip.amount)], ...usePairs(slip)]}
      />
    </Fold>
  );
};
