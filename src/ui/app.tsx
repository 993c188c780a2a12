import type { ReadonlySignal } from "@preact/signals";

import { Banner } from "./components/banner.tsx";
import { Button } from "./components/button.tsx";
import { classNames } from "./components/class-names.ts";
import { DepsProvider, type Built } from "./deps.tsx";
import { t } from "./language.ts";
import { useMedia, wideScreen } from "./media.ts";
import { route } from "./router.ts";
import type { Route, RouteName } from "./routes.ts";
import { ShellProvider, type Shell } from "./shell-context.tsx";
import { isBare, isPaper, isRoot, ShellPanes, tabOf } from "./shell-panes.tsx";
import { ShellTabs } from "./shell-tabs.tsx";

/** How far the app is; decided by main.tsx. */
export type AppState = "starting" | "welcome" | "locked" | "rescue" | "ready";

export type AppProps = {
  readonly state: ReadonlySignal<AppState>;
  readonly shell: ReadonlySignal<Shell>;
  readonly built: ReadonlySignal<Built>;
};

type Door = { readonly first: RouteName; readonly also: readonly RouteName[] };

/** Pages that need neither a person nor a shop. */
const anywhere: readonly RouteName[] = [
  "answer_approval",
  "slip",
  "verify",
  "look",
  "help",
  "about",
];

/** Which pages open before the app is ready; every other address waits behind the first one. */
const doors: Readonly<Record<"welcome" | "locked" | "rescue", Door>> = {
  welcome: { first: "welcome", also: ["shop", "join", "restore", "train", ...anywhere] },
  locked: { first: "unlock", also: anywhere },
  rescue: { first: "rescue", also: ["restore", ...anywhere] },
};

const behindDoor = (wanted: Route, door: Door): Route =>
  door.also.includes(wanted.name) ? wanted : ({ name: door.first, args: {} } as Route);

const startPages: ReadonlySet<RouteName> = new Set(["welcome", "rescue", "restore"]);

/** What is shown for an address: in a ready app the start pages are behind us. */
const shownRoute = (wanted: Route, state: Exclude<AppState, "starting">): Route => {
  if (state !== "ready") return behindDoor(wanted, doors[state]);
  return startPages.has(wanted.name) ? { name: "scan", args: {} } : wanted;
};

const Notice = ({ notice }: { readonly notice: NonNullable<Shell["notice"]> }) => (
  <div class="shell-notice">
    <Banner tone={notice.tone} title={notice.text}>
      {notice.action !== undefined && (
        <Button kind="text" onClick={notice.action.onClick}>
          {notice.action.label}
        </Button>
      )}
    </Banner>
  </div>
);

const Frame = ({ shell, shown, open }: { shell: Shell; shown: Route; open: boolean }) => {
  const wide = useMedia(wideScreen);
  const bare = !open || isBare(shown);
  return (
    <div
      class={classNames(
        "shell",
        bare && "shell-bare",
        isRoot(shown) && "shell-root",
        isPaper(shown) && "on-paper",
        shell.training && "shell-training",
      )}
    >
      {shell.training && <p class="train-bar">{t("status.training")}</p>}
      <div class="shell-page">
        {shell.notice !== undefined && <Notice notice={shell.notice} />}
        <ShellPanes route={shown} wide={wide && !bare} />
      </div>
      {!bare && <ShellTabs current={tabOf(shown)} />}
    </div>
  );
};

/** The whole page: tabs, panes, training bar; main.tsx gives it what changes as signals. */
export const App = ({ state, shell, built }: AppProps) => {
  const now = state.value;
  if (now === "starting") return <p class="shell-starting">{t("app.starting")}</p>;
  return (
    <DepsProvider built={built.value}>
      <ShellProvider shell={shell.value}>
        <Frame shell={shell.value} shown={shownRoute(route.value, now)} open={now === "ready"} />
      </ShellProvider>
    </DepsProvider>
  );
};
