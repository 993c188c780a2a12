import { fileURLToPath } from "node:url";
import { preview } from "vite";

export type AppServer = { readonly url: string; readonly stop: () => Promise<void> };

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Serves dist/ with the real headers on a port of its own; stop() also cuts open connections, so that offline is offline. */
export const startServer = async (port: number, outDir = "dist"): Promise<AppServer> => {
  const server = await preview({
    root,
    configFile: `${root}/vite.config.ts`,
    logLevel: "error",
    build: { outDir },
    preview: { port, strictPort: true, open: false },
  });
  return {
    url: `http://localhost:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.httpServer.close(() => resolve());
        if ("closeAllConnections" in server.httpServer) server.httpServer.closeAllConnections();
      }),
  };
};
