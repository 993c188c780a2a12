import { useSignal } from "@preact/signals";

import {
  writeDifferences,
  type DifferenceWords,
} from "../../../domain/reconcile/differences-csv.ts";
import type { MoneyState } from "../../../domain/refund/money-track.ts";
import { fileName } from "../../../usecases/file-name.ts";
import type { ReconLine } from "../../../usecases/read-reconciliation.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { channelOf } from "../import-statement/statement-words.ts";

const words = (): DifferenceWords => ({
  columns: {
    class: t("recon.csv.class"),
    settled: t("recon.is_settled"),
    acquirer: t("recon.csv.acquirer"),
    refund_no: t("recon.side.refund_no"),
    their_refund_no: t("recon.csv.their_refund_no"),
    channel_no: t("recon.side.channel_no"),
    order_no: t("recon.side.order_no"),
    amount: t("recon.side.amount"),
    their_amount: t("recon.csv.their_amount"),
    currency: t("recon.csv.currency"),
    state: t("recon.side.state"),
    their_state: t("recon.csv.their_state"),
    time: t("recon.side.time"),
    their_time: t("recon.csv.their_time"),
  },
  class: (kind) => t(`recon.class.${kind}`),
  state: (state: MoneyState) => t(`state.${state}`),
  acquirer: channelOf,
  settled: t("recon.is_settled"),
});

/** Everything that was compared, as a table for a spreadsheet. */
export const SaveDifferences = ({ lines }: { readonly lines: readonly ReconLine[] }) => {
  const deps = useDeps();
  const { save } = useAbilities();
  const said = useSignal("");
  const keep = async (): Promise<void> => {
    const table = writeDifferences(lines, { words: words(), zone: deps.calendar.zone });
    const bytes = new TextEncoder().encode(table);
    const name = fileName(deps, "differences", "csv");
    const delivery = await save({ name, type: "text/csv", bytes });
    if (delivery === "cancelled") return;
    said.value = t(delivery === "blocked" ? "recon.csv.not_saved" : "recon.csv.saved");
    announce(said.value);
  };
  return (
    <>
      <Button icon="download" onClick={() => void keep()}>
        {t("recon.csv")}
      </Button>
      {said.value !== "" && <p class="u-small">{said.value}</p>}
    </>
  );
};
