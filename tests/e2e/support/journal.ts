import type { App } from "./app.ts";

/** Every row of a store of the real shop, as the browser keeps it. */
export const rowsOf = <Row>(app: App, store: "records" | "cases" | "payments" | "batches") =>
  app.page.evaluate(
    (name) =>
      new Promise<readonly Row[]>((resolve, reject) => {
        const request = indexedDB.open("refund-desk");
        request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB")));
        request.addEventListener("success", () => {
          const all = request.result.transaction(name).objectStore(name).getAll();
          all.addEventListener("success", () => {
            request.result.close();
            resolve(all.result as Row[]);
          });
        });
      }),
    store,
  );

type Kept = { readonly seq: number; readonly kind: string };

/** The kinds of all records in their order. */
export const kindsOf = async (app: App): Promise<readonly string[]> =>
  [...(await rowsOf<Kept>(app, "records"))].sort((a, b) => a.seq - b.seq).map(({ kind }) => kind);

/** How many refunds stand in the journal. */
export const refundsIn = async (app: App): Promise<number> =>
  (await kindsOf(app)).filter((kind) => kind === "refund").length;

/** How many drafts lie in their database; a tap reaches it within a second. */
export const keptDrafts = (app: App): Promise<number> =>
  app.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const request = indexedDB.open("refund-desk-drafts");
        request.addEventListener("success", () => {
          const db = request.result;
          const count = db.transaction("drafts").objectStore("drafts").count();
          count.addEventListener("success", () => {
            resolve(count.result);
            db.close();
          });
        });
      }),
  );
