import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";

import { linkTo, parseRoute, routes, tabs, type Route, type RouteName } from "./routes.ts";

/** How the present page was reached: a new one fades in and starts at the top, an old one is put back as it was. */
export type Arrival = "start" | "forward" | "back";

type Entry = { readonly index: number; readonly sheet?: number };

const hash = signal("");

/** How the present page was reached. */
export const arrival = signal<Arrival>("start");

/** The page on screen; an unknown address shows the scanner. */
export const route: ReadonlySignal<Route> = computed(
  () => parseRoute(hash.value) ?? { name: "scan", args: {} },
);

/** What tells pages apart: the address, but a filter of a list is not another page. */
export const pageKey = computed(() =>
  route.value.name === "records" ? linkTo("records") : hash.value,
);

const lastRoots = signal<readonly Route[]>([]);

/** Which of these roots was visited last, with its arguments; the first one when none was. */
export const lastVisited = (names: readonly RouteName[]): Route | undefined =>
  lastRoots.value.find((visited) => names.includes(visited.name)) ??
  (names[0] === undefined ? undefined : parseRoute(`#/${routes[names[0]].path}`));

const scrolls = new Map<number, number>();
let current: Entry = { index: 0 };
let sheets: readonly { readonly id: number; readonly close: () => void }[] = [];
let nextSheet = 1;
let returning = false;
let waiting: string | undefined;

const readEntry = (): Entry | undefined => {
  const state: unknown = history.state;
  return typeof state === "object" && state !== null && "index" in state
    ? (state as Entry)
    : undefined;
};

const remember = (): void => {
  const root = route.value;
  if (!tabs.some((tab) => tab === root.name)) return;
  const others = lastRoots.value.filter((visited) => visited.name !== root.name);
  lastRoots.value = [root, ...others];
};

/** Lists fill in after the first paint; tries until the page is long enough, for half a second. */
const scrollWhenLongEnough = (top: number, tries: number): void => {
  const reachable = document.documentElement.scrollHeight - innerHeight;
  if (reachable >= top || tries === 0) scrollTo(0, top);
  else requestAnimationFrame(() => scrollWhenLongEnough(top, tries - 1));
};

const show = (how: Arrival): void => {
  const page = pageKey.value;
  batch(() => {
    hash.value = location.hash;
    if (pageKey.value !== page) arrival.value = how;
  });
  remember();
  if (pageKey.value === page) return;
  const top = how === "back" ? (scrolls.get(current.index) ?? 0) : 0;
  requestAnimationFrame(() => scrollWhenLongEnough(top, 30));
};

const closeSheetsAbove = (id: number): void => {
  const above = sheets.filter((sheet) => sheet.id > id);
  sheets = sheets.filter((sheet) => sheet.id <= id);
  for (const sheet of above) sheet.close();
};

const goWaiting = (): void => {
  returning = false;
  const href = waiting;
  waiting = undefined;
  if (href !== undefined) location.hash = href;
};

/** Follows the address: a new entry gets a number, a known one tells how far back we went. */
const onPopState = (): void => {
  const entry = readEntry();
  scrolls.set(current.index, scrollY);
  if (entry === undefined) {
    current = { index: current.index + 1 };
    history.replaceState(current, "");
    closeSheetsAbove(0);
    show("forward");
    return;
  }
  const backwards = entry.index <= current.index;
  current = entry;
  closeSheetsAbove(entry.sheet ?? 0);
  if (entry.sheet !== undefined && !sheets.some((sheet) => sheet.id === entry.sheet)) {
    returning = true;
    history.back(); // an entry whose sheet is long gone
    return;
  }
  show(backwards ? "back" : "forward");
  goWaiting();
};

/** Starts to follow the address; call once. The result stops it. */
export const startRouter = (): (() => void) => {
  history.scrollRestoration = "manual";
  const entry = readEntry();
  current = { index: entry?.index ?? 0 };
  history.replaceState(current, "");
  hash.value = location.hash;
  remember();
  addEventListener("popstate", onPopState);
  return () => removeEventListener("popstate", onPopState);
};

/** Opens a page from code; in markup use `<a href={linkTo(…)}>`. */
export const go = (href: string): void => {
  if (returning) waiting = href;
  else location.hash = href;
};

/** Opens a page in the place of the present one, so that back does not lead here again. */
export const replaceWith = (href: string): void => {
  current = { index: current.index };
  history.replaceState(current, "", href);
  closeSheetsAbove(0);
  show("forward");
};

/** One page back inside the app, over the sheets that are open, or to the given page when there is none. */
export const goBack = (otherwise: string = linkTo("scan")): void => {
  const over = sheets.length;
  if (current.index <= over) return replaceWith(otherwise);
  closeSheetsAbove(0);
  history.go(-1 - over);
};

/** Gives an open sheet its own history entry, so that back closes it first; call the result when it closes. */
export const pushSheet = (close: () => void): (() => void) => {
  const id = nextSheet++;
  scrolls.set(current.index, scrollY);
  sheets = [...sheets, { id, close }];
  current = { index: current.index + 1, sheet: id };
  history.pushState(current, "");
  return () => {
    const open = sheets.some((sheet) => sheet.id === id);
    sheets = sheets.filter((sheet) => sheet.id !== id);
    if (!open || readEntry()?.sheet !== id) return;
    returning = true;
    history.back();
  };
};
