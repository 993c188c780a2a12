import { liveQuery } from "dexie";

/**
 * Runs the query again after each commit that touches what it read; the returned function stops it. Dexie follows what is
 * read after an `await` only inside a function that is itself `async`.
 */
export const observe = <T>(
  query: () => Promise<T>,
  onValue: (value: T) => void,
  onError: (error: unknown) => void,
): (() => void) => {
  const subscription = liveQuery(async () => query()).subscribe({ next: onValue, error: onError });
  return () => {
    subscription.unsubscribe();
  };
};
