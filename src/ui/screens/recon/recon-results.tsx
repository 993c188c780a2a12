import { useSignal } from "@preact/signals";

import type { MatchClass } from "../../../domain/reconcile/difference.ts";
import { readReconciliation, type ReconLine } from "../../../usecases/read-reconciliation.ts";
import { reconcile } from "../../../usecases/reconcile.ts";
import { announce } from "../../components/announce.ts";
import { Tag } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Fold } from "../../components/fold.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { channelOf } from "../import-statement/statement-words.ts";
import { DifferenceSheet } from "./difference-sheet.tsx";
import { SaveDifferences } from "./save-differences.tsx";
import { amountOf, groupLines, headOf, needsEyes, type ClassGroup } from "./recon-words.ts";

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
  return (kind: MatchClass, { lines, sums }: Pick<ClassGroup, "lines" | "sums">): string =>
    t("recon.class.head", {
      name: t(`recon.class.${kind}`),
      n: format.number(lines.length),
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
      {ordered.length > mostShown && (
        <p class="u-small">{t("recon.more", { n: ordered.length - mostShown })}</p>
      )}
    </Fold>
  );
};

const useAgain = () => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const again = (): Promise<boolean> =>
    run(async () => {
      const told = await entitled.run(reconcile);
      if (told.ok) announce(t("recon.told", { n: told.value }));
      return told.ok ? undefined : told.fault;
    });
  return { busy, fault, again, asking: entitled.sheet };
};

/** T3, C2: what the statements say of the refunds of the last three months, by class; what needs a person first. */
export const ReconResults = () => {
  const deps = useDeps();
  const live = useLive(
    () => deps,
    async (now) => readReconciliation(now, "all"),
  );
  const shown = useSignal<ReconLine | undefined>(undefined);
  const { busy, fault, again, asking } = useAgain();
  const lines = readyValue(live.value);
  if (lines === undefined) return <p class="u-small">{t("recon.comparing")}</p>;
  if (lines.length === 0) return undefined;
  const open = lines.filter(needsEyes).length;
  return (
    <section class="u-tight">
      <h2>{t("recon.results")}</h2>
      <p>{open === 0 ? t("recon.no_differences") : t("recon.needs_eyes", { n: open })}</p>
      {groupLines(lines).map((group) => (
        <Group
          key={group.class}
          group={group}
          open={(line) => {
            shown.value = line;
          }}
        />
      ))}
      <SaveDifferences lines={lines} />
      <FaultNote fault={fault.value} />
      <Button icon="refresh-cw" busy={busy.value} onClick={() => void again()}>
        {t("recon.again")}
      </Button>
      {shown.value !== undefined && (
        <DifferenceSheet
          line={shown.value}
          lines={lines}
          onClose={() => {
            shown.value = undefined;
          }}
        />
      )}
      {asking}
    </section>
  );
};
