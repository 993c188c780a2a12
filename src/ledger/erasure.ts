import type { DeviceId, Hash } from "../domain/ids.ts";
import { decodeBase64url } from "./base64url.ts";
import { readUtf8 } from "./canonical.ts";
import { parseDisclosure } from "./disclosure.ts";
import type { SignedRecord } from "./record.ts";

/** What one `erase` record takes away of an earlier record, of its own chain or of another (refundlog.md §10). */
export type Erasure = {
  /** Whose chain says so. */
  readonly by: DeviceId;
  /** Whose record it is. */
  readonly device: DeviceId;
  readonly seq: number;
  readonly disclosures: readonly Hash[];
  readonly files: readonly Hash[];
};

type Claims = {
  readonly dev?: DeviceId;
  readonly ref?: number;
  readonly d?: readonly Hash[];
  readonly a?: readonly Hash[];
};

/** Reads a checked `erase` record; undefined for every other kind. */
export const erasureIn = ({ kind, device, jwt }: SignedRecord): Erasure | undefined => {
  if (kind !== "erase") return undefined;
  const payload = readUtf8(decodeBase64url(jwt.split(".")[1] ?? "") ?? new Uint8Array());
  const { dev = device, ref, d = [], a = [] } = JSON.parse(payload ?? "{}") as Claims;
  return ref === undefined
    ? undefined
    : { by: device, device: dev, seq: ref, disclosures: d, files: a };
};

/** Digests that are erased, by `device:seq` of the record that named them. */
export type Erased = ReadonlyMap<string, ReadonlySet<string>>;

const placeOf = ({ device, seq }: Pick<SignedRecord, "device" | "seq">): string =>
  `${device}:${seq}`;

/** Gathers the digests of several erasures. */
export const erasedBy = (
  erasures: readonly Pick<Erasure, "device" | "seq" | "disclosures">[],
): Erased => {
  const erased = new Map<string, Set<string>>();
  for (const one of erasures) {
    const known = erased.get(placeOf(one)) ?? new Set();
    for (const digest of one.disclosures) known.add(digest);
    erased.set(placeOf(one), known);
  }
  return erased;
};

/** Everything that the `erase` records among some records take away. */
export const erasuresIn = (records: Iterable<SignedRecord>): readonly Erasure[] =>
  [...records].flatMap((record) => erasureIn(record) ?? []);

/** Every attachment that a record names in what it carries. */
export const filesIn = ({ disclosures }: SignedRecord): readonly Hash[] =>
  disclosures
    .flatMap((text) => {
      const parsed = parseDisclosure(text);
      const files = parsed.ok ? parsed.value.value["ev"] : undefined;
      return Array.isArray(files) ? (files as readonly { readonly sha256: Hash }[]) : [];
    })
    .map(({ sha256 }) => sha256);

const isCustomer = (text: string, digests: ReadonlySet<string>): boolean => {
  const parsed = parseDisclosure(text);
  return parsed.ok && parsed.value.name === "cust" && digests.has(parsed.value.digest);
};

/** A record without anything that it says of a person, or that cannot be read. */
export const withoutCustomer = <R extends SignedRecord>(record: R): R => ({
  ...record,
  disclosures: record.disclosures.filter((text) => {
    const parsed = parseDisclosure(text);
    return parsed.ok && parsed.value.name !== "cust";
  }),
});

/** A record without its erased `cust`; nothing else is ever taken off, whatever an `erase` record names. */
export const withoutErased = <R extends SignedRecord>(record: R, erased: Erased): R => {
  const digests = erased.get(placeOf(record));
  if (digests === undefined) return record;
  const disclosures = record.disclosures.filter((text) => !isCustomer(text, digests));
  return disclosures.length === record.disclosures.length ? record : { ...record, disclosures };
};
