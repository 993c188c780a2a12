import { useSignal, type Signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { applyAck } from "../../../usecases/apply-ack.ts";
import { reviewAck, type AckReview } from "../../../usecases/review-ack.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { ChainTrouble } from "../checkpoint/chain-trouble.tsx";
import { useArrivedFiles } from "../import-statement/use-files.tsx";
import { AckView } from "./ack-view.tsx";

type View =
  | { readonly kind: "choosing" }
  | { readonly kind: "refused"; readonly fault: KnownFault }
  | { readonly kind: "reviewed" | "applied"; readonly text: string; readonly review: AckReview };

/** Nothing that this app wrote as a `.refundack` is longer. */
const mostBytes = 2_000_000;

/** A file may bring revoked keys alone, which gives no record a trusted time. */
const appliedText = ({ acks }: AckReview) =>
  acks.length > 0 ? "proof.ack.applied" : "proof.ack.status_applied";

const useAck = (code: string | undefined) => {
  const deps = useDeps();
  const entitled = useEntitled();
  const { busy, run } = useJob();
  const view: Signal<View> = useSignal<View>({ kind: "choosing" });
  const read = (text: string): Promise<boolean> =>
    run(async () => {
      const review = await reviewAck(deps, text);
      view.value = review.ok
        ? { kind: "reviewed", text, review: review.value }
        : { kind: "refused", fault: review.fault };
      return undefined;
    });
  const take = async ([file]: readonly File[]): Promise<void> => {
    if (file !== undefined) await read(file.size > mostBytes ? "" : await file.text());
  };
  const apply = (text: string): Promise<boolean> =>
    run(async () => {
      const applied = await entitled.run((acting) => applyAck(acting, text));
      if (applied.ok) announce(t(appliedText(applied.value)));
      view.value = applied.ok
        ? { kind: "applied", text, review: applied.value }
        : { kind: "refused", fault: applied.fault };
      return undefined;
    });
  useLayoutEffect(() => {
    if (code !== undefined) void read(code);
  }, [code]);
  return { view, busy, take, apply, sheet: entitled.sheet };
};

const isNew = ({ acks, statuses }: AckReview): boolean =>
  statuses.length > 0 || acks.some((ack) => !ack.isKnown);

/** C4: an acknowledgement of the back office; shows what it says per record before it applies. */
export const AckScreen = ({ route }: { readonly route: RouteOf<"ack"> }) => {
  const { view, busy, take, apply, sheet } = useAck(route.args.t);
  useArrivedFiles((files) => void take(files));
  const now = view.value;
  const chooses = now.kind === "choosing" || now.kind === "refused";
  return (
    <>
      <PageHeader title={t("proof.ack.title")} back={linkTo("recon")} />
      {now.kind === "choosing" && (
        <Empty icon="shield-check" text={t("proof.ack.lead")}>
          <p class="u-small">{t("proof.ack.scan_note")}</p>
        </Empty>
      )}
      {now.kind === "refused" && <ChainTrouble fault={now.fault} />}
      {now.kind === "applied" && (
        <Banner tone="arrived" title={t(appliedText(now.review))}>
          {now.review.acks.length > 0 && t("proof.ack.applied_more")}
        </Banner>
      )}
      {!chooses && <AckView review={now.review} />}
      {sheet}
      <BottomBar>
        {chooses && (
          <FileButton
            kind="primary"
            icon="download"
            label={t("proof.ack.choose")}
            onFiles={(files) => void take(files)}
          />
        )}
        {now.kind === "reviewed" && (
          <Button kind="primary" busy={busy.value} onClick={() => void apply(now.text)}>
            {t(isNew(now.review) ? "proof.ack.apply" : "proof.ack.apply_again")}
          </Button>
        )}
        {now.kind === "applied" && (
          <ButtonLink kind="primary" href={linkTo("recon")}>
            {t("action.done")}
          </ButtonLink>
        )}
      </BottomBar>
    </>
  );
};
