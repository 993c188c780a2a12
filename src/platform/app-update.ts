import { Workbox } from "workbox-window";

import { isDraftOpen } from "./open-draft.ts";
import { scriptUrl } from "./script-url.ts";

/**
 * `waiting`: a new version lies ready and changes over only when told · `changing`: it was told, and a script that the page
 * asks for meanwhile may hold it up for minutes: show nothing that loads any · `replaced`: another window
 * changed over, this page is still the old one and should be loaded anew when nothing is open.
 */
export type UpdateState =
  | { readonly state: "unsupported" }
  | { readonly state: "current" }
  | { readonly state: "waiting" }
  | { readonly state: "changing" }
  | { readonly state: "replaced" }
  | { readonly state: "failed" };

export type AppUpdate = {
  /** Asks the server for a new version; quiet when it is not there. */
  readonly check: () => Promise<void>;
  /** Changes over and loads this page anew, unless a draft is open in some window. */
  readonly apply: () => Promise<"applied" | "draft_open">;
};

type Reload = () => void;

const reloadAnywayMs = 5000;

/** As long as a page may still ask for the scripts of what was just opened. */
const quietMs = 500;

/**
 * Some browsers never fire `controlling`: then the page reloads when the new version stands, or after a while anyway
 * (vite-plugin-pwa#789). Loaded anew too early it would be the old version once more. The old worker is left to answer what
 * was asked for: Chromium holds a change-over up, for a minute or more, that is told while a request is under way.
 */
const changeOver = (workbox: Workbox, reload: Reload): void => {
  let reloaded = false;
  const once = (): void => {
    if (!reloaded) reload();
    reloaded = true;
  };
  workbox.addEventListener("controlling", once);
  workbox.addEventListener("activated", once);
  setTimeout(() => workbox.messageSkipWaiting(), quietMs);
  setTimeout(once, quietMs + reloadAnywayMs);
};

const register = (workbox: Workbox, onState: (state: UpdateState) => void): void => {
  workbox.addEventListener("waiting", () => onState({ state: "waiting" }));
  workbox.addEventListener("activated", ({ isUpdate }) => {
    if (isUpdate !== true) onState({ state: "current" });
  });
  workbox.addEventListener("controlling", ({ isUpdate }) => {
    if (isUpdate === true) onState({ state: "replaced" });
  });
  workbox.register({ immediate: true }).then(
    (registration) => {
      if (registration?.waiting === null) onState({ state: "current" });
    },
    () => onState({ state: "failed" }),
  );
};

/** Registers the service worker; without one (development, plain http) the app works online only. */
export const watchUpdates = (
  onState: (state: UpdateState) => void,
  reload: Reload = () => location.reload(),
): AppUpdate | undefined => {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) {
    onState({ state: "unsupported" });
    return undefined;
  }
  const workbox = new Workbox(scriptUrl("sw.js") as string, { updateViaCache: "none" });
  register(workbox, onState);
  return {
    check: () => workbox.update().catch(() => undefined),
    apply: async () => {
      if (await isDraftOpen()) return "draft_open";
      onState({ state: "changing" });
      changeOver(workbox, reload);
      return "applied";
    },
  };
};

/** A form that was just closed lets go of its mark a moment later; one that stays open keeps the update back. */
export const applyPatiently = async ({ apply }: Pick<AppUpdate, "apply">): Promise<void> => {
  for (let tries = 1; (await apply()) === "draft_open" && tries < 4; tries++)
    await new Promise((resolve) => setTimeout(resolve, 250));
};
