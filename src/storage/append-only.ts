import type { DBCore, DBCoreMutateRequest, DBCoreTable, Transaction } from "dexie";
import type { RecordRow } from "./rows.ts";

/** Whether a row may stand where another one stood. */
type MayFollow = (before: RecordRow | undefined, after: RecordRow) => boolean;

const permissions = new WeakMap<object, "repair" | MayFollow>();

/** Lets one transaction replace damaged records by the bytes of the safety copy; nothing else may. */
export const permitRepair = (transaction: Transaction): void => {
  permissions.set(transaction.idbtrans, "repair");
};

/** Lets one transaction put a record without what was erased of it in its place, and nothing else (rel-S7). */
export const permitErasure = (transaction: Transaction, mayFollow: MayFollow): void => {
  permissions.set(transaction.idbtrans, mayFollow);
};

const isPermitted = async (table: DBCoreTable, request: DBCoreMutateRequest): Promise<boolean> => {
  const permission = permissions.get(request.trans);
  if (permission === undefined || permission === "repair") return permission !== undefined;
  if (request.type !== "put") return false;
  const rows = request.values as readonly RecordRow[];
  const keys = rows.map(({ device, seq }) => [device, seq]);
  const before: readonly (RecordRow | undefined)[] = await table.getMany({
    trans: request.trans,
    keys,
  });
  return rows.every((row, index) => permission(before[index], row));
};

const guarded = (table: DBCoreTable): DBCoreTable => ({
  ...table,
  mutate: async (request) => {
    if (request.type !== "add" && !(await isPermitted(table, request)))
      throw new Error(`records are append-only: ${request.type} refused`);
    return table.mutate(request);
  },
});

/** Refuses whatever would change or delete a record. */
export const appendOnly = (core: DBCore): DBCore => ({
  ...core,
  table: (name) => (name === "records" ? guarded(core.table(name)) : core.table(name)),
});
