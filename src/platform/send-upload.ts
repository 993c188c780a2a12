import type { UploadAnswer, UploadRequest } from "../domain/upload-answer.ts";

/** Where a page tells that its own policy forbade something. */
type Page = Pick<EventTarget, "addEventListener" | "removeEventListener">;

/** The violation is told a moment after the request failed. */
const violationMs = 50;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const originOf = (address: string): string => new URL(address).origin;

/** Hears whether the page's policy forbids an address; the browser tells the request itself nothing of it. */
const watchPolicy = (page: Page, address: string) => {
  let forbidden = false;
  const onViolation = (event: Event): void => {
    const { blockedURI = "" } = event as Partial<SecurityPolicyViolationEvent>;
    if (blockedURI.startsWith(originOf(address))) forbidden = true;
  };
  page.addEventListener("securitypolicyviolation", onViolation);
  return {
    isForbidden: async (): Promise<boolean> => {
      if (!forbidden) await wait(violationMs);
      return forbidden;
    },
    end: () => page.removeEventListener("securitypolicyviolation", onViolation),
  };
};

const longestWaitMs = 86_400_000;

/** `Retry-After` as seconds or as a date (RFC 9110 §10.2.3). */
const readRetryAfter = (text: string | null): number | undefined => {
  if (text === null) return undefined;
  const ms = /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestWaitMs) : undefined;
};

const readHead = ({ status, headers }: Response): UploadAnswer => {
  const retryAfterMs = readRetryAfter(headers.get("Retry-After"));
  return {
    kind: "answered",
    status,
    contentType: headers.get("Content-Type") ?? "",
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
};

const late = "late";

/** Nothing of this browser goes along, nothing is followed, nothing is kept. */
const strictly = {
  mode: "cors",
  credentials: "omit",
  redirect: "error",
  referrerPolicy: "no-referrer",
  cache: "no-store",
} as const satisfies RequestInit;

/**
 * Sends a file and reads the head of the answer alone: its body is thrown away unread, however long it is. Undefined when it
 * was broken off by `cancel`.
 */
export const sendUpload = async (
  { address, method, headers, bytes, timeoutMs }: UploadRequest,
  cancel: AbortSignal,
  page: Page,
): Promise<UploadAnswer | undefined> => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(late), timeoutMs);
  const onCancel = (): void => stop.abort();
  cancel.addEventListener("abort", onCancel);
  if (cancel.aborted) stop.abort();
  const policy = watchPolicy(page, address);
  try {
    const { signal } = stop;
    const sent = { ...strictly, method, headers: Object.fromEntries(headers), body: bytes, signal };
    return readHead(await fetch(address, sent));
  } catch {
    if (cancel.aborted) return undefined;
    if (stop.signal.reason === late) return { kind: "timed_out" };
    return { kind: (await policy.isForbidden()) ? "policy_forbids" : "no_answer" };
  } finally {
    clearTimeout(timer);
    cancel.removeEventListener("abort", onCancel);
    policy.end();
    stop.abort();
  }
};
