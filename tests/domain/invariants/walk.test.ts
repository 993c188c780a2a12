import { beforeAll, describe, expect, it } from "vitest";
import * as balance from "./check-balance.ts";
import type { Check } from "./check-balance.ts";
import * as rules from "./check-rules.ts";
import * as track from "./check-track.ts";
import { isDeep, seed } from "../../support/deep.ts";
import { showShortest, survey, type Survey } from "./survey.ts";

/** What holds after every step of every walk (refund-model.md §12). */
const invariants = {
  "invariant 1: X2 X7 X11 R17 no payment promises more than is left, and an excess that evidence shows is flagged":
    balance.balance,
  "invariant 2: X2 X21 R17 no line of a payment is refunded twice, in number or in money":
    balance.lines,
  "invariant 3: X3 F47 no clock changes a sum": balance.time,
  "invariant 4: X3 X5 X6 R47 nothing frees but a rejection, a withdrawal and a proven end":
    balance.frees,
  "invariant 5: X8 X31 X47 a refund is of a payment, in its currency, of more than nothing":
    balance.amounts,
  "invariant 6: R16 R40 full is exactly what is left, and the record says both balances":
    balance.full,
  "invariant 8: X14 X15 a void takes all of an untouched payment in its own batch": balance.voids,
  "invariant 9: X1 every number is new and bears its check character": track.numbers,
  "invariant 10: X4 X5 a number is kept until its attempt has ended without money": track.attempts,
  "invariant 11: X1 X29 what is signed never changes, and a correction names what it corrects":
    track.signedFacts,
  "invariant 13: X9 the books are what the records say, read again from the first": track.fold,
  "invariant 13: X9 a record changes the rows that it is said to touch, and no other":
    track.touched,
  "invariant 16: X16 a refund lies in one open batch, and batches add up": rules.batches,
  "invariant 17: R15 R19 X11 X26 X31 X40 nothing leaves that was not let go": rules.exports,
  "invariant 20: X7 money that comes late counts and is flagged": track.late,
  "invariant 22: X28 R30 R34 nobody lets through what they asked for, nor more than they may":
    rules.consent,
  "invariant 23: R43 windows end with their last second": rules.windows,
  "invariant 24: R10 the rules give the same verdict from the records alone": rules.snapshot,
  "invariant 25: R6 X6 nothing succeeds without evidence": track.evidence,
  "invariant 26: X40 practice is marked and never leaves": rules.training,
  "invariant 27: X40 R50 the n-th print is number n and signs nothing again": track.prints,
} as const satisfies Readonly<Record<string, Check>>;

/** Everything that must have happened somewhere, or the walks prove nothing. */
const often = [
  ...(["did refund", "did decide", "did export", "did upload", "did report", "did row"] as const),
  ...(["did retry", "did retract", "did goods", "did withdraw", "did statement"] as const),
  ...(["did person", "did policy", "did profile", "did decline", "did notice"] as const),
  ...(["referenced full", "referenced partial", "referenced return", "to cash"] as const),
  ...(["referenced exchange", "money failed", "money closed", "money reversed"] as const),
  ...(["stands pending_approval", "stands ready", "stands exported", "stands submitted"] as const),
  ...(["stands succeeded", "stands failed", "stands withdrawn", "stands reversed"] as const),
  ...(["stands without money", "money that came late", "a new attempt"] as const),
];

const seldom = [
  ...(["did reopen", "did recall", "did allow_recall", "did deliver", "did void_failed"] as const),
  ...(["did resend", "did look_up", "did pay", "did setting", "did contact"] as const),
  ...(["void full", "unreferenced full", "to store_credit", "to other", "reopened"] as const),
  ...(["stands processing", "stands unknown", "stands abnormal", "stands closed"] as const),
  ...(["stands needs_action", "goods received", "goods waived", "goods lost"] as const),
  ...(["goods given", "a consent carried over", "more refunded than paid"] as const),
];

const walks = isDeep ? 2_000 : 50;
const fewestSteps = isDeep ? 100_000 : 2_000;
const patience = 3_600_000;

describe(`any walk through the domain, with seed ${seed}`, () => {
  let found: Survey = { steps: 0, met: new Map(), failed: new Map() };

  beforeAll(() => {
    found = survey(invariants, walks);
    process.stdout.write(`${found.steps} steps of ${walks} walks, SEED=${seed}\n`);
  }, patience);

  it.each(Object.entries(invariants))(
    "%s",
    (name, check) => {
      if (found.failed.has(name)) showShortest(check, walks);
      expect(found.failed.get(name)).toBeUndefined();
      expect(found.steps).toBeGreaterThan(fewestSteps);
    },
    patience,
  );

  it("met everything that may happen to a refund", () => {
    const wanted = isDeep ? [...often, ...seldom] : often;
    expect(wanted.filter((word) => !found.met.has(word))).toEqual([]);
  });
});
