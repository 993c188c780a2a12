import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { Icon } from "../../components/icon.tsx";
import { useAbilities } from "../../deps.tsx";
import { takeHanded } from "./handed-files.ts";

type Take = (files: readonly File[]) => void;

const holdsFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes("Files") ?? false;

/** Takes files dropped anywhere on the page; the result says whether some hang over it. */
export const useFileDrop = (take: Take): boolean => {
  const over = useSignal(false);
  const latest = useRef(take);
  latest.current = take;
  useLayoutEffect(() => {
    const hover = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      over.value = true;
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) over.value = false;
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      over.value = false;
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", hover);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", hover);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, []);
  return over.value;
};

/** Takes, once, what another screen handed over, else what another app shared. */
export const useArrivedFiles = (take: Take): void => {
  const { takeShared } = useAbilities();
  useLayoutEffect(() => {
    let open = true;
    const arrive = async (): Promise<void> => {
      const handed = takeHanded();
      const files = handed.length > 0 ? handed : await takeShared();
      if (open && files.length > 0) take(files);
    };
    void arrive();
    return () => {
      open = false;
    };
  }, []);
};

/** Lies over the page while files hang over it. */
export const DropVeil = ({ over, text }: { readonly over: boolean; readonly text: string }) =>
  over ? (
    <div class="drop-veil" aria-hidden="true">
      <Icon name="download" size="large" />
      <p>{text}</p>
    </div>
  ) : undefined;
