import type { Fact, FactOf } from "./fact.ts";

/** What an `erase` record may take away of a record, and what it may not. */
export type Erasable = {
  /** Digest of a carried `cust`. */
  readonly cust: string | undefined;
  /** Digest of a `det` that is withheld, so that what it names is unknown. */
  readonly withheld: string | undefined;
  /** Digests that `det` names beside `ctx`: what may be erased. */
  readonly personal: readonly string[];
  /** Attachments named in `det`, which nobody may erase. */
  readonly evidence: readonly string[];
};

const nothing: readonly string[] = [];

const evidenceIn = ({ det }: Fact): readonly string[] =>
  det !== undefined && "ev" in det ? (det.ev ?? nothing).map(({ sha256 }) => sha256) : nothing;

/** What of a record is personal and what is not. */
export const erasableIn = (fact: Fact): Erasable => {
  const { det, ctx, cust, below } = fact.digests;
  const personal = below.filter((digest) => digest !== ctx && digest !== det);
  return {
    cust,
    withheld: below.length === 0 ? det : undefined,
    personal: personal.length === 0 ? nothing : personal,
    evidence: evidenceIn(fact),
  };
};

/** Whether nothing but `cust` of a record and what it names would go (refundlog.md §10). */
export const mayErase = (
  { d = [], a = [] }: FactOf<"erase">["core"],
  { withheld, personal, evidence }: Erasable,
): boolean =>
  d.every((digest) => (withheld === undefined ? personal.includes(digest) : digest !== withheld)) &&
  !a.some((digest) => evidence.includes(digest));
