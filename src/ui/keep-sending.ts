import { observe } from "../storage/observe.ts";
import type { Abilities } from "../usecases/abilities.ts";
import type { Deps } from "../usecases/deps.ts";
import {
  dropOutdated,
  findOutdated,
  hurryUploads,
  nextUploadAt,
  sendUploads,
} from "../usecases/send-uploads.ts";

type Means = Pick<Abilities, "sendUpload" | "sendAlone">;

/**
 * Sends what waits as long as the app is open: now, when a file joins, when its wait is over, when the network is back. It
 * asks nobody while the browser says that there is no network.
 */
export const keepSending = (
  deps: Deps,
  { sendUpload, sendAlone }: Means,
  signal: AbortSignal,
): void => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = false;
  const wakeAt = (at: number | undefined): void => {
    clearTimeout(timer);
    if (at === undefined || sending || signal.aborted || !navigator.onLine) return;
    timer = setTimeout(() => void round().catch(reportError), Math.max(0, at - deps.now()));
  };
  const round = async (): Promise<void> => {
    sending = true;
    await sendAlone(() => sendUploads(deps, sendUpload)).finally(() => (sending = false));
    wakeAt(await nextUploadAt(deps));
  };
  const hurry = (): void =>
    void hurryUploads(deps)
      .then(() => nextUploadAt(deps))
      .then(wakeAt)
      .catch(reportError);
  const unwatch = observe(() => nextUploadAt(deps), wakeAt, reportError);
  const unwatchErasures = observe(
    () => findOutdated(deps),
    (found) => void (found.length > 0 && dropOutdated(deps).catch(reportError)),
    reportError,
  );
  addEventListener("online", hurry, { signal });
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    unwatch();
    unwatchErasures();
  });
  hurry();
};
