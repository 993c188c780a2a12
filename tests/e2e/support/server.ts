import { fileURLToPath } from "node:url";
import { preview } from "vite";

/** Serves one build at one address; it may go away and come back, the address is part of where data lives. */
export type AppServer = {
  readonly url: string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Paths that were asked for, in order; a request that a cache answered is not among them. */
  readonly asked: string[];
};

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The build under test: `dist/`, or another folder named by DIST. */
export const builtFolder = process.env["DIST"] ?? "dist";

/** Serves a build with the real headers on a port of its own; stop() also cuts open connections, so that offline is offline. */
export const startServer = async (port: number, outDir = builtFolder): Promise<AppServer> => {
  const { httpServer } = await preview({
    root,
    configFile: `${root}/vite.config.ts`,
    logLevel: "error",
    build: { outDir },
    preview: { port, strictPort: true, open: false },
  });
  const asked: string[] = [];
  httpServer.prependListener("request", ({ url = "" }: { readonly url?: string }) =>
    asked.push(url),
  );
  const address = httpServer.address();
  const host = typeof address === "object" && address !== null ? address.address : "localhost";
  return {
    url: `http://localhost:${port}/`,
    asked,
    start: () =>
      httpServer.listening
        ? Promise.resolve()
        : new Promise((resolve) => httpServer.listen(port, host, () => resolve())),
    stop: () =>
      new Promise((resolve) => {
        if (!httpServer.listening) return resolve();
        httpServer.close(() => resolve());
        if ("closeAllConnections" in httpServer) httpServer.closeAllConnections();
      }),
  };
};
