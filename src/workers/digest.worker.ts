import { serve } from "./call.ts";
import { serveDigests } from "./digests.ts";

declare const self: DedicatedWorkerGlobalScope;

/** Serves one port until the page ends the call. */
serve<MessagePort, undefined>(
  self,
  (port, { signal }) =>
    new Promise((resolve) => {
      serveDigests(port, signal);
      signal.addEventListener("abort", () => resolve(undefined));
    }),
);
