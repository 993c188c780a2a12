import { useSignal } from "@preact/signals";

import { ok } from "../../../domain/result.ts";
import { listChains, type ChainHere } from "../../../usecases/list-chains.ts";
import { whoMay, type Deps } from "../../../usecases/deps.ts";
import { exportJournalTable } from "../../../usecases/export-journal.ts";
import type { JournalFilter } from "../../../usecases/read-journal.ts";
import { announce } from "../../components/announce.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { FaultLine } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { AuditFilter } from "./audit-filter.tsx";
import { AuditList } from "./audit-list.tsx";
import { tableWords } from "./audit-words.ts";
import { ChainCheckPart } from "./chain-check.tsx";
import { useWalk, type Walk } from "./use-walk.ts";

type Seen = { readonly deps: Deps; readonly chain: ChainHere; readonly filter: JournalFilter };

const SaveTable = ({ deps, chain, filter, walk }: Seen & { readonly walk: Walk }) => {
  const { save } = useAbilities();
  const { busy, fault, run } = useJob();
  const refused = useSignal(false);
  const saveTable = (): Promise<boolean> =>
    run(async () => {
      const words = tableWords(chain.people, deps.calendar.zone);
      const made = await walk.run(t("audit.saving"), (job) =>
        exportJournalTable(deps, filter, { words, job }),
      );
      if (!made.ok) return made.fault;
      refused.value = (await save(made.value)) === "blocked";
      if (!refused.peek()) announce(t("audit.saved"));
      return undefined;
    });
  return (
    <>
      <Button icon="table" busy={busy.value} onClick={() => void saveTable()}>
        {t("audit.save")}
      </Button>
      <FaultNote fault={fault.value} />
      {refused.value && <FaultLine>{t("records.slip.refused")}</FaultLine>}
      <p class="u-small">{t("audit.signed")}</p>
      <ButtonLink icon="file-up" href={linkTo("export")}>
        {t("more.export")}
      </ButtonLink>
    </>
  );
};

const Journal = ({
  deps,
  chains,
}: {
  readonly deps: Deps;
  readonly chains: readonly ChainHere[];
}) => {
  const first = chains[0];
  const filter = useSignal<JournalFilter>({
    device: first?.device ?? deps.device,
    kinds: [],
    staff: "",
    day: undefined,
    refundNo: "",
  });
  const walk = useWalk();
  const chain = chains.find(({ device }) => device === filter.value.device) ?? first;
  if (chain === undefined) return undefined;
  const seen: Seen = { deps, chain, filter: filter.value };
  return (
    <>
      <Fold title={t("records.filters")}>
        <AuditFilter chains={chains} chain={chain} onFilter={(next) => (filter.value = next)} />
      </Fold>
      {walk.shown.value === undefined ? undefined : (
        <Progress {...walk.shown.value} onCancel={walk.cancel} />
      )}
      <ChainCheckPart key={chain.device} deps={deps} filter={filter.value} walk={walk} />
      <AuditList key={JSON.stringify(filter.value)} {...seen} />
      <SaveTable {...seen} walk={walk} />
    </>
  );
};

/** A1: every record of every chain in plain words, for those who check the books (R52). */
export const AuditScreen = () => {
  const deps = useDeps();
  const entitled = useEntitled();
  const viewer = useSignal(deps);
  const chains = readyValue(
    useLive(
      () => undefined,
      () => listChains(deps),
    ).value,
  );
  const open = (): Promise<unknown> =>
    entitled.run(async (acting) => {
      const person = whoMay(acting, "audit_export");
      if (person.ok) viewer.value = acting;
      return person.ok ? ok(undefined) : person;
    });
  return (
    <>
      <PageHeader title={t("audit.title")} back={linkTo("more")} />
      {whoMay(viewer.value, "audit_export").ok ? (
        chains !== undefined && <Journal deps={viewer.value} chains={chains} />
      ) : (
        <Empty icon="lock" text={t("audit.who")}>
          <Button onClick={() => void open()}>{t("audit.open")}</Button>
        </Empty>
      )}
      {entitled.sheet}
    </>
  );
};
