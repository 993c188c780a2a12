import { useSignal } from "@preact/signals";

import type { StatementImport } from "../../../domain/books.ts";
import { takeBackImport, type ImportInUse } from "../../../usecases/take-back-import.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { KeyValues } from "../../components/key-values.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { channelOf, periodText, sumsText } from "../import-statement/statement-words.ts";

const Facts = ({ imported }: { readonly imported: StatementImport }) => {
  const format = useFormat();
  const { event, at, file } = imported;
  const period = periodText(event, format);
  return (
    <KeyValues
      pairs={[
        [
          channelOf(event.acquirer),
          [period, ...sumsText(event, format)].filter((part) => part !== undefined).join(" "),
        ],
        [
          t("recon.last.imported", { time: format.fullTime(at) }),
          t("recon.rows", { rows: format.number(event.rows) }),
        ],
        [
          t("recon.back.duplicates"),
          t("recon.rows", { rows: format.number(event.duplicates ?? 0) }),
        ],
        [
          t("recon.back.file"),
          <bdi key="file" class="u-mono">
            {file.slice(0, 12)}
          </bdi>,
        ],
      ]}
    />
  );
};

/** What would lose its proof, with the way to each refund. */
const Resting = ({ payments, cases, imports }: ImportInUse) => {
  const format = useFormat();
  return (
    <div class="u-stack">
      <p>{t("recon.back.rests")}</p>
      {payments.length > 0 && <p>{t("recon.back.rests_payments", { n: payments.length })}</p>}
      {imports.map(({ file, at }) => (
        <p key={file}>{t("recon.back.rests_imports", { time: format.fullTime(at) })}</p>
      ))}
      {cases.slice(0, mostShown).map((id) => (
        <ButtonLink key={id} icon="receipt-text" href={linkTo("refund", { id })}>
          {t("recon.open_refund")}
        </ButtonLink>
      ))}
    </div>
  );
};

const mostShown = 10;

const useTakingBack = ({ file }: StatementImport, onClose: () => void) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const resting = useSignal<ImportInUse | undefined>(undefined);
  const takeBack = async (): Promise<void> => {
    const done = await run(async () => {
      const taken = await entitled.run((deps) => takeBackImport(deps, file));
      if (taken.ok) return undefined;
      resting.value = taken.fault.kind === "import_in_use" ? taken.fault : undefined;
      return taken.fault;
    });
    if (!done) return;
    announce(t("recon.back.done"));
    onClose();
  };
  return { busy, fault, resting, takeBack, asking: entitled.sheet };
};

/** One import with its totals, and the way to take it back. */
export const ImportSheet = ({
  imported,
  onClose,
}: {
  readonly imported: StatementImport;
  readonly onClose: () => void;
}) => {
  const format = useFormat();
  const { busy, fault, resting, takeBack, asking } = useTakingBack(imported, onClose);
  const { takenBack } = imported;
  return (
    <Sheet title={t("recon.back.title")} onClose={onClose}>
      <div class="u-stack">
        <Facts imported={imported} />
        {takenBack !== undefined && (
          <Banner
            tone="info"
            icon="undo-2"
            title={t("recon.back.was", { time: format.fullTime(takenBack) })}
          />
        )}
        <FaultNote fault={fault.value} />
        {resting.value !== undefined && <Resting {...resting.value} />}
        {takenBack === undefined && (
          <>
            <p class="u-small">{t("recon.back.help")}</p>
            <Button icon="undo-2" busy={busy.value} onClick={() => void takeBack()}>
              {t("recon.back.do")}
            </Button>
          </>
        )}
        {asking}
      </div>
    </Sheet>
  );
};
