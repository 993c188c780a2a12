import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import type { Result } from "../../../domain/result.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { takeKeyCard } from "../../../usecases/take-key-card.ts";
import { takeStatement, type TakenStatement } from "../../../usecases/take-statement.ts";
import type { Deps } from "../../../usecases/deps.ts";
import {
  readCheckpoint,
  recordWitness,
  type SeenCheckpoint,
} from "../../../usecases/witness-chain.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { QrPanel } from "../../components/qr-panel.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { ChainTrouble } from "./chain-trouble.tsx";

/** What a reader says of a code; undefined while it reads. */
const useReading = <T,>(
  token: string,
  read: (deps: Deps, token: string) => Promise<Result<T, KnownFault>>,
): ReadonlySignal<Result<T, KnownFault> | undefined> => {
  const deps = useDeps();
  const reading = useSignal<Result<T, KnownFault> | undefined>(undefined);
  useLayoutEffect(() => {
    let open = true;
    void read(deps, token).then((said) => {
      if (open) reading.value = said;
    });
    return () => {
      open = false;
    };
  }, [deps, token]);
  return reading;
};

const Facts = ({ seen }: { readonly seen: SeenCheckpoint }) => {
  const format = useFormat();
  const { till, seq, last, short, at } = seen;
  return (
    <Card>
      <KeyValues
        pairs={[
          [t("proof.seen.till"), <bdi key="till">{till.label ?? till.fingerprint}</bdi>],
          [t("proof.seen.place"), t("proof.seen.record", { seq })],
          [
            t("proof.seen.before"),
            last < 0 ? t("proof.seen.never") : t("proof.seen.record", { seq: last }),
          ],
          [t("proof.checkpoint.at"), format.fullTime(at)],
          [
            t("proof.seen.short"),
            <span key="short" class="u-mono">
              {short}
            </span>,
          ],
          [
            t("proof.seen.fingerprint"),
            <span key="key" class="u-mono">
              {till.fingerprint}
            </span>,
          ],
        ]}
      />
    </Card>
  );
};

const Seen = ({ seen }: { readonly seen: SeenCheckpoint }) => {
  const deps = useDeps();
  const { busy, fault, run } = useJob();
  const statement = useSignal<string | undefined>(undefined);
  const witness = async (): Promise<void> => {
    const done = await run(async () => {
      const recorded = await recordWitness(deps, seen.token);
      if (!recorded.ok) return recorded.fault;
      statement.value = recorded.value.statement;
      return undefined;
    });
    if (done) announce(t("proof.seen.done"));
  };
  const shown = statement.value;
  return (
    <>
      <Banner
        tone={seen.isLive ? "arrived" : "neutral"}
        title={t(seen.isKnown ? "proof.seen.known" : "proof.seen.good")}
      >
        {t(seen.isLive ? "proof.seen.live" : "proof.seen.not_live")}
      </Banner>
      {shown !== undefined && (
        <>
          <p class="u-strong">{t("proof.seen.done")}</p>
          <QrPanel text={shown} what={t("proof.seen.qr")} />
          <p class="u-small">{t("proof.seen.next")}</p>
        </>
      )}
      <Facts seen={seen} />
      {fault.value !== undefined && <ChainTrouble fault={fault.value} />}
      {shown === undefined && (
        <Button kind="primary" icon="shield-check" busy={busy.value} onClick={() => void witness()}>
          {t(seen.isKnown ? "proof.seen.show" : "proof.seen.witness")}
        </Button>
      )}
    </>
  );
};

/** Another till's checkpoint: compared at once, witnessed with one tap. */
export const SeenCode = ({ token }: { readonly token: string }) => {
  const reading = useReading(token, readCheckpoint).value;
  if (reading === undefined) return <p class="u-small">{t("proof.checking")}</p>;
  return reading.ok ? <Seen seen={reading.value} /> : <ChainTrouble fault={reading.fault} />;
};

const Taken = ({ taken }: { readonly taken: TakenStatement }) => {
  const { by, seq } = taken;
  const title = t("proof.taken.title");
  useLayoutEffect(() => announce(title), [title]);
  return (
    <Banner tone="arrived" title={title}>
      {t("proof.taken.text", { label: by.label ?? by.fingerprint, seq })}
    </Banner>
  );
};

/** What another till states about this one: kept as soon as it fits. */
export const TakenCode = ({ token }: { readonly token: string }) => {
  const reading = useReading(token, takeStatement).value;
  if (reading === undefined) return <p class="u-small">{t("proof.checking")}</p>;
  return reading.ok ? <Taken taken={reading.value} /> : <ChainTrouble fault={reading.fault} />;
};

/** Another device's key card: kept when this shop's root vouches for it. */
export const TakenCard = ({ card }: { readonly card: string }) => {
  const reading = useReading(card, takeKeyCard).value;
  if (reading === undefined) return <p class="u-small">{t("proof.checking")}</p>;
  if (!reading.ok) return <ChainTrouble fault={reading.fault} />;
  return (
    <Banner tone="arrived" title={t("proof.card.taken", { label: reading.value.claims.label })}>
      {t("proof.card.next")}
    </Banner>
  );
};
