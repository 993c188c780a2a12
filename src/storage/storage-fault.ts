import type { Database } from "./database.ts";
import { fail, type Result } from "../domain/result.ts";

/** What a database may answer besides rows (rel-S10). */
export type StorageFault =
  | { readonly kind: "quota" }
  | { readonly kind: "closed" }
  | { readonly kind: "corrupt"; readonly message: string }
  | { readonly kind: "newer_schema" }
  | { readonly kind: "clone" }
  | { readonly kind: "constraint" }
  | { readonly kind: "unknown"; readonly message: string };

type Facts = { readonly name: string; readonly message: string; readonly inside: unknown };

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const factsOf = (error: unknown): Facts => {
  if (typeof error !== "object" || error === null)
    return { name: "", message: textOf(error), inside: undefined };
  const read = (name: string): unknown => Reflect.get(error, name);
  const failures = read("failures");
  return {
    name: textOf(read("name")),
    message: textOf(read("message")),
    inside: read("inner") ?? (Array.isArray(failures) ? (failures[0] as unknown) : undefined),
  };
};

const byName: Readonly<Record<string, StorageFault>> = {
  QuotaExceededError: { kind: "quota" },
  DatabaseClosedError: { kind: "closed" },
  DatabaseClosed: { kind: "closed" },
  InvalidStateError: { kind: "closed" },
  // without a cause inside: the browser let the connection go
  AbortError: { kind: "closed" },
  TransactionInactiveError: { kind: "closed" },
  VersionError: { kind: "newer_schema" },
  DataCloneError: { kind: "clone" },
  ConstraintError: { kind: "constraint" },
};

/** Errors that only wrap what really happened. */
const wrappers: ReadonlySet<string> = new Set([
  "AbortError",
  "BulkError",
  "ModifyError",
  "OpenFailedError",
]);

const byMessage = ({ message }: Facts): StorageFault => {
  if (/connection.*(lost|clos)|database.*clos/i.test(message)) return { kind: "closed" };
  if (/quota/i.test(message)) return { kind: "quota" };
  if (/backing store|seek failure|corrupt|unable to continue/i.test(message))
    return { kind: "corrupt", message };
  return { kind: "unknown", message };
};

/** Says in our words what a browser or Dexie threw; a full disk shows only as an abort with the cause inside. */
export const storageFault = (error: unknown): StorageFault => {
  const facts = factsOf(error);
  if (wrappers.has(facts.name) && facts.inside !== undefined) return storageFault(facts.inside);
  return byName[facts.name] ?? byMessage(facts);
};

const attempts = 3;

const reopen = async (db: Database): Promise<void> => {
  db.close();
  await db.open();
};

/** Runs work on the database; a lost connection is opened again, at most three times, unless another window upgraded. */
export const withReopening = async <T, F>(
  db: Database,
  work: () => Promise<Result<T, F>>,
): Promise<Result<T, F | StorageFault>> => {
  for (let tries = 1; ; tries++) {
    if (db.superseded) return fail({ kind: "newer_schema" });
    try {
      if (tries > 1) await reopen(db);
      return await work();
    } catch (error) {
      const fault = storageFault(error);
      if (fault.kind !== "closed" || tries > attempts) return fail(fault);
    }
  }
};
