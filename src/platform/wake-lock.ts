export type WakeLock = { readonly acquire: () => void; readonly release: () => void };

/** Keeps the screen on while scanning or during a long job; without the ability nothing happens. */
export const holdWakeLock = (): WakeLock => {
  let held: Promise<WakeLockSentinel | undefined> | undefined;
  return {
    acquire: () => {
      const { wakeLock } = navigator as Partial<Navigator>;
      held ??= wakeLock?.request("screen").catch(() => undefined);
    },
    release: () => {
      void held?.then((sentinel) => sentinel?.release());
      held = undefined;
    },
  };
};
