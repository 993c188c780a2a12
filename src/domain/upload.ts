import type { Hash } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { UploadProblem, Verdict } from "./upload-answer.ts";

/** How far a file is on its way to the merchant's own storage; none of it says anything of a refund. */
export type UploadState =
  | {
      readonly state: "waiting";
      readonly tries: number;
      /** Milliseconds since 1970 before which it is not tried again. */
      readonly notBefore: number;
      /** What the last try met. */
      readonly problem?: UploadProblem;
    }
  | { readonly state: "sending"; readonly tries: number }
  | { readonly state: "stopped"; readonly tries: number; readonly problem: UploadProblem }
  | { readonly state: "sent"; readonly at: Instant; readonly status: number };

/** A file that left the app by other ways and goes to the merchant's own storage as well. */
export type UploadEntry = {
  /** The `Idempotency-Key`: the number of a batch, the SHA-256 of a signed package. */
  readonly id: string;
  readonly kind: "batch" | "ledger";
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: Hash;
  readonly addedAt: Instant;
  /** How many erasures this device knew then. */
  readonly erasures: number;
  /** A presigned address that is good for this file alone. */
  readonly address?: string;
  readonly state: UploadState;
};

/** No wait is longer; what waits longer was put off by a clock that has since gone back. */
const longestWaitMs = 86_400_000;

/** Whether it is tried now; one that a closed page left in the middle is. */
export const isDue = ({ state }: UploadEntry, nowMs: number): boolean => {
  if (state.state === "sending") return true;
  if (state.state !== "waiting") return false;
  return state.notBefore <= nowMs || state.notBefore > nowMs + longestWaitMs;
};

const triesOf = (state: UploadState): number => ("tries" in state ? state.tries : 0);

/** Nothing is kept of what is there already, and of what must not be kept. */
export const holdsBytes = (state: UploadState): boolean =>
  state.state !== "sent" && !(state.state === "stopped" && state.problem.kind === "outdated");

/** A signed package that was made before a customer was erased may still hold what was erased (X41). */
export const isOutdated = ({ kind, erasures, state }: UploadEntry, known: number): boolean =>
  kind === "ledger" && erasures < known && holdsBytes(state);

/** Such a copy is not sent any more. */
export const outdated = (entry: UploadEntry): UploadEntry => ({
  ...entry,
  state: { state: "stopped", tries: triesOf(entry.state), problem: { kind: "outdated" } },
});

/** The same file at the front of the queue, whatever it met before. */
export const waitingAnew = (entry: UploadEntry): UploadEntry => ({
  ...entry,
  state: { state: "waiting", tries: 0, notBefore: 0 },
});

const firstWaitMs = 30_000;
const longestStepMs = 3_600_000;

/** Twice as long after every try, an hour at most, a fifth more or less by `chance` (0 to 1). */
export const waitAfter = (tries: number, chance: number): number =>
  Math.round(Math.min(firstWaitMs * 2 ** (tries - 1), longestStepMs) * (0.8 + 0.4 * chance));

/** What a try came to, as the queue keeps it; a server that names a time is not asked before it. */
export const stateAfter = (
  before: UploadState,
  verdict: Verdict,
  {
    nowMs,
    now,
    chance,
  }: { readonly nowMs: number; readonly now: Instant; readonly chance: number },
): UploadState => {
  const tries = triesOf(before) + 1;
  switch (verdict.kind) {
    case "sent":
      return { state: "sent", at: now, status: verdict.status };
    case "stop":
      return { state: "stopped", tries, problem: verdict.problem };
    case "again": {
      const named = Math.min(verdict.afterMs ?? 0, longestWaitMs);
      const notBefore = nowMs + Math.max(named, waitAfter(tries, chance));
      return { state: "waiting", tries, notBefore, problem: verdict.problem };
    }
  }
};

/** Without a network nothing was refused: it is tried as soon as there is one. */
export const hurried = (entry: UploadEntry): UploadEntry => {
  const { state } = entry;
  if (state.state !== "waiting" || state.problem === undefined) return entry;
  const { kind } = state.problem;
  return kind === "no_answer" || kind === "timed_out" || kind === "strange"
    ? { ...entry, state: { ...state, notBefore: 0 } }
    : entry;
};

const leastMs = 30_000;
const mostMs = 900_000;
const bytesPerMs = 10;

/** How long one try may take: the slowest network that is worth waiting for brings 10 kB a second. */
export const timeoutFor = (size: number): number => Math.min(leastMs + size / bytesPerMs, mostMs);
