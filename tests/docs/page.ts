import { readdirSync, readFileSync } from "node:fs";

export const docsFolder = "public/docs";

/** Every page of the documents, from the repository's root. */
export const pages: readonly string[] = readdirSync(docsFolder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".html"))
  .map((name) => `${docsFolder}/${name}`)
  .sort();

export const readText = (path: string): string => readFileSync(path, "utf8");

const read = new Map<string, Document>();

/** A page as browsers see it; needs the happy-dom environment. */
export const readPage = (path: string): Document => {
  const page = read.get(path) ?? new DOMParser().parseFromString(readText(path), "text/html");
  read.set(path, page);
  return page;
};

const get = (page: Document, id: string): Element => {
  const element = page.getElementById(id);
  if (element === null) throw new Error(`no element #${id}`);
  return element;
};

/** The text inside an element of the page. */
export const textOf = (page: Document, id: string): string => get(page, id).textContent;

/** The body rows of the table that stands under a heading. */
export const rowsUnder = (page: Document, id: string): readonly (readonly Element[])[] => {
  const found = get(page, id);
  let at: Element | null = found;
  while (at !== null && at.querySelector("tbody") === null) at = at.nextElementSibling;
  return Array.from(at?.querySelectorAll("tbody tr") ?? [], (row) => Array.from(row.children));
};

export const codesIn = (cell: Element | undefined): readonly string[] =>
  Array.from(cell?.querySelectorAll("code") ?? [], (code) => code.textContent);
