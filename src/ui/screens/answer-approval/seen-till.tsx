import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import type { Result } from "../../../domain/result.ts";
import { approverKeyCard } from "../../../usecases/own-key-card.ts";
import {
  witnessOnPhone,
  type PhoneSight,
  type PhoneSightFault,
} from "../../../usecases/witness-on-phone.ts";
import { Banner } from "../../components/banner.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { useStart } from "../../deps.tsx";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { ChainTrouble } from "../checkpoint/chain-trouble.tsx";
import { CodeOrCard } from "../scan/code-or-card.tsx";

const Seen = ({ seen }: { readonly seen: PhoneSight }) => {
  const { approver } = useStart();
  const { till: label, seq, short, statement } = seen;
  return (
    <>
      <Banner tone="arrived" title={t("proof.phone.done", { label, seq })}>
        {t("proof.phone.next")}
      </Banner>
      <CodeOrCard
        text={statement}
        what={t("proof.seen.qr")}
        short={short}
        findCard={() => approverKeyCard(approver)}
      />
    </>
  );
};

/** A till's handover or shift code on an approver's phone: compared at once, and stated where it fits. */
export const SeenTill = ({ token }: { readonly token: string }) => {
  const { approver } = useStart();
  const reading = useSignal<Result<PhoneSight, PhoneSightFault> | undefined>(undefined);
  useLayoutEffect(() => {
    void witnessOnPhone(approver, token).then((said) => {
      reading.value = said;
    });
  }, [token]);
  const said = reading.value;
  if (said === undefined) return <p class="u-small">{t("proof.checking")}</p>;
  return (
    <>
      {said.ok ? <Seen seen={said.value} /> : <ChainTrouble fault={said.fault} />}
      <ButtonLink icon="scan-line" href={linkTo("answer_approval")}>
        {t("screen.go_scan")}
      </ButtonLink>
    </>
  );
};
