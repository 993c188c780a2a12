import type { Result } from "../domain/result.ts";

/** Why the second copy did not take or give bytes; a browser exception ends in the worker as one of these. */
export type SafetyCopyFault =
  | { readonly kind: "no_opfs" }
  | { readonly kind: "busy" }
  | { readonly kind: "quota" }
  /** The file is not as long as the writer believed; nothing was appended. */
  | { readonly kind: "other_size"; readonly size: number }
  /** The copy holds whole records that the database does not; nothing was cut off. */
  | { readonly kind: "differs"; readonly seq: number }
  | { readonly kind: "unknown"; readonly message: string };

export type CopyFile = { readonly name: string; readonly size: number };

/** What `list` found. */
export type ListedCopies = Result<readonly CopyFile[], SafetyCopyFault>;

type CopyResult<T> = Promise<Result<T, SafetyCopyFault>>;

/** Append-only files outside IndexedDB. Every promise resolves after `flush()`, never before. */
export type SafetyCopy = {
  /** Appends when the file is `at` bytes long, 0 for one that is not there yet; `size` is its length afterwards. */
  readonly append: (
    name: string,
    bytes: Uint8Array<ArrayBuffer>,
    at: number,
  ) => CopyResult<{ readonly size: number }>;
  /** The bytes from an offset on; undefined when there is no such file. */
  readonly read: (name: string, from?: number) => CopyResult<Uint8Array<ArrayBuffer> | undefined>;
  /** Cuts the file off after `size` bytes. */
  readonly truncate: (name: string, size: number) => CopyResult<{ readonly size: number }>;
  readonly list: () => Promise<ListedCopies>;
  /** Also answers well when there is no such file. */
  readonly remove: (name: string) => CopyResult<undefined>;
};
