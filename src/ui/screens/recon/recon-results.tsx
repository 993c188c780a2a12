import { useSignal } from "@preact/signals";

import { amountOf } from "../../../domain/reconcile/comparison.ts";
import type { MatchClass } from "../../../domain/reconcile/difference.ts";
import type { Reconciliation, ReconLine } from "../../../usecases/read-reconciliation.ts";
import { reconcile } from "../../../usecases/reconcile.ts";
import { announce } from "../../components/announce.ts";
import { Tag } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Fold } from "../../components/fold.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useFormat } from "../../format.ts";
import { useJob, type Job } from "../../job.ts";
import { t } from "../../language.ts";
import { channelOf } from "../import-statement/statement-words.ts";
import { DifferenceSheet } from "./difference-sheet.tsx";
import { Running } from "./running.tsx";
import { SaveDifferences } from "./save-differences.tsx";
import { groupLines, headOf, needsEyes, openCount, type ClassGroup } from "./recon-words.ts";
import { useCompareRuns, useComparison, type CompareRuns } from "./use-comparison.ts";

/** More of one class are not drawn at once. */
const mostShown = 50;

const ReconRow = ({ line, open }: { readonly line: ReconLine; readonly open: () => void }) => {
  const format = useFormat();
  const { number, acquirer, at } = headOf(line);
  return (
    <Row
      title={<bdi class="u-mono">{format.groups(number)}</bdi>}
      facts={[channelOf(acquirer), format.time(at)]}
      amount={amountOf(line)}
      end={
        line.settled && (
          <Tag icon="check" tone="neutral">
            {t("recon.is_settled")}
          </Tag>
        )
      }
      onClick={open}
    />
  );
};

const useHead = () => {
  const format = useFormat();
  return (kind: MatchClass, { count, sums }: ClassGroup): string =>
    t("recon.class.head", {
      name: t(`recon.class.${kind}`),
      n: format.number(count),
      sum: sums.map((sum) => format.money(sum)).join(t("word.separator")),
    });
};

/** Those that nobody has settled come first. */
const Group = ({
  group,
  open,
}: {
  readonly group: ClassGroup;
  readonly open: (line: ReconLine) => void;
}) => {
  const head = useHead();
  const ordered = [
    ...group.lines.filter(needsEyes),
    ...group.lines.filter((one) => !needsEyes(one)),
  ];
  return (
    <Fold title={head(group.class, group)}>
      <p class="u-small">{t(`recon.class_help.${group.class}`)}</p>
      <Rows>
        {ordered.slice(0, mostShown).map((line) => (
          <ReconRow key={headOf(line).key} line={line} open={() => open(line)} />
        ))}
      </Rows>
      {group.count > mostShown && (
        <p class="u-small">{t("recon.more", { n: group.count - mostShown })}</p>
      )}
    </Fold>
  );
};

/** Records what the rows prove, and has it compared anew; stopped on the way it asks for nothing more. */
const useAgain = (runs: CompareRuns, { run }: Job, anew: () => void) => {
  const entitled = useEntitled();
  const again = (): Promise<boolean> =>
    run(async () => {
      const told = await runs.run((job) => entitled.run((deps) => reconcile(deps, job)));
      if (told?.ok === false) return told.fault.kind === "aborted" ? undefined : told.fault;
      if (told !== undefined) announce(t("recon.told", { n: told.value }));
      anew();
      return undefined;
    });
  return { again, asking: entitled.sheet };
};

const Found = ({ found }: { readonly found: Reconciliation }) => {
  const shown = useSignal<ReconLine | undefined>(undefined);
  const { lines } = found;
  const open = openCount(found);
  return (
    <>
      <h2>{t("recon.results")}</h2>
      <p>{open === 0 ? t("recon.no_differences") : t("recon.needs_eyes", { n: open })}</p>
      {groupLines(found).map((group) => (
        <Group
          key={group.class}
          group={group}
          open={(line) => {
            shown.value = line;
          }}
        />
      ))}
      <SaveDifferences />
      {shown.value !== undefined && (
        <DifferenceSheet
          line={shown.value}
          lines={lines}
          onClose={() => {
            shown.value = undefined;
          }}
        />
      )}
    </>
  );
};

/** T3, C2: what the statements say of the refunds of the last three months, by class; what needs a person first. */
export const ReconResults = () => {
  const runs = useCompareRuns();
  const job = useJob();
  const { busy, fault } = job;
  const { found, stopped, anew } = useComparison(runs, busy);
  const { again, asking } = useAgain(runs, job, anew);
  const now = found.value;
  const isEmpty = now?.lines.length === 0;
  return (
    <section class="u-tight">
      {now !== undefined && !isEmpty && <Found found={now} />}
      <Running runs={runs} />
      {now === undefined && !stopped.value && runs.far.value === undefined && (
        <p class="u-small">{t("recon.comparing")}</p>
      )}
      {stopped.value && runs.far.value === undefined && <p>{t("recon.stopped")}</p>}
      <FaultNote fault={fault.value} />
      {(stopped.value || (now !== undefined && !isEmpty)) && (
        <Button icon="refresh-cw" busy={busy.value} onClick={() => void again()}>
          {t("recon.again")}
        </Button>
      )}
      {asking}
    </section>
  );
};
