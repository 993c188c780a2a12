import { useSignal } from "@preact/signals";

import type { Currency } from "../../../domain/currency.ts";
import { money } from "../../../domain/money.ts";
import { writeRef } from "../../../domain/ids.ts";
import type { CheckedClose, CloseDifference } from "../../../domain/recheck-shifts.ts";
import { recheckShifts } from "../../../usecases/recheck-shifts.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Progress } from "../../components/progress.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { useWalk } from "../audit/use-walk.ts";
import { channelText } from "../new-refund/order.tsx";

const differenceText = (difference: CloseDifference, format: Format): string => {
  const { what, currency } = difference;
  const write = (value: number): string =>
    what === "refunds" ? format.number(value) : format.money(money(value, currency as Currency));
  return t("proof.close.recheck_line", {
    what: what === "channel" ? channelText(difference.channel) : t(`proof.close.${what}`),
    stored: write(difference.stored),
    derived: write(difference.derived),
  });
};

const Differs = ({ checked: { close, differences } }: { readonly checked: CheckedClose }) => {
  const format = useFormat();
  return (
    <Banner
      tone="warn"
      title={t("proof.close.recheck_differs", { time: format.fullTime(close.at) })}
    >
      {differences.map((difference) => (
        <p key={JSON.stringify(difference)}>{differenceText(difference, format)}</p>
      ))}
      <p>{t("proof.close.recheck_then")}</p>
    </Banner>
  );
};

const wrongIn = (checked: readonly CheckedClose[] = []): readonly CheckedClose[] =>
  checked.filter(({ differences }) => differences.length > 0);

const agreeText = (checked: readonly CheckedClose[] | undefined): string | undefined =>
  checked === undefined || wrongIn(checked).length > 0
    ? undefined
    : t("proof.close.recheck_agrees", { n: checked.length });

/** Every close beside what the records give today; it can be cancelled (X38). */
export const Recheck = () => {
  const deps = useDeps();
  const { busy, fault, run } = useJob();
  const walk = useWalk();
  const found = useSignal<readonly CheckedClose[] | undefined>(undefined);
  const check = async (): Promise<void> => {
    await run(async () => {
      found.value = undefined;
      const checked = await walk.run(t("audit.checking"), (job) => recheckShifts(deps, job));
      if (!checked.ok) return checked.fault;
      found.value = checked.value;
      return undefined;
    });
    const agreeing = agreeText(found.peek());
    if (agreeing !== undefined) announce(agreeing);
  };
  const agree = agreeText(found.value);
  return (
    <section class="u-tight">
      {agree !== undefined && <p>{agree}</p>}
      {wrongIn(found.value).map((one) => (
        <Differs key={writeRef(one.close.ref)} checked={one} />
      ))}
      {walk.shown.value !== undefined && <Progress {...walk.shown.value} onCancel={walk.cancel} />}
      <FaultNote fault={fault.value} />
      <Button icon="shield-check" busy={busy.value} onClick={() => void check()}>
        {t("proof.close.recheck")}
      </Button>
    </section>
  );
};
