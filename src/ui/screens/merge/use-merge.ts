import { useSignal, type ReadonlySignal } from "@preact/signals";

import {
  mergeDeviceFile,
  readDeviceFile,
  type DeviceFile,
  type Merged,
  type MergeFault,
} from "../../../usecases/merge-device.ts";
import { announce } from "../../components/announce.ts";
import { useAbilities, useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { useLongJob } from "../import-statement/use-long-job.ts";

export type MergeProgress = {
  readonly bytes: number;
  readonly of: number;
  readonly records: number;
};

/** How far a merge is; files wait their turn. */
export type MergeView =
  | { readonly state: "choosing" }
  | {
      readonly state: "reading";
      readonly name: string;
      readonly progress: MergeProgress | undefined;
    }
  | { readonly state: "read"; readonly name: string; readonly file: DeviceFile }
  | { readonly state: "merging"; readonly name: string }
  | { readonly state: "merged"; readonly name: string; readonly merged: Merged }
  | { readonly state: "refused"; readonly name: string; readonly fault: MergeFault };

type Merging = {
  readonly view: ReadonlySignal<MergeView>;
  /** Files that were chosen together and are not read yet. */
  readonly rest: ReadonlySignal<readonly File[]>;
  readonly take: (files: readonly File[]) => void;
  readonly merge: () => void;
  readonly next: () => void;
  readonly cancel: () => void;
};

/** Reads one file at a time, shows what it would bring, and takes it in when somebody says so. */
export const useMerge = (): Merging => {
  const deps = useDeps();
  const { verifyFile } = useAbilities();
  const view = useSignal<MergeView>({ state: "choosing" });
  const rest = useSignal<readonly File[]>([]);
  const job = useLongJob();
  const read = async (file: File, signal: AbortSignal): Promise<void> => {
    const reading = { state: "reading", name: file.name } as const;
    view.value = { ...reading, progress: undefined };
    const done = await readDeviceFile(deps, file, {
      verifyFile,
      signal,
      onProgress: (progress) => {
        view.value = { ...reading, progress };
      },
    });
    view.value = done.ok
      ? { state: "read", name: file.name, file: done.value }
      : { state: "refused", name: file.name, fault: done.fault };
  };
  const fail = (name: string, error: unknown): void => {
    reportError(error);
    view.value = { state: "refused", name, fault: { kind: "worker_failed", message: "" } };
  };
  const next = async (): Promise<void> => {
    const [file, ...others] = rest.peek();
    rest.value = others;
    if (file === undefined) return;
    await job.run((signal) => read(file, signal)).catch((error: unknown) => fail(file.name, error));
  };
  const merge = async (name: string, file: DeviceFile): Promise<void> => {
    view.value = { state: "merging", name };
    const done = await mergeDeviceFile(deps, file);
    view.value = done.ok
      ? { state: "merged", name, merged: done.value }
      : { state: "refused", name, fault: done.fault };
    if (done.ok) announce(t("merge.done", { n: done.value.fresh }));
  };
  return {
    view,
    rest,
    take: (files) => {
      rest.value = [...rest.peek(), ...files];
      const { state } = view.peek();
      if (state !== "reading" && state !== "merging") void next();
    },
    merge: () => {
      const now = view.peek();
      if (now.state !== "read") return;
      const work = job.run(() => merge(now.name, now.file));
      void work.catch((error: unknown) => fail(now.name, error));
    },
    next: () => void next(),
    cancel: job.cancel,
  };
};
