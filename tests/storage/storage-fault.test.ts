import { describe, expect, it } from "vitest";
import { storageFault } from "../../src/storage/storage-fault.ts";

const named = (name: string, message = "", over: object = {}): Error =>
  Object.assign(new Error(message), { name, ...over });

describe("rel-S10 what a browser or Dexie throws, in our words", () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    [
      "a full disk inside an abort",
      named("AbortError", "", { inner: named("QuotaExceededError") }),
      "quota",
    ],
    ["a full disk told directly", new DOMException("", "QuotaExceededError"), "quota"],
    [
      "a lost server of iOS",
      named(
        "UnknownError",
        "Connection to Indexed Database server lost. Refresh the page to try again",
      ),
      "closed",
    ],
    [
      "a closing connection",
      new DOMException("The database connection is closing.", "InvalidStateError"),
      "closed",
    ],
    ["a closed database", named("DatabaseClosedError", "Database has been closed"), "closed"],
    ["an abort without a cause", named("AbortError"), "closed"],
    [
      "a failed opening",
      named("OpenFailedError", "", { inner: named("VersionError") }),
      "newer_schema",
    ],
    [
      "a damaged folder",
      named("UnknownError", "Internal error opening backing store for indexedDB.open."),
      "corrupt",
    ],
    ["a damaged file", named("UnknownError", "Seek failure, unable to continue"), "corrupt"],
    ["a key that cannot be stored", new DOMException("", "DataCloneError"), "clone"],
    [
      "a number given twice",
      named("BulkError", "", { failures: [named("ConstraintError")] }),
      "constraint",
    ],
    ["anything else", named("TypeError", "what"), "unknown"],
    ["not even an error", undefined, "unknown"],
  ];
  for (const [name, error, kind] of cases)
    it(`${name} is ${kind}`, () => {
      expect(storageFault(error).kind).toBe(kind);
    });
});
