/** One request to the merchant's own storage; nothing else of the app ever asks another host. */
export type UploadRequest = {
  readonly address: string;
  readonly method: "PUT" | "POST";
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly timeoutMs: number;
};

/** What came back; of an answer only its head is read. */
export type UploadAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly contentType: string;
      /** How long the server asks to be left alone. */
      readonly retryAfterMs?: number;
    }
  /** No network, no such host, a wrong certificate, a redirect, or a server that does not let this page ask: browsers do not tell which. */
  | { readonly kind: "no_answer" }
  | { readonly kind: "timed_out" }
  /** The page's own policy (connect-src) forbids the address. */
  | { readonly kind: "policy_forbids" };

/** Why a file is not there yet; every one has its own sentence and what to do. */
export type UploadProblem =
  | {
      readonly kind:
        | "no_answer"
        | "timed_out"
        | "policy_forbids"
        | "address_missing"
        | "batch_recalled"
        | "outdated"
        | "file_gone";
    }
  | {
      readonly kind:
        | "strange"
        | "busy"
        | "not_allowed"
        | "not_found"
        | "no_folder"
        | "too_large"
        | "storage_full"
        | "refused";
      readonly status: number;
    };

/** What follows from an answer. */
export type Verdict =
  | { readonly kind: "sent"; readonly status: number }
  | { readonly kind: "again"; readonly problem: UploadProblem; readonly afterMs?: number }
  | { readonly kind: "stop"; readonly problem: UploadProblem };

type Stop = Extract<Verdict, { kind: "stop" }>;

const stop =
  (kind: "not_allowed" | "not_found" | "too_large" | "storage_full" | "refused") =>
  (status: number): Stop => ({ kind: "stop", problem: { kind, status } });

/** Answers that stay the same until a person has changed something. */
const stops: Readonly<Record<number, (status: number) => Stop>> = {
  401: stop("not_allowed"),
  403: stop("not_allowed"),
  404: stop("not_found"),
  410: stop("not_found"),
  413: stop("too_large"),
  507: stop("storage_full"),
};

const askedToWait: ReadonlySet<number> = new Set([408, 425, 429]);

/** A page where a receipt was expected: a login page of a Wi-Fi, of a proxy or of the storage itself. */
const isPage = (contentType: string): boolean => /\b(?:html|xhtml)\b/i.test(contentType);

type Answered = Extract<UploadAnswer, { kind: "answered" }>;

const isTaken = ({ status, contentType }: Answered, accepts: readonly number[]): boolean =>
  accepts.includes(status) && !isPage(contentType);

const judgeStatus = (answer: Answered): Verdict => {
  const { status, retryAfterMs } = answer;
  const after = retryAfterMs === undefined ? {} : { afterMs: retryAfterMs };
  if (status < 400) return { kind: "again", problem: { kind: "strange", status }, ...after };
  if (status === 409) return { kind: "again", problem: { kind: "no_folder", status }, ...after };
  const stopped = stops[status];
  if (stopped !== undefined) return stopped(status);
  return status >= 500 || askedToWait.has(status)
    ? { kind: "again", problem: { kind: "busy", status }, ...after }
    : stop("refused")(status);
};

/** Only an answer that was agreed on counts as sent; whatever else came is tried again or waits for a person. */
export const judgeAnswer = (answer: UploadAnswer, accepts: readonly number[]): Verdict => {
  switch (answer.kind) {
    case "no_answer":
    case "timed_out":
      return { kind: "again", problem: { kind: answer.kind } };
    case "policy_forbids":
      return { kind: "stop", problem: { kind: answer.kind } };
    case "answered":
      return isTaken(answer, accepts)
        ? { kind: "sent", status: answer.status }
        : judgeStatus(answer);
  }
};
