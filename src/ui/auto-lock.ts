/** How long something may last before the device locks, in milliseconds, by clocks that are asked again and again. */
export type AutoLock = {
  /** Without a touch, a key or a pointer. */
  readonly idleMs: number;
  /** Out of sight. */
  readonly hiddenMs: number;
  readonly lock: () => void;
};

/** One stands still while the device sleeps, the other can be set back: whichever ran further counts. */
const clocks: readonly (() => number)[] = [() => performance.now(), () => Date.now()];

type Moment = readonly number[];

const thisMoment = (): Moment => clocks.map((clock) => clock());

const since = (moment: Moment): number =>
  Math.max(...clocks.map((clock, index) => clock() - (moment[index] ?? 0)));

const activity = ["pointerdown", "pointermove", "keydown", "touchstart", "wheel"] as const;

const checkEveryMs = 1000;

/** Locks a device that was left alone or out of sight (rel-X6, F68); the result ends the watch. */
export const watchIdle = ({ idleMs, hiddenMs, lock }: AutoLock): (() => void) => {
  let touched = thisMoment();
  let hidden: Moment | undefined = document.hidden ? touched : undefined;
  const check = (): boolean => {
    const isLeft = since(touched) >= idleMs || (hidden !== undefined && since(hidden) > hiddenMs);
    if (isLeft) lock();
    return isLeft;
  };
  const onActivity = (): void => {
    if (!check()) touched = thisMoment(); // a touch that wakes a device left alone does not open it
  };
  const onVisibility = (): void => {
    if (check()) return;
    hidden = document.hidden ? thisMoment() : undefined;
  };
  const timer = setInterval(check, checkEveryMs);
  const options = { capture: true, passive: true } as const;
  for (const name of activity) addEventListener(name, onActivity, options);
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    clearInterval(timer);
    for (const name of activity) removeEventListener(name, onActivity, options);
    document.removeEventListener("visibilitychange", onVisibility);
  };
};
