import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import {
  evidenceLimits,
  hasRoom,
  likelyKind,
  type Prepared,
  type PreparedPhoto,
} from "../../../domain/evidence.ts";
import type { Hash } from "../../../domain/ids.ts";
import type { EvidenceFile } from "../../../domain/journal-event.ts";
import { isClear } from "../../../domain/photo-quality.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { keepEvidence } from "../../../usecases/keep-evidence.ts";
import { announce } from "../../components/announce.ts";
import { useAbilities, useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";

/** A file that was not added, and why. */
export type Refused = { readonly name: string; readonly fault: KnownFault };

export type Adding = {
  readonly working: ReadonlySignal<boolean>;
  /** Photos that a person has to look at again before they are kept (R39). */
  readonly flagged: ReadonlySignal<readonly PreparedPhoto[]>;
  readonly refused: ReadonlySignal<readonly Refused[]>;
  /** One after another; `photo` where only a picture will do. */
  readonly add: (files: readonly File[], take: "photo" | "any") => Promise<void>;
  readonly accept: (photo: PreparedPhoto, note: string) => Promise<void>;
  readonly discard: (photo: PreparedPhoto) => void;
  readonly cancel: () => void;
};

export type AddFile = (file: EvidenceFile, note?: string) => void;

const nameOf = (file: File): string =>
  file.name === "" ? t("evidence.title") : visibleText(file.name, 40).text;

/** What is in the list, those files too that were just handed on and not drawn yet. */
const useListed = (files: readonly EvidenceFile[]) => {
  const latest = useRef(files);
  const fresh = useRef<readonly Hash[]>([]);
  latest.current = files;
  return {
    hashes: (): ReadonlySet<Hash> =>
      new Set([...latest.current.map(({ sha256 }) => sha256), ...fresh.current]),
    note: (sha256: Hash): void => {
      fresh.current = [...fresh.current, sha256];
    },
    /** A new run: what the list says holds. */
    forget: (): void => {
      fresh.current = [];
    },
  };
};

/** Stores what was prepared and hands it on; a full disk costs the file and nothing else (F9). */
const useKeep = (listed: ReturnType<typeof useListed>, onAdd: AddFile) => {
  const deps = useDeps();
  const { storage } = useAbilities();
  return async (prepared: Prepared, note?: string): Promise<KnownFault | undefined> => {
    if (listed.hashes().has(prepared.sha256)) {
      announce(t("evidence.known"));
      return undefined;
    }
    if (!hasRoom(prepared.bytes.length, await storage())) return { kind: "photo_not_kept" };
    const kept = await keepEvidence(deps, prepared, likelyKind(prepared));
    if (!kept.ok) return kept.fault;
    listed.note(kept.value.sha256);
    onAdd(kept.value, note);
    announce(t("evidence.added", { kind: t(`evidence.kind.${kept.value.kind}`) }));
    return undefined;
  };
};

/** Files on their way into the list: prepared in a worker, looked at, stored. */
export const useAdding = (files: readonly EvidenceFile[], onAdd: AddFile): Adding => {
  const { preparePhoto, prepareFile } = useAbilities();
  const listed = useListed(files);
  const keep = useKeep(listed, onAdd);
  const working = useSignal(false);
  const flagged = useSignal<readonly PreparedPhoto[]>([]);
  const refused = useSignal<readonly Refused[]>([]);
  const job = useRef(new AbortController());
  useLayoutEffect(() => () => job.current.abort(), []);

  const take = async (file: File, only: "photo" | "any"): Promise<KnownFault | undefined> => {
    if (listed.hashes().size + flagged.peek().length >= evidenceLimits.files)
      return { kind: "evidence_full", most: evidenceLimits.files };
    const prepare = only === "photo" ? preparePhoto : prepareFile;
    const prepared = await prepare(file, { signal: job.current.signal });
    if (!prepared.ok) return prepared.fault;
    const { value } = prepared;
    if (value.kind === "file" || isClear(value.quality)) return keep(value);
    flagged.value = [...flagged.peek(), value];
    return undefined;
  };

  const tell = (name: string, fault: KnownFault | undefined): void => {
    if (fault !== undefined && fault.kind !== "aborted")
      refused.value = [...refused.peek(), { name, fault }];
  };

  const run = async (work: () => Promise<void>): Promise<void> => {
    if (working.peek()) return;
    working.value = true;
    refused.value = [];
    listed.forget();
    job.current = new AbortController();
    await work().catch((error: unknown) => {
      reportError(error);
      tell(t("evidence.title"), { kind: "unexpected" });
    });
    working.value = false;
  };

  const discard = (photo: PreparedPhoto): void => {
    flagged.value = flagged.peek().filter((one) => one !== photo);
  };
  return {
    working,
    flagged,
    refused,
    add: (picked, only) =>
      run(async () => {
        const { signal } = job.current;
        for (const file of picked) if (!signal.aborted) tell(nameOf(file), await take(file, only));
      }),
    accept: (photo, note) =>
      run(async () => {
        const fault = await keep(photo, note);
        tell(t("evidence.kind.photo"), fault);
        if (fault === undefined) discard(photo);
      }),
    discard,
    cancel: () => job.current.abort(),
  };
};
