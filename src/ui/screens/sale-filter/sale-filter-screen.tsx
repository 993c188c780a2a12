import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import {
  takeSaleFilter,
  writeOwnFilter,
  type OwnFilter,
  type TakenFilter,
} from "../../../usecases/sale-filters.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { drawCode } from "../send/film-player.ts";

const Code = ({ own }: { readonly own: OwnFilter }) => {
  const format = useFormat();
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null) drawCode(canvas.current, own.text);
  }, [own.text]);
  return (
    <figure class="film">
      <span class="u-hidden">{t("transfer.filter.qr")}</span>
      <canvas ref={canvas} aria-hidden="true" />
      <figcaption>
        {t("transfer.filter.holds", { n: own.count, time: format.time(own.at) })}
      </figcaption>
    </figure>
  );
};

/** This till's code, made anew each time it is shown. */
const OwnCode = () => {
  const deps = useDeps();
  const { busy, fault, run } = useJob();
  const own = useSignal<OwnFilter | undefined>(undefined);
  const make = (): Promise<boolean> =>
    run(async () => {
      own.value = await writeOwnFilter(deps);
      return undefined;
    });
  useLayoutEffect(() => {
    void make();
  }, []);
  const made = own.value;
  return (
    <>
      <p>{t("transfer.filter.lead")}</p>
      {made?.count === 0 && <Empty icon="ban" text={t("transfer.filter.none")} />}
      {made !== undefined && made.count > 0 && <Code own={made} />}
      <p class="u-small">{t("transfer.filter.honest")}</p>
      <BottomBar>
        <FaultNote fault={fault.value} />
        <Button icon="refresh-cw" busy={busy.value} onClick={() => void make()}>
          {t("transfer.filter.again")}
        </Button>
        <ButtonLink kind="primary" icon="scan-line" href={linkTo("scan")}>
          {t("transfer.filter.scan")}
        </ButtonLink>
      </BottomBar>
    </>
  );
};

/** Another till's code is taken in at once: it only warns, so nobody is asked. */
const Taken = ({ text }: { readonly text: string }) => {
  const deps = useDeps();
  const format = useFormat();
  const { fault, run } = useJob();
  const taken = useSignal<TakenFilter | undefined>(undefined);
  useLayoutEffect(() => {
    void run(async () => {
      const done = await takeSaleFilter(deps, text);
      if (!done.ok) return done.fault;
      taken.value = done.value;
      return undefined;
    });
  }, [text]);
  const now = taken.value;
  return (
    <>
      <FaultNote fault={fault.value} />
      {now !== undefined && (
        <Banner
          tone="info"
          icon="check"
          title={t("transfer.filter.taken", {
            till: now.till,
            n: now.count,
            time: format.time(now.at),
          })}
        >
          {t("transfer.filter.taken_more")}
        </Banner>
      )}
      <BottomBar>
        <ButtonLink icon="qr-code" href={linkTo("sale_filter")}>
          {t("transfer.filter.show_own")}
        </ButtonLink>
        <ButtonLink kind="primary" icon="scan-line" href={linkTo("scan")}>
          {t("screen.go_scan")}
        </ButtonLink>
      </BottomBar>
    </>
  );
};

/** E9: one code by which tills warn each other of payments that are refunded already. */
export const SaleFilterScreen = ({ route }: { readonly route: RouteOf<"sale_filter"> }) => {
  const { c } = route.args;
  return (
    <>
      <PageHeader title={t("transfer.filter.title")} back={linkTo("more")} />
      {c === undefined ? <OwnCode /> : <Taken key={c} text={c} />}
    </>
  );
};
