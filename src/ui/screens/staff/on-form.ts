import type { ReadonlySignal } from "@preact/signals";

/** Sends a form's data once: the page stays, and nothing is sent while it is busy. */
export const onForm =
  (busy: ReadonlySignal<boolean>, submit: (form: FormData) => Promise<void>) =>
  (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement && !busy.peek())
      void submit(new FormData(event.currentTarget));
  };
