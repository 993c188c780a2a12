import { useSignal } from "@preact/signals";

import { channels, type Channel } from "../../../domain/channels.ts";
import { given } from "../../../domain/given.ts";
import type { OverpayLine } from "../../../usecases/list-overpayments.ts";
import { checkClaimant } from "../../../usecases/move-claim.ts";
import { alertNow, announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useLine } from "./use-line.ts";

const useCheck = (line: OverpayLine) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const channel = useSignal<Channel | undefined>(undefined);
  const failed = useSignal(false);
  const check = async (form: HTMLFormElement): Promise<void> => {
    const data = new FormData(form);
    const answers = {
      tail: textIn(data, "tail"),
      minute: textIn(data, "minute"),
      ...given("channel", channel.peek()),
    };
    failed.value = false;
    await run(async () => {
      const checked = await entitled.run((deps) => checkClaimant(deps, line, answers));
      if (!checked.ok) return checked.fault;
      failed.value = checked.value === "fail";
      if (failed.peek()) alertNow(t("overpaid.claim.fail"));
      else announce(t("overpaid.claim.pass"));
      form.reset();
      channel.value = undefined;
      return undefined;
    });
  };
  return { busy, fault, channel, failed, check, asking: entitled.sheet };
};

const Questions = ({ line }: { readonly line: OverpayLine }) => {
  const { busy, fault, channel, failed, check, asking } = useCheck(line);
  return (
    <form
      class="screen"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void check(event.currentTarget);
      }}
    >
      <p>{t("overpaid.claim.lead")}</p>
      <TextField name="tail" label={t("overpaid.claim.tail")} look="mono" optional maxLength={64} />
      <TextField name="minute" label={t("overpaid.claim.minute")} type="time" optional />
      <ChipGroup
        legend={t("overpaid.claim.channel")}
        name="claim-channel"
        choices={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
        columns={2}
        value={channel.value}
        onPick={(picked) => (channel.value = picked)}
      />
      {failed.value && <Banner tone="danger" title={t("overpaid.claim.fail")} />}
      <BottomBar>
        <FaultNote fault={fault.value} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("overpaid.claim.check")}
        </Button>
      </BottomBar>
      {asking}
    </form>
  );
};

const Passed = ({ line }: { readonly line: OverpayLine }) => {
  const format = useFormat();
  const { claim, paymentId } = line;
  if (claim === undefined) return undefined;
  return (
    <>
      <Banner tone="arrived" title={t("overpaid.claim.pass")}>
        {t("overpaid.claim.pass_text")}
      </Banner>
      <BottomBar>
        <ButtonLink kind="primary" href={linkTo("new_refund", { p: paymentId })}>
          {t("overpaid.refund", { amount: format.money(claim.amount) })}
        </ButtonLink>
      </BottomBar>
    </>
  );
};

/** U2: what only the payer knows is asked and never shown; right answers lead to the refund of the excess (X25). */
export const ClaimScreen = ({ route }: { readonly route: RouteOf<"claim"> }) => {
  const line = useLine(route.args.id);
  return (
    <>
      <PageHeader title={t("overpaid.claim.title")} back={linkTo("overpaid")} />
      {line !== undefined &&
        (line.claim?.state === "verified" ? <Passed line={line} /> : <Questions line={line} />)}
    </>
  );
};
