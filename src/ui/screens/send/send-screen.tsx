import { useSignal, type Signal } from "@preact/signals";

import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { goBack } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { CodeReader } from "../scan/code-reader.tsx";
import { Film } from "./film.tsx";
import { useSend } from "./use-send.ts";

type Send = ReturnType<typeof useSend>;

const Working = ({ send }: { readonly send: Send }) => {
  const format = useFormat();
  const view = send.view.value;
  if (view.state !== "working") return undefined;
  const { done, of } = view;
  return (
    <Progress
      label={t("transfer.send.working")}
      text={of === undefined ? undefined : `${format.number(done)} / ${format.number(of)}`}
      done={of === undefined ? undefined : done}
      of={of}
      onCancel={send.cancel}
    />
  );
};

/** What is sent: everything, or what the other phone's code says it lacks. */
const Choice = ({
  send,
  have,
}: {
  readonly send: Send;
  readonly have: Signal<string | undefined>;
}) => {
  const scanning = useSignal(false);
  const take = (text: string): void => {
    have.value = text;
    scanning.value = false;
  };
  return (
    <>
      <p>{t("transfer.send.lead")}</p>
      {have.value !== undefined && <Banner tone="info" title={t("transfer.send.have")} />}
      {send.view.value.state === "cancelled" && (
        <Banner tone="neutral" title={t("transfer.send.cancelled")} />
      )}
      {scanning.value && <CodeReader hint={t("transfer.send.scan_hint")} onText={take} />}
      <BottomBar>
        <FaultNote fault={send.fault.value} />
        {send.showLast !== undefined && (
          <Button icon="repeat-2" onClick={send.showLast}>
            {t("transfer.send.again")}
          </Button>
        )}
        {!scanning.value && have.value === undefined && (
          <Button
            icon="scan-line"
            onClick={() => {
              scanning.value = true;
            }}
          >
            {t("transfer.send.scan")}
          </Button>
        )}
        <Button kind="primary" icon="send" onClick={() => send.start()}>
          {t(have.value === undefined ? "transfer.send.all" : "transfer.send.new")}
        </Button>
      </BottomBar>
    </>
  );
};

/** E7: this phone's records as one code after another, for another phone of the shop to film. */
export const SendScreen = ({ route }: { readonly route: RouteOf<"send"> }) => (
  <Sending key={route.args.c} given={route.args.c} />
);

const Sending = ({ given }: { readonly given: string | undefined }) => {
  const have = useSignal(given);
  const send = useSend(have);
  const view = send.view.value;
  const finish = (): void => {
    send.finish();
    goBack(linkTo("export"));
  };
  return (
    <>
      <PageHeader title={t("transfer.send.title")} back={linkTo("export")} />
      {(view.state === "choosing" || view.state === "cancelled") && (
        <Choice send={send} have={have} />
      )}
      <Working send={send} />
      {view.state === "showing" && (
        <>
          <p>{t("transfer.send.hold")}</p>
          <Film transfer={view.transfer} />
          <BottomBar>
            <Button kind="primary" icon="check" onClick={finish}>
              {t("transfer.send.done")}
            </Button>
          </BottomBar>
        </>
      )}
      {send.asking}
    </>
  );
};
