import type { OurAttempt } from "./our-attempt.ts";
import type { TheirRefund } from "./their-refund.ts";
import { bearsItsNumber, ways, type Way } from "./ways.ts";

/** Which refunds of the files are which attempts; `unmatched` are those of the files that nobody recorded here. */
export type Links = {
  readonly byAttempt: ReadonlyMap<OurAttempt, readonly TheirRefund[]>;
  readonly unmatched: readonly TheirRefund[];
};

type Linked = Map<OurAttempt, readonly TheirRefund[]>;

const byNumber = (attempts: readonly OurAttempt[], { ofAttempt }: Way) => {
  const found = new Map<string, OurAttempt[]>();
  for (const attempt of attempts)
    for (const number of new Set(ofAttempt(attempt))) {
      const known = found.get(number);
      if (known === undefined) found.set(number, [attempt]);
      else known.push(attempt);
    }
  return found;
};

/** The one attempt that a refund fits, if it is one. */
const onlyFitting = (
  theirs: TheirRefund,
  { ofTheirs, fits }: Way,
  free: ReadonlyMap<string, readonly OurAttempt[]>,
  taken: (attempt: OurAttempt) => boolean,
): OurAttempt | undefined => {
  const near = new Set(ofTheirs(theirs).flatMap((number) => free.get(number) ?? []));
  const fitting = [...near].filter((attempt) => !taken(attempt) && fits(attempt, theirs));
  return fitting.length === 1 ? fitting[0] : undefined;
};

/**
 * Links what fits one attempt only, again until nothing is added, as each link may settle which attempt another refund
 * is. So the same attempts end up linked whatever came first, and what stays open between several is left to a person.
 */
const linkBy = (
  way: Way,
  theirs: readonly TheirRefund[],
  { attempts, linked }: { readonly attempts: readonly OurAttempt[]; readonly linked: Linked },
): readonly TheirRefund[] => {
  const free = byNumber(
    attempts.filter((attempt) => !linked.has(attempt)),
    way,
  );
  let open = theirs;
  for (;;) {
    const rest = open.filter((one) => {
      const attempt = onlyFitting(one, way, free, (known) => linked.has(known));
      if (attempt !== undefined) linked.set(attempt, [one]);
      return attempt === undefined;
    });
    if (rest.length === open.length) return rest;
    open = rest;
  }
};

/** Every further refund under a number that is linked already: the acquirer paid it more than once. */
const addRepeated = (theirs: readonly TheirRefund[], linked: Linked): readonly TheirRefund[] => {
  const byRefundNo = byNumber([...linked.keys()], ways[0]);
  return theirs.filter((one) => {
    const [attempt] = byRefundNo.get(one.refundNo ?? "") ?? [];
    if (attempt === undefined || !ways[0].fits(attempt, one)) return true;
    const known = linked.get(attempt) ?? [];
    if (known[0] === undefined || !bearsItsNumber(attempt, known[0])) return true;
    linked.set(attempt, [...known, one]);
    return false;
  });
};

/** Finds the attempt of every refund in the files, way by way, never by its amount alone (X24). */
export const matchRefunds = (
  attempts: readonly OurAttempt[],
  theirs: readonly TheirRefund[],
): Links => {
  const linked: Linked = new Map();
  let open = theirs;
  for (const way of ways) open = linkBy(way, open, { attempts, linked });
  return { byAttempt: linked, unmatched: addRepeated(open, linked) };
};
