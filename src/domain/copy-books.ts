import type { Books } from "./books.ts";

/** Books that stay as they are while others go on; rows are never changed in place, so they are shared. */
export const copyBooks = (books: Books): Books => ({
  home: books.home,
  formers: books.formers,
  devices: new Map(books.devices),
  payments: new Map(books.payments),
  sameAs: new Map(books.sameAs),
  cases: new Map(books.cases),
  caseOf: new Map(books.caseOf),
  refusals: new Map(books.refusals),
  batches: new Map(books.batches),
  staff: new Map(books.staff),
  policies: new Map(books.policies),
  imports: new Map(books.imports),
  exports: new Map(books.exports),
  claims: new Map(books.claims),
  acks: new Map(books.acks),
  witnessed: new Map(books.witnessed),
  tales: new Map(books.tales),
  waiting: new Map(books.waiting),
});
