import { effect, type ReadonlySignal } from "@preact/signals";

import type { Abilities } from "../usecases/abilities.ts";
import type { Deps } from "../usecases/deps.ts";

type Means = Pick<Abilities, "sendUpload" | "sendAlone">;

/** Loads what sends the waiting copies and lets it run until the returned function is called. */
const begin = (deps: Deps, means: Means): (() => void) => {
  const ended = new AbortController();
  import("./keep-sending.ts").then(
    ({ keepSending }) => keepSending(deps, means, ended.signal),
    () => undefined, // an update changed the files under this window: the next start sends
  );
  return () => ended.abort();
};

/** Copies go to the merchant's own storage only while the owner names one: before that nothing of it is loaded. */
export const sendInBackground = (
  sends: ReadonlySignal<boolean>,
  deps: ReadonlySignal<Deps | undefined>,
  means: Means,
): void => {
  effect(() => (sends.value && deps.value !== undefined ? begin(deps.value, means) : undefined));
};
