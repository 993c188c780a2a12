/** One thing that happened to the money of a refund: a step of ours, or what somebody told (refundlog.md §5.3). */
export type Step =
  | { readonly kind: "set"; readonly seq: number; readonly to: string }
  | {
      readonly kind: "result";
      readonly seq: number;
      readonly to: string;
      /** Seconds: time of the evidence, else of the record. */
      readonly at: number;
      readonly hash: string;
    };

type Result = Extract<Step, { kind: "result" }>;

const classes: ReadonlyMap<string, number> = new Map([
  ["reversed", 3],
  ["succeeded", 2],
  ["failed", 1],
  ["closed", 1],
  ["processing", 0],
  ["needs_action", 0],
  ["unknown", 0],
  ["abnormal", 0],
]);

/** Class of a result; undefined for states that only our own steps reach. */
export const classOf = (money: string): number | undefined => classes.get(money);

/** The acquirer cannot know of a refund in these states. */
export const isAtHome = (money: string): boolean =>
  money === "pending_approval" || money === "ready" || money === "withdrawn";

const isLater = (next: Result, known: Result): boolean =>
  next.at > known.at || (next.at === known.at && next.hash > known.hash);

const wins = (money: string, next: Result, known: Result | undefined): boolean => {
  const rank = classOf(next.to) ?? 0;
  if (isAtHome(money)) return rank >= 2;
  const standing = known === undefined ? 0 : (classOf(known.to) ?? 0);
  if (rank !== standing) return rank > standing;
  return rank === 0 || known === undefined || isLater(next, known);
};

/** Money state after all steps: results are joined by class, our own steps never override a final one. */
export const foldMoney = (start: string, steps: readonly Step[]): string => {
  let money = start;
  let joined: Result | undefined;
  for (const step of steps) {
    if (step.kind === "set") {
      if (joined === undefined || (classOf(joined.to) ?? 0) === 0) money = step.to;
    } else if (wins(money, step, joined)) {
      money = step.to;
      joined = step;
    }
  }
  return money;
};

/** States in which the amount counts against the payment. */
export const countsAgainst = (money: string): boolean =>
  !["failed", "closed", "reversed", "withdrawn"].includes(money);
