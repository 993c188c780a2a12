import { fileURLToPath } from "node:url";
import type { Browser, Page } from "@playwright/test";
import { build } from "vite";

import type { film, FilmFigures, FilmJob } from "./film.ts";

declare const filmBench: { readonly film: typeof film };

/** The code of the film as one script: the browser that is measured runs it, not Node. */
const bundle = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL("film.ts", import.meta.url)),
        formats: ["iife"],
        name: "filmBench",
      },
    },
  });
  const result = Array.isArray(built) ? built[0] : built;
  if (result === undefined || !("output" in result)) throw new Error("the film was not built");
  return result.output[0].code;
};

/** A page of nothing but the film. */
export const openFilm = async (browser: Browser): Promise<Page> => {
  const page = await browser.newPage();
  await page.addScriptTag({ content: await bundle() });
  return page;
};

export const showFilm = (page: Page, job: FilmJob): Promise<FilmFigures> =>
  page.evaluate((asked) => filmBench.film(asked), job);
