import { useSignal, type ReadonlySignal, type Signal } from "@preact/signals";

import type { StaffId } from "../../../domain/ids.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { prepareTransfer, type Transfer } from "../../../usecases/send-records.ts";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useLongJob } from "../import-statement/use-long-job.ts";

export type SendView =
  | { readonly state: "choosing" }
  | { readonly state: "working"; readonly done: number; readonly of: number | undefined }
  | { readonly state: "cancelled" }
  | { readonly state: "showing"; readonly transfer: Transfer };

type Kept = { readonly staff: StaffId | undefined; readonly transfer: Transfer };

/** The last one made: a phone that was interrupted half way needs the parts of the same message. */
let kept: Kept | undefined;

const refusedCodes: ReadonlySet<string> = new Set(["heads_unreadable", "heads_of_other_shop"]);

/** Packs the records once and shows them as long as the screen stands; a code that is refused is forgotten. */
export const useSend = (have: Signal<string | undefined>) => {
  const deps = useDeps();
  const { gzip } = useAbilities();
  const { run: entitled, sheet } = useEntitled();
  const job = useLongJob();
  const view = useSignal<SendView>({ state: "choosing" });
  const fault = useSignal<KnownFault | undefined>(undefined);
  const onProgress = (done: number, of: number): void => {
    view.value = { state: "working", done, of };
  };
  const show = (transfer: Transfer): void => {
    kept = { staff: deps.staff()?.staff, transfer };
    view.value = { state: "showing", transfer };
  };
  const prepare = async (signal: AbortSignal): Promise<void> => {
    const made = await entitled((acting) =>
      prepareTransfer(acting, { have: have.peek(), gzip, onProgress, signal }),
    );
    if (made.ok) return show(made.value);
    const cancelled = made.fault.kind === "cancelled";
    view.value = { state: cancelled ? "cancelled" : "choosing" };
    if (made.fault.kind !== "cancelled") fault.value = made.fault;
    if (refusedCodes.has(made.fault.kind)) have.value = undefined;
  };
  const start = async (): Promise<void> => {
    if (view.peek().state === "working") return;
    fault.value = undefined;
    view.value = { state: "working", done: 0, of: undefined };
    await job.run(prepare).catch((error: unknown) => {
      fault.value = { kind: "unexpected" };
      view.value = { state: "choosing" };
      reportError(error);
    });
  };
  const last = kept?.staff === deps.staff()?.staff ? kept?.transfer : undefined;
  return {
    view: view as ReadonlySignal<SendView>,
    fault: fault as ReadonlySignal<KnownFault | undefined>,
    start: () => void start(),
    /** Shows the last one again; undefined when there is none of this person. */
    showLast: last === undefined ? undefined : () => show(last),
    finish: (): void => {
      kept = undefined;
      view.value = { state: "choosing" };
    },
    cancel: job.cancel,
    asking: sheet,
  };
};
