import { useSignal, type Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { ok } from "../../../domain/result.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { Delivery, Deps, OutFile } from "../../../usecases/deps.ts";
import type { BatchOptions } from "../../../usecases/choose-batch.ts";
import { prepareBatch, recallBatch, reportDelivery } from "../../../usecases/export-batch.ts";
import {
  ledgerHandedOut,
  prepareLedgerFile,
  type LedgerFile,
} from "../../../usecases/export-ledger.ts";
import { queueUpload } from "../../../usecases/queue-upload.ts";
import { announce } from "../../components/announce.ts";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { t } from "../../language.ts";
import { go } from "../../router.ts";
import { linkTo } from "../../routes.ts";

export type LedgerTarget = "ledger_new" | "ledger_all";

/** For whom a file is made: a signed package, else an upload file by the name of its format. */
export type ExportTarget = LedgerTarget | (string & {});

export const isLedger = (target: ExportTarget): target is LedgerTarget =>
  target === "ledger_new" || target === "ledger_all";

/** How the file leaves: by the share sheet first, or straight to a file. */
export type Way = "share" | "save";

/** What the page is busy with, or what came of it. */
export type ExportPhase =
  | { readonly kind: "choosing" }
  | { readonly kind: "working"; readonly done: number | undefined; readonly of: number | undefined }
  | { readonly kind: "ready"; readonly ledger: LedgerFile }
  | { readonly kind: "not_exported"; readonly because: "cancelled" | "blocked" }
  | { readonly kind: "ledger_out"; readonly ledger: LedgerFile; readonly out: "shared" | "saved" };

type Send = (file: OutFile, way: Way) => Promise<Delivery>;

type Work = {
  readonly deps: Deps;
  readonly options: BatchOptions;
  /** Asks somebody entitled where the person at the till may not export. */
  readonly entitled: ReturnType<typeof useEntitled>["run"];
  readonly send: Send;
  readonly phase: Signal<ExportPhase>;
  readonly fault: Signal<KnownFault | undefined>;
};

/** A share sheet opens only soon after the tap; a file that took longer is handed out by a second tap. */
const tapLastsMs = 900;

const choosing: ExportPhase = { kind: "choosing" };

/** Makes the batch, hands it out, and takes it back when it did not leave: its refunds then wait as before (F54). */
const sendBatch = async (
  { entitled, send, phase, fault, options }: Work,
  format: string,
  way: Way,
): Promise<void> => {
  const made = await entitled(async (deps) => {
    const prepared = await prepareBatch(deps, format, options);
    return prepared.ok ? ok({ ...prepared.value, deps }) : prepared;
  });
  if (!made.ok) {
    fault.value = made.fault;
    phase.value = choosing;
    return;
  }
  const { batchId, file, deps } = made.value;
  const out = await send(file, way);
  if (out === "cancelled" || out === "blocked") {
    const recalled = await recallBatch(deps, batchId);
    fault.value = recalled.ok ? undefined : recalled.fault;
    phase.value = { kind: "not_exported", because: out };
    return;
  }
  const reported = await reportDelivery(deps, batchId, out);
  const queued = reported.ok ? await queueUpload(deps, file, batchId) : reported;
  fault.value = queued.ok ? undefined : queued.fault;
  phase.value = choosing;
  announce(t(`export.out.${out}`));
  if (queued.ok) go(linkTo("upload", { batch: batchId }));
};

const handOut = async (work: Work, ledger: LedgerFile, way: Way): Promise<void> => {
  const out = await work.send(ledger.file, way);
  if (out === "cancelled" || out === "blocked") {
    work.phase.value = { kind: "not_exported", because: out };
    return;
  }
  await ledgerHandedOut(work.deps, ledger);
  const queued = await queueUpload(work.deps, ledger.file);
  work.fault.value = queued.ok ? undefined : queued.fault;
  work.phase.value = { kind: "ledger_out", ledger, out };
  announce(t(`export.out.${out}`));
};

const sendLedger = async (
  work: Work,
  scope: "new" | "all",
  { way, signal }: { readonly way: Way; readonly signal: AbortSignal },
): Promise<void> => {
  const started = performance.now();
  const made = await work.entitled((deps) =>
    prepareLedgerFile(deps, {
      scope,
      signal,
      onProgress: (done, of) => {
        work.phase.value = { kind: "working", done, of };
      },
    }),
  );
  if (made.ok) {
    if (performance.now() - started < tapLastsMs) return handOut(work, made.value, way);
    work.phase.value = { kind: "ready", ledger: made.value };
    return;
  }
  if (made.fault.kind === "cancelled") {
    work.phase.value = { kind: "not_exported", because: "cancelled" };
    return;
  }
  work.fault.value = made.fault;
  work.phase.value = choosing;
};

/** Export as the page drives it: one at a time, with progress, and a way out until the file has left. */
export const useExport = (options: BatchOptions) => {
  const deps = useDeps();
  const { deliver, save } = useAbilities();
  const phase = useSignal<ExportPhase>(choosing);
  const fault = useSignal<KnownFault | undefined>(undefined);
  const abort = useRef<AbortController | undefined>(undefined);
  const send: Send = (file, way) => (way === "save" ? save(file) : deliver(file, file.name));
  const { run: entitled, sheet } = useEntitled();
  const work: Work = { deps, options, entitled, send, phase, fault };
  useLayoutEffect(() => () => abort.current?.abort(), []);
  const guarded = async (job: () => Promise<void>): Promise<void> => {
    if (phase.peek().kind === "working") return;
    fault.value = undefined;
    phase.value = { kind: "working", done: undefined, of: undefined };
    await job().catch((error: unknown) => {
      fault.value = { kind: "unexpected" };
      phase.value = choosing;
      reportError(error);
    });
  };
  const start = (target: ExportTarget, way: Way): Promise<void> =>
    guarded(() => {
      if (!isLedger(target)) return sendBatch(work, target, way);
      abort.current = new AbortController();
      const scope = target === "ledger_new" ? "new" : "all";
      return sendLedger(work, scope, { way, signal: abort.current.signal });
    });
  return {
    phase,
    fault,
    start,
    handOutReady: (ledger: LedgerFile, way: Way) => guarded(() => handOut(work, ledger, way)),
    cancel: () => abort.current?.abort(),
    asking: sheet,
  };
};
