const lockName = "open-draft";

const locks = (): LockManager | undefined => (navigator as Partial<Navigator>).locks;

/** Tells every window that a refund is being written here; call what is returned when it is done. */
export const markDraftOpen = (): (() => void) => {
  const closed = new AbortController();
  const untilClosed = (): Promise<void> =>
    new Promise((resolve) => {
      if (closed.signal.aborted) resolve();
      closed.signal.addEventListener("abort", () => resolve());
    });
  locks()
    ?.request(lockName, { mode: "shared" }, untilClosed)
    .catch(() => undefined);
  return () => closed.abort();
};

/** Whether a draft is open in any window of the app; false where windows cannot see each other. */
export const isDraftOpen = async (): Promise<boolean> => {
  const held = (await locks()?.query())?.held ?? [];
  return held.some(({ name }) => name === lockName);
};
