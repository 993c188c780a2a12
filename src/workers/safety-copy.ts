import { fail, ok, type Result } from "../domain/result.ts";
import { connect, type WorkerEnd } from "./call.ts";

/** `no_opfs`: this browser or window keeps no private files · `busy`: someone held the file for 3 s. */
export type SafetyCopyFault =
  | { readonly kind: "no_opfs" }
  | { readonly kind: "busy" }
  | { readonly kind: "quota" }
  /** The file is not as long as the writer believed; nothing was appended. */
  | { readonly kind: "other_size"; readonly size: number }
  | { readonly kind: "unknown"; readonly message: string };

export type CopyBytes = Uint8Array<ArrayBuffer>;
export type CopyFile = { readonly name: string; readonly size: number };

/** Every request with its own answer; what both sides of the worker share. */
type SafetyCopyCalls = {
  /** At the end; with `at` only when the file is that long, 0 for one that is not there yet. */
  readonly append: (name: string, bytes: CopyBytes, at?: number) => { readonly size: number };
  readonly replace: (name: string, bytes: CopyBytes) => { readonly size: number };
  readonly truncate: (name: string, size: number) => { readonly size: number };
  /** The bytes from an offset on; undefined when there is no such file. */
  readonly read: (name: string, from?: number) => CopyBytes | undefined;
  readonly list: () => readonly CopyFile[];
  readonly remove: (name: string) => undefined;
};

export type SafetyCopyRequest = {
  [Call in keyof SafetyCopyCalls]: {
    readonly call: Call;
    readonly input: Parameters<SafetyCopyCalls[Call]>;
  };
}[keyof SafetyCopyCalls];

export type SafetyCopyAnswer = Result<
  ReturnType<SafetyCopyCalls[keyof SafetyCopyCalls]>,
  SafetyCopyFault
>;

/** The page's side: the same calls, later and fallible. */
export type SafetyCopyClient = {
  readonly [Call in keyof SafetyCopyCalls]: (
    ...input: Parameters<SafetyCopyCalls[Call]>
  ) => Promise<Result<ReturnType<SafetyCopyCalls[Call]>, SafetyCopyFault>>;
};

type Caught = { readonly kind: string; readonly message?: string };

const messageOf = ({ kind, message }: Caught): string => message ?? kind;

/** What was answered is on the disk: the worker flushed it. Bytes are copied, never taken away. */
export const connectSafetyCopy = (start: () => WorkerEnd): SafetyCopyClient => {
  const { call } = connect<SafetyCopyRequest, SafetyCopyAnswer>(start);

  const ask = async <Value>(
    request: SafetyCopyRequest,
  ): Promise<Result<Value, SafetyCopyFault>> => {
    const answered = await call(request);
    if (!answered.ok) return fail({ kind: "unknown", message: messageOf(answered.fault) });
    const { value } = answered;
    return value.ok ? ok(value.value as Value) : value;
  };

  return {
    append: (...input) => ask({ call: "append", input }),
    replace: (...input) => ask({ call: "replace", input }),
    truncate: (...input) => ask({ call: "truncate", input }),
    read: (...input) => ask({ call: "read", input }),
    list: (...input) => ask({ call: "list", input }),
    remove: (...input) => ask({ call: "remove", input }),
  };
};
