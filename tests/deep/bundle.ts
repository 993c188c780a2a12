import { fileURLToPath } from "node:url";
import { build } from "vite";

/** A module of this folder as one script, its exports under a name: the browser that is measured runs it, not Node. */
export const bundle = async (module: string, name: string): Promise<string> => {
  const entry = fileURLToPath(new URL(module, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, lib: { entry, formats: ["iife"], name } },
  });
  const result = Array.isArray(built) ? built[0] : built;
  if (result === undefined || !("output" in result)) throw new Error(`${module} was not built`);
  return result.output[0].code;
};
