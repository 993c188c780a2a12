import { exponentOf, type Currency } from "../currency.ts";
import { salesNeeded, type Usual } from "./usual.ts";

/** Why a payment looks like too much (refund-model.md §10). */
export type OverpayFactor = "x10" | "x100" | "pin" | "dup" | "outlier";

/** What makes a payment look like a mistake; what was meant is not always known. */
export type Suspicion = { readonly factor: OverpayFactor; readonly likelyMinor?: number };

/**
 * The thresholds of refund-model.md §10, and three that are stricter: what was paid before is no slip of the finger, and
 * without `clear` and `paired` every hundredth payment of a shop with large and small sales would be called a mistake, and
 * every second bun of a busy one.
 */
export const overpayRules = {
  /** What so many of the last sales cost counts as a price. */
  priced: 3,
  /** Per cent of the last sales between which an amount is usual, and above which it is rare. */
  usual: [5, 95],
  rare: 99,
  /** Without a price to go by, an amount is this many times what is rare already. */
  clear: 2,
  /** Times the middle one of the last sales. */
  far: 8,
  pinDigits: 6,
  dupSeconds: 120,
  /** Of one terminal: the same amount so often among the last sales at most, the first of the two included. */
  paired: 1,
} as const;

const factors = [
  ["x100", 100],
  ["x10", 10],
] as const;

type Factored = Required<Suspicion>;

/** What the amount would be with the decimal point where it may belong. */
const shifted = (minor: number): readonly Factored[] =>
  factors
    .filter(([, by]) => minor % by === 0)
    .map(([factor, by]) => ({ factor, likelyMinor: minor / by }));

/** A price of the shop, ten or a hundred times over; of two the one that is paid more often. */
const findPriced = (minor: number, usual: Usual): Factored | undefined =>
  shifted(minor)
    .filter(({ likelyMinor }) => usual.seen(likelyMinor) >= overpayRules.priced)
    .reduce<Factored | undefined>(
      (best, one) =>
        best !== undefined && usual.seen(best.likelyMinor) >= usual.seen(one.likelyMinor)
          ? best
          : one,
      undefined,
    );

const findUsual = (minor: number, usual: Usual): Factored | undefined => {
  const [low, high] = overpayRules.usual.map(usual.percentile);
  return shifted(minor).find(
    ({ likelyMinor }) => likelyMinor >= (low ?? 0) && likelyMinor <= (high ?? 0),
  );
};

/** Whole units of exactly six digits: somebody typed the PIN where the amount belongs. */
const isPin = (minor: number, currency: Currency): boolean => {
  const unit = 10 ** exponentOf(currency);
  return minor % unit === 0 && String(minor / unit).length === overpayRules.pinDigits;
};

/** Why an amount is a mistake beside the last sales, if it is; where they are too few nobody can tell. */
export const suspectAmount = (
  minor: number,
  currency: Currency,
  usual: Usual,
): Suspicion | undefined => {
  const rare = usual.percentile(overpayRules.rare);
  if (usual.size() < salesNeeded || minor <= rare || usual.seen(minor) > 0) return undefined;
  const priced = findPriced(minor, usual);
  if (priced !== undefined || minor <= overpayRules.far * usual.percentile(50)) return priced;
  if (isPin(minor, currency)) return { factor: "pin" };
  if (minor <= overpayRules.clear * rare) return undefined;
  return findUsual(minor, usual) ?? { factor: "outlier" };
};
