import type { ComponentChildren, ComponentType } from "preact";

import { classNames } from "./components/class-names.ts";
import { Empty } from "./components/empty.tsx";
import { ButtonLink } from "./components/button.tsx";
import { t } from "./language.ts";
import { PaneProvider } from "./pane.tsx";
import { arrival, lastVisited, pageKey } from "./router.ts";
import { linkTo, routes, tabs, type Route, type Tab } from "./routes.ts";
import { screens, type AnyScreen } from "./screens/index.ts";
import { ShellFailure } from "./shell-failure.tsx";

const Missing = () => (
  <Empty icon="search" text={t("screen.missing")}>
    <ButtonLink icon="scan-line" href={linkTo("scan")}>
      {t("screen.go_scan")}
    </ButtonLink>
  </Empty>
);

const screenOf = (route: Route): AnyScreen | undefined =>
  screens[route.name] as AnyScreen | undefined;

const ShowRoute = ({ route }: { readonly route: Route }) => {
  const Show: ComponentType<{ readonly route: Route }> | undefined = screenOf(route)?.show;
  return Show === undefined ? <Missing /> : <Show route={route} />;
};

/** The root that stands at the left: the page itself when it is such a root, else what it asks to stand beside. */
const listBeside = (route: Route): Route | undefined => {
  const screen = screenOf(route);
  if (screen?.alone !== undefined) return route;
  const list = screen?.beside === undefined ? undefined : lastVisited(screen.beside);
  return list === undefined || screenOf(list) === undefined ? undefined : list;
};

/** The tab that is marked: the root beside the page, which may be another than its own. */
export const tabOf = (route: Route): Tab => {
  const beside = screenOf(route)?.beside;
  const list = beside === undefined ? undefined : lastVisited(beside);
  return tabs.find((tab) => tab === list?.name) ?? routes[route.name].tab;
};

/** Customer pages and those before a shop is open: no tabs, no rail, no second pane. */
export const isBare = (route: Route): boolean => screenOf(route)?.bare === true;

/** Customer pages stay white in every theme. */
export const isPaper = (route: Route): boolean => screenOf(route)?.paper === true;

/** Tab bar on phones only on the roots. */
export const isRoot = (route: Route): boolean => tabs.some((tab) => tab === route.name);

const Detail = ({
  beside,
  children,
}: {
  readonly beside: boolean;
  readonly children: ComponentChildren;
}) => (
  <section
    key={pageKey.value}
    class={classNames(
      "pane",
      beside ? "pane-detail" : "pane-single",
      arrival.value === "forward" && "pane-enter",
    )}
  >
    <ShellFailure>{children}</ShellFailure>
  </section>
);

/** The page, on tablets with the list it belongs to at its left; the list stays mounted while pages change. */
export const ShellPanes = ({ route, wide }: { readonly route: Route; readonly wide: boolean }) => {
  const list = wide && !isBare(route) ? listBeside(route) : undefined;
  const alone = list?.name === route.name;
  const Alone = alone ? screenOf(route)?.alone : undefined;
  return (
    <main
      class={classNames("panes", list !== undefined && "panes-two")}
      data-screen={routes[route.name].screen}
    >
      {list !== undefined && (
        <section key={`list ${list.name}`} class="pane pane-list">
          <PaneProvider pane={{ place: alone ? "main" : "list", beside: false }}>
            <ShellFailure>
              <ShowRoute route={list} />
            </ShellFailure>
          </PaneProvider>
        </section>
      )}
      <PaneProvider pane={{ place: alone ? "list" : "main", beside: list !== undefined }}>
        <Detail key="detail" beside={list !== undefined}>
          {Alone === undefined ? <ShowRoute route={route} /> : <Alone />}
        </Detail>
      </PaneProvider>
    </main>
  );
};
