import { useSignal } from "@preact/signals";

import type { Result } from "../../../domain/result.ts";
import type { Erasable } from "../../../usecases/customer-tellings.ts";
import type { Deps } from "../../../usecases/deps.ts";
import type { EraseFault, EraseWish } from "../../../usecases/erase-customer.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Switch } from "../../components/field.tsx";
import { Rows } from "../../components/row.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";

/** Whose data: what of it there is, and how it goes. */
type Erasing = {
  /** Names it, so that another one is asked for anew. */
  readonly of: string;
  readonly find: (deps: Deps) => Promise<Erasable | undefined>;
  readonly erase: (
    deps: Deps,
    wish: Omit<EraseWish, "caseId">,
  ) => Promise<Result<unknown, EraseFault>>;
};

const reasons = ["request", "retention", "mistake"] as const;

/** What an erasure would take away, in words. */
const goneOf = (erasable: Erasable, payer: boolean): readonly string[] => {
  const { records, files } = erasable;
  return [
    records > 0 ? t("erasure.goes.records", { n: records }) : undefined,
    files > 0 ? t("erasure.goes.files", { n: files }) : undefined,
    erasable.payer && payer ? t("erasure.goes.payer") : undefined,
  ].filter((line) => line !== undefined);
};

const Goes = ({ gone }: { readonly gone: readonly string[] }) =>
  gone.length === 0 ? (
    <p>{t("erasure.goes.none")}</p>
  ) : (
    <section class="u-tight">
      <h3>{t("erasure.goes")}</h3>
      <ul>
        {gone.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );

const Stays = () => (
  <section class="u-tight">
    <h3>{t("erasure.stays")}</h3>
    <p>{t("erasure.stays.text")}</p>
    <p>{t("erasure.outside")}</p>
  </section>
);

const useErase = ({ erase: eraseNow }: Erasing, onClose: () => void) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const payer = useSignal(true);
  const why = useSignal<(typeof reasons)[number]>("request");
  const erase = async (): Promise<void> => {
    const wish = { payer: payer.peek(), why: why.peek() };
    const done = await run(async () => {
      const saved = await entitled.run((deps) => eraseNow(deps, wish));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("erasure.done"));
    onClose();
  };
  return { payer, why, busy, fault, erase, asking: entitled.sheet };
};

/** Why it goes, and the button; only where there is something to erase. */
const Confirm = ({
  why,
  busy,
  fault,
}: Pick<ReturnType<typeof useErase>, "why" | "busy" | "fault">) => (
  <>
    <ChipGroup
      legend={t("erasure.why")}
      name="erase-why"
      columns={3}
      value={why.value}
      choices={reasons.map((value) => ({ value, label: t(`erasure.why.${value}`) }))}
      onPick={(value) => (why.value = value)}
    />
    <FaultNote fault={fault.value} />
    <Button kind="danger" type="submit" busy={busy.value}>
      {t("erasure.confirm")}
    </Button>
  </>
);

/** What goes, what stays and what is out of reach, before anything is erased (X41). */
export const EraseSheet = ({ onClose, ...erasing }: Erasing & { readonly onClose: () => void }) => {
  const deps = useDeps();
  const { payer, erase, asking, ...confirming } = useErase(erasing, onClose);
  const erasable = readyValue(
    useLive(
      () => erasing.of,
      () => erasing.find(deps),
    ).value,
  );
  const gone = erasable === undefined ? undefined : goneOf(erasable, payer.value);
  return (
    <Sheet title={t("erasure.title")} onClose={onClose}>
      <form
        class="u-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        {gone !== undefined && <Goes gone={gone} />}
        <Stays />
        {erasable?.payer === true && (
          <Rows>
            <Switch
              name="payer"
              label={t("erasure.payer")}
              help={t("erasure.payer.help")}
              on={payer.value}
              onToggle={(on) => (payer.value = on)}
            />
          </Rows>
        )}
        {gone !== undefined && gone.length > 0 && <Confirm {...confirming} />}
      </form>
      {asking}
    </Sheet>
  );
};
