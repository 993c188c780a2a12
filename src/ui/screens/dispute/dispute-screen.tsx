import { useSignal, type Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { CaseId } from "../../../domain/ids.ts";
import { ok } from "../../../domain/result.ts";
import { whoMay, type Deps, type OutFile } from "../../../usecases/deps.ts";
import { describeDevice } from "../../../usecases/describe-device.ts";
import { prepareDisputePack, readDispute } from "../../../usecases/dispute-pack.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Switch } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Rows } from "../../components/row.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { useLive } from "../../live.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { CasePage } from "../refund/case-page.tsx";
import { DisputePaper, type DisputeContent } from "./dispute-paper.tsx";

/** A share sheet opens only soon after a tap: a file that took longer waits here for the second one. */
const usePack = (deps: Deps, caseId: CaseId, customer: Signal<boolean>) => {
  const { deliver } = useAbilities();
  const { busy, fault, run } = useJob();
  const abort = useRef(new AbortController());
  useLayoutEffect(() => () => abort.current.abort(), []);
  const ready = useSignal<OutFile | undefined>(undefined);
  const note = useSignal<"export.ready" | "export.blocked_by_system" | undefined>(undefined);
  const save = async (): Promise<void> => {
    await run(async () => {
      const known = ready.peek();
      const wish = { caseId, customer: customer.peek() };
      const job = { onProgress: () => undefined, signal: abort.current.signal };
      const made = known === undefined ? await prepareDisputePack(deps, wish, job) : ok(known);
      if (!made.ok) return made.fault.kind === "cancelled" ? undefined : made.fault;
      ready.value = made.value;
      const out = await deliver(made.value, made.value.name);
      const blocked = known === undefined ? "export.ready" : "export.blocked_by_system";
      note.value = out === "blocked" ? blocked : undefined;
      if (out === "shared" || out === "saved") announce(t(`export.out.${out}`));
      return undefined;
    });
  };
  const choose = (on: boolean): void => {
    customer.value = on;
    ready.value = undefined;
    note.value = undefined;
  };
  return { busy, fault, note, save, choose };
};

const Pack = ({
  deps,
  file,
  rootFingerprint,
}: Omit<DisputeContent, "customer"> & { readonly deps: Deps }) => {
  const { print } = useAbilities();
  const customer = useSignal(false);
  const pack = usePack(deps, file.refundCase.caseId, customer);
  return (
    <>
      <p>{t("forms.dispute.lead")}</p>
      <Rows>
        <Switch
          name="customer"
          label={t("forms.dispute.customer")}
          help={t("forms.dispute.customer_help")}
          on={customer.value}
          onToggle={pack.choose}
        />
      </Rows>
      <div class="receipt-desk">
        <DisputePaper file={file} customer={customer.value} rootFingerprint={rootFingerprint} />
      </div>
      <Button icon="printer" onClick={() => print("a4")}>
        {t("forms.print")}
      </Button>
      {pack.note.value !== undefined && <Banner tone="info" title={t(pack.note.value)} />}
      <BottomBar>
        <FaultNote fault={pack.fault.value} />
        <Button
          kind="primary"
          icon="share-2"
          busy={pack.busy.value}
          onClick={() => void pack.save()}
        >
          {t("forms.dispute.save")}
        </Button>
      </BottomBar>
    </>
  );
};

const Dispute = ({ deps, id }: { readonly deps: Deps; readonly id: string }) => {
  const device = useLive(
    () => deps,
    (open) => describeDevice(open),
  ).value;
  const live = useLive(
    () => id,
    async (wanted) => {
      const read = await readDispute(deps, wanted);
      return read.ok ? read.value : undefined;
    },
  ).value;
  return (
    <CasePage live={live}>
      {(file) =>
        device.status === "ready" && (
          <Pack deps={deps} file={file} rootFingerprint={device.value.rootFingerprint} />
        )
      }
    </CasePage>
  );
};

/** D9: all there is about one refund for whoever judges a dispute: a signed file, and the same on paper (R57). */
export const DisputeScreen = ({ route }: { readonly route: RouteOf<"dispute"> }) => {
  const { id } = route.args;
  const entitled = useEntitled();
  const viewer = useSignal(useDeps());
  const open = (): Promise<unknown> =>
    entitled.run(async (acting) => {
      const person = whoMay(acting, "audit_export");
      if (person.ok) viewer.value = acting;
      return person;
    });
  return (
    <>
      <PageHeader title={t("action.dispute")} back={linkTo("refund", { id })} />
      {whoMay(viewer.value, "audit_export").ok ? (
        <Dispute deps={viewer.value} id={id} />
      ) : (
        <Empty icon="lock" text={t("audit.who")}>
          <Button onClick={() => void open()}>{t("audit.open")}</Button>
        </Empty>
      )}
      {entitled.sheet}
    </>
  );
};
