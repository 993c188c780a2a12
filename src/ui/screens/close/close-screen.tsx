import { useSignal } from "@preact/signals";

import { closeShift, noCash, type CloseEntry } from "../../../usecases/close-shift.ts";
import type { Checkpoint } from "../../../usecases/make-checkpoint.ts";
import { readShift, type OpenShift } from "../../../usecases/read-shift.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { ShownCode } from "../checkpoint/own-code.tsx";
import { CashFields } from "./cash-fields.tsx";
import { CloseSlip, InterimSlip } from "./close-slip.tsx";
import { closePairs, sumPairs } from "./close-words.ts";
import { Recheck } from "./recheck.tsx";

const ThisShift = ({ shift }: { readonly shift: OpenShift }) => {
  const format = useFormat();
  const { last, earlier } = shift;
  const since = last === undefined ? t("proof.close.never") : format.fullTime(last.at);
  return (
    <Card>
      <KeyValues
        pairs={[
          [t("proof.close.day"), format.day(shift.day)],
          [t("proof.close.since"), since],
          ...sumPairs(shift, format),
          ...(earlier.refunds === 0 ? [] : sumPairs(earlier, format, t("proof.close.earlier"))),
        ]}
      />
    </Card>
  );
};

const LastShift = ({ last }: { readonly last: NonNullable<OpenShift["last"]> }) => {
  const format = useFormat();
  const { currency } = useShell().shop;
  return (
    <section class="u-tight">
      <h2>{t("proof.close.last")}</h2>
      <Card>
        <KeyValues pairs={closePairs(last, { format, currency })} />
      </Card>
    </section>
  );
};

const Closing = () => {
  const deps = useDeps();
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const shift = readyValue(useLive(() => deps, readShift).value);
  const shown = useSignal<Checkpoint | undefined>(undefined);
  const entry = useSignal<CloseEntry>(noCash);
  const close = async (): Promise<void> => {
    const done = await run(async () => {
      const closed = await entitled.run((acting) => closeShift(acting, entry.peek()));
      if (!closed.ok) return closed.fault;
      shown.value = closed.value;
      return undefined;
    });
    if (done) announce(t("proof.close.done"));
  };
  const code = shown.value;
  const last = shift?.last;
  return (
    <section class="u-tight">
      {code === undefined ? (
        <p>{t("proof.close.lead")}</p>
      ) : (
        <>
          <Banner tone="info" icon="circle-check" title={t("proof.close.done")} />
          <ShownCode shown={code} answers={false} />
          {last?.ref.seq === code.seq && <CloseSlip last={last} shown={code} />}
        </>
      )}
      {shift !== undefined && code === undefined && (
        <>
          <ThisShift shift={shift} />
          <CashFields entry={entry} paidOut={shift.paidOut} />
        </>
      )}
      <p class="u-small">{t("proof.close.gross")}</p>
      <FaultNote fault={fault.value} />
      {code === undefined && (
        <Button kind="primary" icon="check" busy={busy.value} onClick={() => void close()}>
          {t("proof.close.close")}
        </Button>
      )}
      {shift !== undefined && code === undefined && <InterimSlip shift={shift} />}
      {last !== undefined && (
        <>
          <LastShift last={last} />
          <Recheck />
        </>
      )}
      {entitled.sheet}
    </section>
  );
};

/** Z1: the shift is closed with a signed record, and its end is shown for others to witness. */
export const CloseScreen = () => (
  <>
    <PageHeader title={t("proof.close.title")} back={linkTo("more")} />
    {useDeps().training ? <Banner tone="info" title={t("proof.close.practice")} /> : <Closing />}
  </>
);
