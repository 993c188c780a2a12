import type { Browser, Page } from "@playwright/test";

import { bundle } from "./bundle.ts";
import type { film, FilmFigures, FilmJob } from "./film.ts";

declare const filmBench: { readonly film: typeof film };

/** A page of nothing but the film. */
export const openFilm = async (browser: Browser): Promise<Page> => {
  const page = await browser.newPage();
  await page.addScriptTag({ content: await bundle("film.ts", "filmBench") });
  return page;
};

export const showFilm = (page: Page, job: FilmJob): Promise<FilmFigures> =>
  page.evaluate((asked) => filmBench.film(asked), job);
