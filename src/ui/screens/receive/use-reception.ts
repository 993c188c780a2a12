import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { dropDraft, findDraft, keepDraft } from "../../../usecases/keep-draft.ts";
import {
  newReceiver,
  openTransfer,
  parseKeptParts,
  type ReceiveStep,
  type Reception,
} from "../../../usecases/receive-records.ts";
import { useAbilities, useDeps } from "../../deps.tsx";

export type ReceptionView =
  | { readonly state: "receiving"; readonly reception: Reception | undefined }
  | { readonly state: "done"; readonly file: File };

export type ReceptionJob = {
  readonly view: ReadonlySignal<ReceptionView>;
  /** How far an earlier visit came, until something new arrives. */
  readonly resumed: ReadonlySignal<Reception | undefined>;
  readonly fault: ReadonlySignal<KnownFault | undefined>;
  readonly take: (texts: readonly string[]) => void;
  readonly again: () => void;
};

const keepEveryMs = 3000;

/** What came so far outlives reload, lock and a call in between; without the draft store it begins anew. */
const useKeptParts = (resume: (parts: readonly string[]) => void) => {
  const deps = useDeps();
  const parts = useRef<readonly string[]>([]);
  const kept = useRef(0);
  const keep = (): void => {
    if (parts.current.length === kept.current) return;
    kept.current = parts.current.length;
    keepDraft(deps, "transfer", parts.current).catch(() => undefined);
  };
  useLayoutEffect(() => {
    findDraft(deps, "transfer", parseKeptParts)
      .then((found) => found !== undefined && parts.current.length === 0 && resume(found))
      .catch(() => undefined);
    const timer = setInterval(keep, keepEveryMs);
    return () => {
      clearInterval(timer);
      keep();
    };
  }, []);
  return {
    hold: (now: readonly string[]): void => {
      parts.current = now;
    },
    forget: (): void => {
      parts.current = [];
      kept.current = 0;
      dropDraft(deps, "transfer").catch(() => undefined);
    },
  };
};

/** Gathers the parts that the camera reads until the package is whole. */
export const useReception = (): ReceptionJob => {
  const { gunzip, signal } = useAbilities();
  const view = useSignal<ReceptionView>({ state: "receiving", reception: undefined });
  const resumed = useSignal<Reception | undefined>(undefined);
  const fault = useSignal<KnownFault | undefined>(undefined);
  const receiver = useRef(newReceiver());
  const begin = (parts: readonly string[]): void => {
    receiver.current = newReceiver(parts);
    fault.value = undefined;
    resumed.value = receiver.current.reception();
    view.value = { state: "receiving", reception: resumed.peek() };
  };
  const kept = useKeptParts(begin);
  const finish = async (packed: Uint8Array<ArrayBuffer>): Promise<void> => {
    const opened = await openTransfer(packed, gunzip);
    kept.forget();
    if (!opened.ok) {
      fault.value = opened.fault;
      return;
    }
    view.value = { state: "done", file: opened.value };
    signal("found");
  };
  const follow = (step: ReceiveStep): void => {
    if (step.kind === "ignored") return;
    fault.value = step.kind === "refused" ? step.fault : undefined;
    if (step.kind === "progress") {
      resumed.value = undefined;
      view.value = { state: "receiving", reception: step.reception };
      kept.hold(receiver.current.parts());
    }
    if (step.kind === "complete") finish(step.packed).catch(reportError);
  };
  return {
    view,
    resumed,
    fault,
    take: (texts) => {
      if (view.peek().state === "done") return;
      for (const text of texts) follow(receiver.current.take(text));
    },
    again: () => {
      kept.forget();
      begin([]);
    },
  };
};
