/** How sure a fact is: official document, page of the portal, public code, trade page, confirmed by the merchant, or nobody. */
export const factLevels = ["doc", "page", "code", "trade", "merchant", "unverified"] as const;

export type FactLevel = (typeof factLevels)[number];

/** A fact with where it was read; a source is a document's name or address, never opened by the app. */
export type Fact = { readonly level: FactLevel; readonly source?: string };

const readIn =
  (level: FactLevel) =>
  (source: string): Fact => ({ level, source });

/** Facts by how sure they are, each with its document. */
export const doc = readIn("doc");
export const page = readIn("page");
export const code = readIn("code");
export const trade = readIn("trade");
export const unverified = readIn("unverified");

const confirmed: ReadonlySet<FactLevel> = new Set(["doc", "page", "merchant"]);

/** Whether an official document, a page or the merchant says so; public code and trade pages confirm nothing. */
export const isConfirmed = ({ level }: Fact): boolean => confirmed.has(level);
