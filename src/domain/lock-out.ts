/** Failed tries of one person since the last success; counted before the PIN is checked. */
export type Tries = { readonly fails: number; readonly lastFailMs: number };

export type LockOut =
  | { readonly kind: "open"; readonly left: number }
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "disabled" };

export const noTries: Tries = { fails: 0, lastFailMs: 0 };

/** The graver of two counts: the counter and the journal tell on each other (F60). */
export const graver = (one: Tries, other: Tries): Tries => (other.fails > one.fails ? other : one);

/** Most tries before only the owner's recovery code helps. */
export const mostTries = 10;

const waits: readonly number[] = [30, 60, 300, 900, 3600];

/** Seconds to wait after that many failures: from the 5th on 30 s, 1, 5, 15, 60 min (screens.md S1). */
export const waitAfter = (fails: number): number =>
  fails < 5 ? 0 : (waits[Math.min(fails - 5, waits.length - 1)] ?? 0);

/** Whether a PIN may be tried now; a clock set back starts the wait again (F59). */
export const lockOut = (tries: Tries, nowMs: number): LockOut => {
  if (tries.fails >= mostTries) return { kind: "disabled" };
  const wait = waitAfter(tries.fails) * 1000;
  const passed = nowMs - tries.lastFailMs;
  const left = passed < 0 ? wait : wait - passed;
  return left > 0
    ? { kind: "wait", seconds: Math.ceil(left / 1000) }
    : { kind: "open", left: mostTries - tries.fails };
};
