/** A file's size in megabytes with one decimal, as progress shows it. */
export const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

const enoughMs = 1_000;

/** Seconds until a reading that goes on at this speed is done; undefined while nobody can say. */
export const secondsLeft = (elapsedMs: number, read: number, of: number): number | undefined =>
  elapsedMs < enoughMs || read <= 0 || read >= of
    ? undefined
    : Math.ceil((elapsedMs * (of - read)) / read / 1000);
