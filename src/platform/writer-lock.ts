/** `stolen` tells that another holder did not let go in time: raise the epoch (rel-S9). */
export type Exclusive = <T>(name: string, work: (stolen: boolean) => Promise<T>) => Promise<T>;

/** Waiting longer than this takes the lock away from its holder; undefined waits for ever. */
export type ExclusiveOptions = { readonly stealAfterMs?: number };

const byWebLock = async <T>(
  name: string,
  work: (stolen: boolean) => Promise<T>,
  options: LockOptions,
): Promise<T> => {
  const started: Promise<T>[] = [];
  const granted = (): Promise<T> => {
    const running = work(options.steal === true);
    started.push(running);
    return running;
  };
  try {
    return await navigator.locks.request(name, options, granted);
  } catch (error) {
    // Taken away while at work: the work itself goes on, and its own outcome counts.
    const [running] = started;
    if (running === undefined) throw error;
    return running;
  }
};

const waitOrSteal = async <T>(
  name: string,
  work: (stolen: boolean) => Promise<T>,
  stealAfterMs: number,
): Promise<T> => {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), stealAfterMs);
  const begin = (stolen: boolean): Promise<T> => {
    clearTimeout(timer);
    return work(stolen);
  };
  try {
    return await byWebLock(name, begin, { signal: patience.signal });
  } catch (error) {
    if (!patience.signal.aborted) throw error; // the work began, and failed by itself
    return byWebLock(name, begin, { steal: true });
  } finally {
    clearTimeout(timer);
  }
};

const queues = new Map<string, Promise<unknown>>();

/** Without Web Locks one page can at least not cross itself; the epoch refuses other tabs. */
const byQueue = async <T>(name: string, work: (stolen: boolean) => Promise<T>): Promise<T> => {
  const before = queues.get(name);
  const mine = (async () => {
    await before?.catch(() => undefined);
    return work(false);
  })();
  queues.set(name, mine);
  return mine;
};

/** One at a time over all tabs and workers of this origin; held only while the work runs. */
export const lockWriter =
  ({ stealAfterMs }: ExclusiveOptions = {}): Exclusive =>
  (name, work) => {
    if ((navigator as Partial<Navigator>).locks === undefined) return byQueue(name, work);
    return stealAfterMs === undefined
      ? byWebLock(name, work, {})
      : waitOrSteal(name, work, stealAfterMs);
  };
