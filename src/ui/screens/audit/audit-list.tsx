import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import type { Deps } from "../../../usecases/deps.ts";
import type { ChainHere } from "../../../usecases/list-chains.ts";
import {
  readJournal,
  type JournalFilter,
  type JournalLine,
} from "../../../usecases/read-journal.ts";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { lineAmount, lineFacts, lineText, lineWho } from "./audit-words.ts";

type Loaded = { readonly lines: readonly JournalLine[]; readonly next: number | undefined };

const Line = ({ line, chain }: { readonly line: JournalLine; readonly chain: ChainHere }) => {
  const format = useFormat();
  const { people } = chain;
  const { record, said, about } = line;
  return (
    <Row
      title={<bdi>{lineText(line, people)}</bdi>}
      facts={[
        said && format.time(said.at),
        <bdi key="who">{lineWho(line, people)}</bdi>,
        about?.refundNo,
        ...lineFacts(line).map((fact) => <bdi key={fact}>{fact}</bdi>),
      ]}
      amount={lineAmount(line)}
      end={t("records.history.place", { seq: record.seq })}
      href={about && linkTo("refund", { id: about.caseId })}
    />
  );
};

/** The lines of a filter, a page at a time; each refund's lines open it. */
export const AuditList = ({
  deps,
  chain,
  filter,
}: {
  readonly deps: Deps;
  readonly chain: ChainHere;
  readonly filter: JournalFilter;
}) => {
  const loaded = useSignal<Loaded | undefined>(undefined);
  const { busy, fault, run } = useJob();
  const load = (below?: number): Promise<boolean> =>
    run(async () => {
      const page = await readJournal(deps, filter, below);
      if (!page.ok) return page.fault;
      const lines = [...(loaded.peek()?.lines ?? []), ...page.value.lines];
      loaded.value = { lines, next: page.value.next };
      return undefined;
    });
  useLayoutEffect(() => void load(), []);
  if (loaded.value === undefined) return <FaultNote fault={fault.value} />;
  const { lines, next } = loaded.value;
  return (
    <>
      {lines.length === 0 ? (
        <Empty icon="search" text={t(next === undefined ? "audit.none" : "audit.none_yet")} />
      ) : (
        <Rows>
          {lines.map((line) => (
            <Line key={line.record.seq} line={line} chain={chain} />
          ))}
        </Rows>
      )}
      <FaultNote fault={fault.value} />
      {next !== undefined && (
        <Button busy={busy.value} onClick={() => void load(next)}>
          {t("audit.more")}
        </Button>
      )}
    </>
  );
};
