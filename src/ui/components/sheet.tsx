import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

import { t } from "../language.ts";
import { pushSheet } from "../router.ts";
import { IconButton } from "./button.tsx";

/** Esc, a tap on the backdrop and whatever else closes a dialog natively. */
const listen = (dialog: HTMLDialogElement, close: () => void): (() => void) => {
  const onCancel = (event: Event): void => {
    if (event.target !== dialog) return; // a file picker inside was cancelled
    event.preventDefault();
    close();
  };
  const onClick = (event: Event): void => {
    if (event.target === dialog) close();
  };
  dialog.addEventListener("cancel", onCancel);
  dialog.addEventListener("click", onClick);
  dialog.addEventListener("close", close);
  return () => {
    dialog.removeEventListener("cancel", onCancel);
    dialog.removeEventListener("click", onClick);
    dialog.removeEventListener("close", close);
  };
};

/**
 * A native modal dialog with its own history entry: render it while it is open. Esc, ✕, the backdrop and the
 * back button all call `onClose`; focus returns to where it was. Put the primary button last.
 */
export const Sheet = ({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const latest = useRef(onClose);
  latest.current = onClose;
  const heading = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return undefined;
    const unlisten = listen(element, () => latest.current());
    element.showModal();
    const release = pushSheet(() => latest.current());
    return () => {
      unlisten();
      element.close();
      release();
    };
  }, []);
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby={heading}>
      <div class="sheet-head">
        <h2 id={heading}>{title}</h2>
        <IconButton icon="x" label={t("action.close")} onClick={() => latest.current()} />
      </div>
      <div class="sheet-body">{children}</div>
    </dialog>
  );
};
