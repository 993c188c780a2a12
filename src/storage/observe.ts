import { liveQuery } from "dexie";

/** Runs the query again after each commit that touches what it read; the returned function stops it. */
export const observe = <T>(
  query: () => Promise<T>,
  onValue: (value: T) => void,
  onError: (error: unknown) => void,
): (() => void) => {
  const subscription = liveQuery(query).subscribe({ next: onValue, error: onError });
  return () => {
    subscription.unsubscribe();
  };
};
