import { useSignal, useSignalEffect, type ReadonlySignal } from "@preact/signals";

import { observe } from "../storage/observe.ts";

/** What a query has said so far. */
export type Live<T> =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly value: T }
  | { readonly status: "failed"; readonly error: unknown };

/** Re-runs `query` whenever the tables it read, or the signals `key` read, change. */
export const useLive = <K, T>(
  key: () => K,
  query: (key: K) => Promise<T>,
): ReadonlySignal<Live<T>> => {
  const live = useSignal<Live<T>>({ status: "loading" });
  useSignalEffect(() => {
    const current = key(); // tracked here, synchronously
    return observe(
      () => query(current),
      (value) => {
        live.value = { status: "ready", value };
      },
      (error) => {
        live.value = { status: "failed", error };
      },
    );
  });
  return live;
};

/** The value of a live query once there is one. */
export const readyValue = <T>(live: Live<T>): T | undefined =>
  live.status === "ready" ? live.value : undefined;
