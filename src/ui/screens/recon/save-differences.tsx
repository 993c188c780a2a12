import { useSignal } from "@preact/signals";

import { matchClasses } from "../../../domain/reconcile/difference.ts";
import { statesTold, type DifferenceWords } from "../../../domain/reconcile/differences-csv.ts";
import { fileName } from "../../../usecases/file-name.ts";
import { readDifferenceTable } from "../../../usecases/read-reconciliation.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { channelOf } from "../import-statement/statement-words.ts";
import { Running } from "./running.tsx";
import { useCompareRuns } from "./use-comparison.ts";

const words = (acquirers: readonly string[]): DifferenceWords => ({
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
  class: wordsFor(matchClasses, (kind) => t(`recon.class.${kind}`)),
  state: wordsFor(statesTold, (state) => t(`state.${state}`)),
  acquirer: new Map(acquirers.map((acquirer) => [acquirer, channelOf(acquirer)])),
  settled: t("recon.is_settled"),
});

const wordsFor = <Key extends string>(
  keys: readonly Key[],
  word: (key: Key) => string,
): Readonly<Record<Key, string>> =>
  Object.fromEntries(keys.map((key) => [key, word(key)])) as Readonly<Record<Key, string>>;

/** Everything that was compared, as a table for a spreadsheet; it is written where it is compared. */
export const SaveDifferences = () => {
  const deps = useDeps();
  const { save } = useAbilities();
  const runs = useCompareRuns();
  const said = useSignal("");
  const keep = async (): Promise<void> => {
    const table = await runs.run((job) => readDifferenceTable(deps, words, job));
    if (table === undefined) return;
    if (!table.ok) return void (said.value = t("recon.stopped"));
    const name = fileName(deps, "differences", "csv");
    const delivery = await save({ name, type: "text/csv", bytes: new Uint8Array(table.value) });
    if (delivery === "cancelled") return;
    said.value = t(delivery === "blocked" ? "recon.csv.not_saved" : "recon.csv.saved");
    announce(said.value);
  };
  return (
    <>
      <Button icon="download" busy={runs.far.value !== undefined} onClick={() => void keep()}>
        {t("recon.csv")}
      </Button>
      <Running runs={runs} />
      {said.value !== "" && <p class="u-small">{said.value}</p>}
    </>
  );
};
