import { afterEach, expect, test, vi } from "vitest";

import type { UploadRequest } from "../../src/domain/upload-answer.ts";
import { sendUpload } from "../../src/platform/send-upload.ts";

const request: UploadRequest = {
  address: "https://dav.example.com/a",
  method: "PUT",
  headers: [["Idempotency-Key", "k"]],
  bytes: new Uint8Array([1, 2, 3]),
  timeoutMs: 1000,
};

const never = new AbortController().signal;

afterEach(() => vi.unstubAllGlobals());

test("nothing of the browser goes along, nothing is followed, nothing is kept", async () => {
  const asked: (RequestInit | undefined)[] = [];
  vi.stubGlobal("fetch", async (_address: string, init?: RequestInit) => {
    asked.push(init);
    return new Response(undefined, { status: 204 });
  });
  await sendUpload(request, never, new EventTarget());
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    method: "PUT",
    mode: "cors",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    headers: { "Idempotency-Key": "k" },
  });
});

test("the body of an answer is never touched", async () => {
  const touched = vi.fn<() => void>();
  const answer = { status: 201, headers: new Headers({ "Content-Type": "text/plain" }) };
  const watched = new Proxy(answer, {
    get: (target, name) => {
      if (["body", "text", "json", "blob", "arrayBuffer", "bytes"].includes(String(name)))
        touched();
      return Reflect.get(target, name);
    },
  });
  vi.stubGlobal("fetch", async () => watched);
  expect(await sendUpload(request, never, new EventTarget())).toEqual({
    kind: "answered",
    status: 201,
    contentType: "text/plain",
  });
  expect(touched).not.toHaveBeenCalled();
});

const violation = (blockedURI: string): Event =>
  Object.assign(new Event("securitypolicyviolation"), { blockedURI });

test.each([
  ["https://dav.example.com/a", "policy_forbids"],
  ["https://dav.example.com", "policy_forbids"],
  ["https://other.example/a", "no_answer"],
])("a violation at %s: %s", async (blocked, kind) => {
  const page = new EventTarget();
  vi.stubGlobal("fetch", async () => {
    setTimeout(() => page.dispatchEvent(violation(blocked)), 5); // told after the request failed
    throw new TypeError("Failed to fetch");
  });
  expect(await sendUpload(request, never, page)).toEqual({ kind });
});

test("one that was broken off before it began asks nothing", async () => {
  const fetched = vi.fn<() => Promise<Response>>(async () => {
    throw new DOMException("aborted", "AbortError");
  });
  vi.stubGlobal("fetch", fetched);
  expect(await sendUpload(request, AbortSignal.abort(), new EventTarget())).toBeUndefined();
});
