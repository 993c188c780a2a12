import { useSignal } from "@preact/signals";

import { checkChain, type ChainCheck } from "../../../usecases/check-chain.ts";
import type { Deps } from "../../../usecases/deps.ts";
import type { JournalFilter } from "../../../usecases/read-journal.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import type { Walk } from "./use-walk.ts";

const list = (numbers: readonly number[]): string => numbers.join(t("word.separator"));

const isWhole = ({ missing, broken }: ChainCheck): boolean =>
  missing.length === 0 && broken.length === 0;

const Verdict = ({ found, isOwn }: { readonly found: ChainCheck; readonly isOwn: boolean }) => {
  const { last, missing, broken } = found;
  if (isWhole(found)) return <Banner tone="arrived" title={t("audit.whole", { last })} />;
  return (
    <Banner tone="danger" title={t(damagedWord(isOwn))}>
      {missing.length > 0 && <p>{t("audit.missing", { list: list(missing) })}</p>}
      {broken.length > 0 && <p>{t("audit.broken", { list: list(broken) })}</p>}
    </Banner>
  );
};

/** Only the chain that is written here has a safety copy that a start repairs from. */
const damagedWord = (isOwn: boolean) => (isOwn ? "audit.damaged" : "audit.damaged_other");

/** Walks the whole chain on demand: no number may be missing, none may have changed (R52). */
export const ChainCheckPart = ({
  deps,
  filter,
  walk,
}: {
  readonly deps: Deps;
  readonly filter: JournalFilter;
  readonly walk: Walk;
}) => {
  const found = useSignal<ChainCheck | undefined>(undefined);
  const { busy, fault, run } = useJob();
  const isOwn = filter.device === deps.device;
  const check = (): Promise<boolean> =>
    run(async () => {
      found.value = undefined;
      const checked = await walk.run(t("audit.checking"), (job) =>
        checkChain(deps, filter.device, job),
      );
      if (!checked.ok) return checked.fault;
      found.value = checked.value;
      announce(t(isWhole(checked.value) ? "audit.whole" : damagedWord(isOwn), checked.value));
      return undefined;
    });
  return (
    <>
      <Button icon="shield-check" busy={busy.value} onClick={() => void check()}>
        {t("audit.check")}
      </Button>
      <FaultNote fault={fault.value} />
      {found.value !== undefined && <Verdict found={found.value} isOwn={isOwn} />}
    </>
  );
};
