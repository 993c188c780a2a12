import { PrecacheController } from "workbox-precaching";

import { keepShared } from "./share.ts";
import { answerTo, type SwAnswer } from "./sw-routes.ts";

// oxlint-disable-next-line no-underscore-dangle -- the build puts it in place of this word (vite.config.ts)
declare const __UPLOAD_ORIGIN__: string;

type Entry = { readonly url: string; readonly revision: string };

declare const self: ServiceWorkerGlobalScope & {
  /** The build puts every file of this build here (writePrecacheList in vite.config.ts). */
  readonly precacheList: readonly Entry[];
};

const files = new PrecacheController();
files.addToCacheList([...self.precacheList]);

const scope = new URL(self.registration.scope);
const isStored = (address: string): boolean => files.getCacheKeyForURL(address) !== undefined;

/**
 * `ignoreVary`, since servers that answer with `Vary: Origin` would make every module script miss.
 * A browser may drop single files: then the network is asked for the one of the same name.
 */
const serveFile = async (request: Request, address: string): Promise<Response> => {
  const key = files.getCacheKeyForURL(address) ?? address;
  return (await caches.match(key, { ignoreVary: true })) ?? fetch(request);
};

const goTo = (screen: string): Response => Response.redirect(new URL(screen, scope).href, 303);

const respond = async (
  request: Request,
  answer: Exclude<SwAnswer, { kind: "upload" }>,
): Promise<Response> => {
  switch (answer.kind) {
    case "file":
      return serveFile(request, answer.address);
    case "share":
      return goTo(await keepShared(await request.formData(), caches));
    case "home":
      return goTo("./");
    case "network":
      return fetch(request);
    case "refuse":
      return Response.error();
  }
};

self.addEventListener("install", (event) => {
  event.waitUntil(files.install(event)); // one missing file, and the old version stays
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([files.activate(event), self.clients.claim()]));
});

self.addEventListener("fetch", (event) => {
  const answer = answerTo(event.request, scope, isStored, __UPLOAD_ORIGIN__);
  if (answer.kind !== "upload") event.respondWith(respond(event.request, answer)); // the page sends it itself
});

self.addEventListener("message", ({ data }) => {
  const { type } = (data ?? {}) as { readonly type?: unknown };
  if (type === "SKIP_WAITING") void self.skipWaiting();
});
