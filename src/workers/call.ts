import { fail, ok, type Result } from "../domain/result.ts";

/** `worker_failed` covers a worker that cannot start, threw a bug, or was stopped with calls open. */
type CallFault =
  | { readonly kind: "aborted" }
  | { readonly kind: "worker_failed"; readonly message: string };

type CallOptions<Progress> = {
  readonly signal?: AbortSignal;
  readonly transfer?: Transferable[];
  /** What is handed over counts as taken once the promise settles; what it gives goes back to the worker. */
  readonly onProgress?: (progress: Progress) => void | Promise<unknown>;
};

export type Caller<Request, Answer, Progress = never> = {
  readonly call: (
    request: Request,
    options?: CallOptions<Progress>,
  ) => Promise<Result<Answer, CallFault>>;
  /** Starts the worker for a person who is about to need it; it waits as long as after a call. */
  readonly warm: () => void;
  readonly stop: () => void;
};

type Heard = (event: { readonly data?: unknown; readonly message?: string }) => void;

/** What we use of a Worker, so that tests can stand in for one. */
export type WorkerEnd = {
  postMessage: (message: unknown, transfer: Transferable[]) => void;
  addEventListener: (kind: "message" | "messageerror" | "error", heard: Heard) => void;
  terminate: () => void;
};

/** What we use of the worker's own global scope. */
export type ScopeEnd = {
  postMessage: (message: unknown, transfer: Transferable[]) => void;
  addEventListener: (kind: "message", heard: Heard) => void;
};

type Asked<Request> =
  | { readonly kind: "ask"; readonly id: number; readonly request: Request }
  | { readonly kind: "abort"; readonly id: number }
  | {
      readonly kind: "taken";
      readonly id: number;
      readonly part: number;
      /** What the page gave for it. */
      readonly back: unknown;
    };

type Told<Answer, Progress> =
  | {
      readonly kind: "progress";
      readonly id: number;
      readonly progress: Progress;
      /** Names what was handed over, for the answer that it was taken. */
      readonly part?: number;
    }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };

type Waiting<Answer, Progress> = {
  readonly settle: (result: Result<Answer, CallFault>) => void;
  readonly onProgress: CallOptions<Progress>["onProgress"];
};

const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Says that a part was taken once the page is done with it, and ends the call where the page fails. */
const take = async <Answer, Progress>(
  { id, progress, part }: Extract<Told<never, Progress>, { kind: "progress" }>,
  open: Waiting<Answer, Progress> | undefined,
  say: (about: Asked<never>) => void,
): Promise<void> => {
  try {
    const back: unknown = await open?.onProgress?.(progress);
    if (part !== undefined) say({ kind: "taken", id, part, back });
  } catch (error) {
    say({ kind: "abort", id });
    open?.settle(fail({ kind: "worker_failed", message: messageOf(error) }));
  }
};

/** Gives what a worker tells to the call that waits for it, if one still does. */
const heed = <Answer, Progress>(
  told: Told<Answer, Progress>,
  open: Waiting<Answer, Progress> | undefined,
  say: (about: Asked<never>) => void,
): void => {
  if (told.kind === "progress") void take(told, open, say);
  else if (told.kind === "answer") open?.settle(ok(told.answer));
  else open?.settle(fail({ kind: "worker_failed", message: told.message }));
};

type Kept = {
  readonly start: () => WorkerEnd;
  readonly idleMs: number;
  readonly isNeeded: () => boolean;
  readonly hear: Heard;
  /** It crashed or was stopped. */
  readonly onEnd: (message: string) => void;
};

/** One worker that starts when it is needed, ends once nobody has needed it for a while, and starts afresh after a crash. */
const keepWorker = ({ start, idleMs, isNeeded, hear, onEnd }: Kept) => {
  let worker: WorkerEnd | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const stop = (message = "stopped"): void => {
    clearTimeout(idle);
    worker?.terminate();
    worker = undefined;
    onEnd(message);
  };
  const begin = (): WorkerEnd => {
    const started = start();
    const crash: Heard = ({ message = "unreadable message" }) => {
      if (worker === started) stop(message);
    };
    started.addEventListener("message", hear);
    started.addEventListener("messageerror", crash);
    started.addEventListener("error", crash);
    return started;
  };
  return {
    /** Throws where it cannot start. */
    started: (): WorkerEnd => (worker ??= begin()),
    say: (asked: Asked<never>): void => worker?.postMessage(asked, []),
    rest: (): void => {
      clearTimeout(idle);
      idle = setTimeout(() => !isNeeded() && stop(), idleMs);
    },
    stop,
  };
};

/**
 * The page's side: starts the worker with the first call, stops it after `idleMs` without one,
 * and starts a fresh one after a crash. An aborted call settles at once, and so does one whose page fails to take a part.
 */
export const connect = <Request, Answer, Progress = never>(
  start: () => WorkerEnd,
  idleMs = 30_000,
): Caller<Request, Answer, Progress> => {
  const waiting = new Map<number, Waiting<Answer, Progress>>();
  let lastId = 0;
  const hear: Heard = ({ data }) => {
    const told = data as Told<Answer, Progress>;
    heed(told, waiting.get(told.id), kept.say);
  };
  const onEnd = (message: string): void => {
    for (const { settle } of waiting.values()) settle(fail({ kind: "worker_failed", message }));
  };
  const kept = keepWorker({ start, idleMs, isNeeded: () => waiting.size > 0, hear, onEnd });

  const call = (
    request: Request,
    { signal, transfer = [], onProgress }: CallOptions<Progress> = {},
  ) =>
    new Promise<Result<Answer, CallFault>>((resolve) => {
      const id = (lastId += 1);
      const abort = (): void => {
        kept.say({ kind: "abort", id });
        waiting.get(id)?.settle(fail({ kind: "aborted" }));
      };
      const settle = (result: Result<Answer, CallFault>): void => {
        if (!waiting.delete(id)) return;
        signal?.removeEventListener("abort", abort);
        kept.rest();
        resolve(result);
      };
      if (signal?.aborted === true) return resolve(fail({ kind: "aborted" }));
      waiting.set(id, { settle, onProgress });
      signal?.addEventListener("abort", abort);
      try {
        const asked: Asked<Request> = { kind: "ask", id, request };
        kept.started().postMessage(asked, transfer);
      } catch (error) {
        settle(fail({ kind: "worker_failed", message: messageOf(error) }));
      }
    });

  const warm = (): void => {
    try {
      kept.started();
    } catch {
      // the call meets it too, and says so
    }
    kept.rest();
  };

  return { call, warm, stop: () => kept.stop() };
};

export type ServeContext<Progress> = {
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
};

export type HandingContext<Progress> = ServeContext<Progress> & {
  /**
   * Hands something over, with the buffers that need not be copied; settles once the page has taken it, with what the
   * page gave for it, and with nothing once the call is aborted.
   */
  readonly handOver: (progress: Progress, moved: Transferable[]) => Promise<unknown>;
};

type Running = {
  readonly controller: AbortController;
  readonly taken: Map<number, (back: unknown) => void>;
};

/** The worker's side: `transfer` names the buffers of an answer that need not be copied. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the request is named beside its answer
export const serve = <Request, Answer, Progress = never>(
  scope: ScopeEnd,
  answer: (request: Request, context: HandingContext<Progress>) => Answer | Promise<Answer>,
  transfer: (answer: Answer) => Transferable[] = () => [],
): void => {
  const running = new Map<number, Running>();
  const tell = (told: Told<Answer, Progress>, moved: Transferable[] = []): void =>
    scope.postMessage(told, moved);

  const run = async (id: number, request: Request): Promise<void> => {
    const controller = new AbortController();
    const taken = new Map<number, (back: unknown) => void>();
    running.set(id, { controller, taken });
    let parts = 0;
    const progress = (made: Progress): void => tell({ kind: "progress", id, progress: made });
    const handOver = (made: Progress, moved: Transferable[]): Promise<unknown> =>
      new Promise((resolve) => {
        const part = (parts += 1);
        taken.set(part, resolve);
        tell({ kind: "progress", id, progress: made, part }, moved);
      });
    try {
      const made = await answer(request, { signal: controller.signal, progress, handOver });
      tell({ kind: "answer", id, answer: made }, transfer(made));
    } catch (error) {
      tell({ kind: "failed", id, message: messageOf(error) });
    }
    running.delete(id);
  };

  scope.addEventListener("message", ({ data }) => {
    const asked = data as Asked<Request>;
    const known = running.get(asked.id);
    if (asked.kind === "abort") {
      known?.controller.abort();
      for (const resolve of known?.taken.values() ?? []) resolve(undefined);
    } else if (asked.kind === "taken") known?.taken.get(asked.part)?.(asked.back);
    else void run(asked.id, asked.request);
  });
};
