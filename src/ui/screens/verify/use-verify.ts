import { useSignal, type ReadonlySignal } from "@preact/signals";

import { pinsFor, spellPins } from "../../../usecases/known-pins.ts";
import { revocations } from "../../../usecases/status-lists.ts";
import { trustedRoots, type FileReport } from "../../../usecases/verify-file.ts";
import { useAbilities, useMaybeDeps } from "../../deps.tsx";
import { useLongJob } from "../import-statement/use-long-job.ts";

export type VerifyProgress = {
  readonly bytes: number;
  readonly of: number;
  readonly records: number;
};

/** How far a verification is. */
export type VerifyView =
  | { readonly state: "choosing" }
  | {
      readonly state: "working";
      readonly name: string;
      readonly progress: VerifyProgress | undefined;
      readonly startedAt: number;
    }
  | {
      readonly state: "done";
      readonly file: File;
      readonly report: FileReport;
      /** The device was seen again after the file left. */
      readonly younger: boolean;
    }
  | { readonly state: "no_verdict"; readonly because: "cancelled" | "failed" };

export type VerifyJobs = {
  readonly view: ReadonlySignal<VerifyView>;
  readonly start: (file: File, pins?: readonly string[]) => void;
  readonly cancel: () => void;
};

/** Verifies one file at a time under the shop's own root, if there is one. */
export const useVerify = (): VerifyJobs => {
  const deps = useMaybeDeps();
  const { verifyFile } = useAbilities();
  const view = useSignal<VerifyView>({ state: "choosing" });
  const job = useLongJob();
  const verify = async (file: File, pins: readonly string[], signal: AbortSignal) => {
    const working = { state: "working", name: file.name, startedAt: performance.now() } as const;
    view.value = { ...working, progress: undefined };
    const revoked = deps === undefined ? [] : [...(await revocations(deps)).values()];
    const known = deps === undefined ? { pins: [], younger: false } : await pinsFor(deps, file);
    const brought = deps === undefined ? pins : await spellPins(deps, pins);
    const all = [...brought, ...known.pins];
    const trust = { roots: await trustedRoots(deps), pins: all, revoked };
    const result = await verifyFile(file, trust, {
      onProgress: (progress) => {
        view.value = { ...working, progress };
      },
      signal,
    });
    const { younger } = known;
    if (result.ok) view.value = { state: "done", file, report: result.value, younger };
    else {
      const failed = result.fault.kind === "worker_failed";
      view.value = { state: "no_verdict", because: failed ? "failed" : "cancelled" };
    }
  };
  const start = async (file: File, pins: readonly string[]): Promise<void> => {
    if (view.peek().state === "working") return;
    try {
      await job.run((signal) => verify(file, pins, signal));
    } catch (error) {
      view.value = { state: "no_verdict", because: "failed" };
      reportError(error);
    }
  };
  return { view, start: (file, pins = []) => void start(file, pins), cancel: job.cancel };
};
