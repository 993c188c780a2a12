import { useSignal, useSignalEffect, type Signal } from "@preact/signals";

import { addDays, businessDate, startOfDay, type Instant } from "../../../domain/instant.ts";
import { parseAmount, type AmountFault } from "../../../domain/money.ts";
import { searchPayments, type Match, type Remembered } from "../../../usecases/search-payments.ts";
import { useDeps } from "../../deps.tsx";
import { useShell } from "../../shell-context.tsx";

/** Stretches of time that people remember. */
export const windows = ["day", "week", "all"] as const;
export type Window = (typeof windows)[number];

const daysBack: Readonly<Record<Window, number>> = { day: 0, week: 6, all: 3650 };
const shortestTail = 4;

/** What is asked, and what was found; undefined matches while there is nothing to look for. */
export type Search = {
  readonly amount: Signal<string>;
  readonly tail: Signal<string>;
  readonly window: Signal<Window>;
  readonly matches: Signal<readonly Match[] | undefined>;
  readonly fault: AmountFault | undefined;
};

const useWindow = (): ((window: Window) => { readonly from: Instant; readonly to: Instant }) => {
  const { shop, now } = useShell();
  return (window) => {
    const to = now();
    const first = addDays(businessDate(to, shop.calendar), -daysBack[window]);
    return { from: startOfDay(first, shop.calendar), to };
  };
};

/** Looks while it is typed; an answer that comes after the next letter is dropped. */
export const useSearch = (): Search => {
  const deps = useDeps();
  const { currency } = useShell().shop;
  const windowOf = useWindow();
  const amount = useSignal("");
  const tail = useSignal("");
  const window = useSignal<Window>("day");
  const matches = useSignal<readonly Match[] | undefined>(undefined);
  const parsed = parseAmount(amount.value, currency);
  useSignalEffect(() => {
    const read = parseAmount(amount.value, currency);
    const end = tail.value.trim();
    const remembered: Remembered = {
      ...windowOf(window.value),
      ...(read.ok && read.value.minor > 0 ? { minor: read.value.minor } : {}),
      ...(end.length >= shortestTail ? { tail: end } : {}),
    };
    const state = { stale: false };
    const asked = remembered.minor !== undefined || remembered.tail !== undefined;
    if (!asked) matches.value = undefined;
    else
      void searchPayments(deps, remembered).then((found) => {
        if (!state.stale) matches.value = found;
      });
    return () => {
      state.stale = true;
    };
  });
  const wrong = amount.value.trim() !== "" && !parsed.ok;
  return { amount, tail, window, matches, fault: wrong ? parsed.fault : undefined };
};
