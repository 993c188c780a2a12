import { fail, ok } from "../../src/domain/result.ts";
import type { SafetyCopy, SafetyCopyFault } from "../../src/storage/safety-copy.ts";

/** A safety copy in memory that a test may damage; `fault` is answered instead of working while it is set. */
export type MemorySafetyCopy = SafetyCopy & {
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  fault: SafetyCopyFault | undefined;
};

const joined = (one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> => {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
};

/** An empty one. */
export const memorySafetyCopy = (): MemorySafetyCopy => {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const copy: MemorySafetyCopy = {
    files,
    fault: undefined,
    append: async (name, bytes, at) => {
      if (copy.fault !== undefined) return fail(copy.fault);
      const size = files.get(name)?.length ?? 0;
      if (size !== at) return fail({ kind: "other_size", size });
      const grown = joined(files.get(name) ?? new Uint8Array(), bytes);
      files.set(name, grown);
      return ok({ size: grown.length });
    },
    read: async (name, from = 0) => {
      if (copy.fault !== undefined) return fail(copy.fault);
      return ok(files.get(name)?.slice(from));
    },
    truncate: async (name, size) => {
      if (copy.fault !== undefined) return fail(copy.fault);
      files.set(name, (files.get(name) ?? new Uint8Array()).slice(0, size));
      return ok({ size });
    },
    remove: async (name) => {
      if (copy.fault !== undefined) return fail(copy.fault);
      files.delete(name);
      return ok(undefined);
    },
    list: async () => {
      if (copy.fault !== undefined) return fail(copy.fault);
      return ok([...files].map(([name, bytes]) => ({ name, size: bytes.length })));
    },
  };
  return copy;
};
